package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.filter.ExampleFilter;
import org.tunebench.train.data.filter.FilterInputs;

/**
 * The examples of a recipe, source by source in file order, and what was left out. Weights, shares and rates are not
 * applied here: they say how often an example is drawn for an epoch.
 */
public record Dataset(List<Example> examples, List<SourceCounts> counts) {
    public Dataset {
        examples = List.copyOf(examples);
        counts = List.copyOf(counts);
    }

    /**
     * Streams the examples of every source: reads them, drops those that raters called undesirable, then what the filters
     * refuse, then what is over a limit. One example at a time is in memory. Where a source has a limit, or a filter must
     * know all examples, the files are read more than once.
     *
     * @return what became of each source's records, in the recipe's order
     * @throws InputException when a file cannot be used, when more than the allowed part of a source's records are bad, or
     *     when no example of a source is left
     */
    public static List<SourceCounts> stream(DataMixture mixture, ExampleSink sink) {
        return stream(mixture, FilterInputs.NONE, sink);
    }

    /** The same with what the mixture's filters take from outside the data. */
    public static List<SourceCounts> stream(DataMixture mixture, FilterInputs inputs, ExampleSink sink) {
        List<SourceCounts> counts = new MixtureReader(mixture, inputs).read(sink);
        refuseEmptySource(counts, mixture);
        return counts;
    }

    /** The same with all examples in memory. */
    public static Dataset load(DataMixture mixture) {
        List<Example> examples = new ArrayList<>();
        List<SourceCounts> counts = stream(mixture, examples::add);
        return new Dataset(examples, counts);
    }

    private static void refuseEmptySource(List<SourceCounts> counts, DataMixture mixture) {
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i).kept() == 0) {
                String filters =
                        mixture.filters().stream().map(ExampleFilter::reason).collect(Collectors.joining(", "));
                String path = mixture.sources().get(i).path().toString();
                if (counts.get(i).read() == 0) {
                    throw new InputException("the file holds no record", path, "Give a file with data in it");
                }
                throw new InputException(
                        "every example is dropped: " + counts.get(i),
                        path,
                        filters.isEmpty() ? "Give examples to learn from" : "Loosen the recipe's filters: " + filters);
            }
        }
    }
}
