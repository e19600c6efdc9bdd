package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tunebench.core.input.InputException;

/**
 * The examples of a recipe, source by source in file order, and what was left out. Weights and shares are not applied
 * here: they say how often an example is drawn for an epoch.
 */
public record Dataset(List<Example> examples, List<SourceCounts> counts) {
    public Dataset {
        examples = List.copyOf(examples);
        counts = List.copyOf(counts);
    }

    /**
     * Reads every source, drops what has an empty response, then what the filters refuse, then what is over a limit.
     *
     * @throws InputException when a file cannot be used, or when no example of a source is left
     */
    public static Dataset load(DataMixture mixture) {
        List<Predicate<Example>> filters =
                mixture.filters().stream().map(ExampleFilter::start).toList();
        Map<String, Integer> sameName = new HashMap<>();
        List<Example> examples = new ArrayList<>();
        List<SourceCounts> counts = new ArrayList<>();
        for (int i = 0; i < mixture.sources().size(); i++) {
            DataSource source = mixture.sources().get(i);
            String file = String.valueOf(source.path().getFileName());
            int occurrence = sameName.merge(file, 1, Integer::sum);
            String label = occurrence == 1 ? file : file + "#" + occurrence;
            SourceReader reader = new SourceReader(
                    mixture, filters, new Reading(source, i, label, mixture.alpacaInput(), mixture.seed()));
            examples.addAll(reader.read());
            counts.add(reader.counts());
        }
        refuseEmptySource(counts, mixture);
        return new Dataset(examples, counts);
    }

    private static void refuseEmptySource(List<SourceCounts> counts, DataMixture mixture) {
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i).kept() == 0) {
                String filters =
                        mixture.filters().stream().map(ExampleFilter::reason).collect(Collectors.joining(", "));
                throw new InputException(
                        "every example is dropped: " + counts.get(i),
                        mixture.sources().get(i).path().toString(),
                        filters.isEmpty()
                                ? "Give examples with a response"
                                : "Loosen the recipe's filters: " + filters);
            }
        }
    }
}
