package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.filter.FilterPass;

/** Reads the sources of a mixture through its filters and limits, as often as these need it. */
final class MixtureReader {
    private static final long LIMIT_CHOICE = 2;

    private final DataMixture mixture;
    private final FilterInputs inputs;

    MixtureReader(DataMixture mixture, FilterInputs inputs) {
        this.mixture = mixture;
        this.inputs = inputs;
    }

    List<SourceCounts> read(ExampleSink sink) {
        List<@Nullable BitSet> chosen = new ArrayList<>();
        if (mixture.sources().stream().anyMatch(s -> s.limit() != null)) {
            List<SourceCounts> all = pass(mixture.filters().size(), List.of(), example -> {});
            for (int i = 0; i < all.size(); i++) {
                chosen.add(chosen(i, all.get(i).kept()));
            }
        }
        return pass(mixture.filters().size(), chosen, sink);
    }

    /** One reading of all sources through the first so many filters. */
    private List<SourceCounts> pass(int filters, List<@Nullable BitSet> chosen, ExampleSink sink) {
        List<FilterPass> passes = new ArrayList<>();
        for (int i = 0; i < filters; i++) {
            int before = i;
            passes.add(mixture.filters().get(i).start(inputs, examples -> pass(before, List.of(), examples::accept)));
        }
        FileLabels labels = new FileLabels();
        List<SourceCounts> counts = new ArrayList<>();
        for (int i = 0; i < mixture.sources().size(); i++) {
            Filtering filtering =
                    new Filtering(mixture.filters(), passes, chosen.isEmpty() ? null : chosen.get(i), sink);
            counts.add(new SourceReader(mixture, i, filtering).read(labels));
        }
        return counts;
    }

    /** Which of a source's examples its limit keeps; null where there are no more than that. */
    private @Nullable BitSet chosen(int source, int kept) {
        Integer limit = mixture.sources().get(source).limit();
        if (limit == null || limit >= kept) {
            return null;
        }
        int[] order = SeededRandom.of(mixture.seed(), LIMIT_CHOICE, source).permutation(kept);
        BitSet chosen = new BitSet(kept);
        for (int i = 0; i < limit; i++) {
            chosen.set(order[i]);
        }
        return chosen;
    }
}
