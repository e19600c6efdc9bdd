package org.tunebench.train.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.DataComposition;
import org.tunebench.core.record.DataComposition.Kind;
import org.tunebench.core.record.DataComposition.Part;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.train.batch.TokenizedExamples;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.example.Origin;

/** What the steps of a run were made of, counted from the lineage that it has written. */
final class Composition {
    private final TokenizedExamples examples;
    /** How often each example was seen. */
    private final int[] draws;

    private Composition(TokenizedExamples examples, int[] draws) {
        this.examples = examples;
        this.draws = draws;
    }

    /** @param folder whose lineage is whole up to the last step */
    static DataComposition of(RunFolder folder, TokenizedExamples examples, List<DataSource> data) {
        int[] draws = new int[examples.size()];
        try (Stream<SeenRecord> steps = folder.seen()) {
            steps.forEach(step -> step.examples().forEach(line -> draws[line - 1]++));
        }
        List<String> sources = names(data);
        Composition composition = new Composition(examples, draws);
        List<Part> parts = new ArrayList<>();
        parts.addAll(composition.parts(Kind.SOURCE, origin -> sources.get(origin.source())));
        parts.addAll(composition.parts(Kind.CATEGORY, Origin::category));
        parts.addAll(composition.parts(Kind.TASK, Origin::task));
        parts.addAll(composition.parts(Kind.TEMPLATE, Origin::template));
        return new DataComposition(DataComposition.SCHEMA, parts);
    }

    /** The data entries' files, with {@code #2} behind a name that occurs a second time. */
    private static List<String> names(List<DataSource> data) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> times = new TreeMap<>();
        for (DataSource source : data) {
            String name = String.valueOf(source.path().getFileName());
            int time = times.merge(name, 1, Integer::sum);
            names.add(time == 1 ? name : name + "#" + time);
        }
        return names;
    }

    private List<Part> parts(Kind kind, Function<Origin, @Nullable String> name) {
        Map<String, Sums> byName = new TreeMap<>();
        for (int i = 0; i < draws.length; i++) {
            if (draws[i] > 0) {
                String own = name.apply(examples.origin(i));
                byName.computeIfAbsent(own == null ? "" : own, n -> new Sums())
                        .add(draws[i], examples.length(i), examples.supervisedTokens(i));
            }
        }
        boolean named = byName.keySet().stream().anyMatch(n -> !n.isEmpty());
        List<Part> parts = new ArrayList<>();
        if (named) {
            byName.forEach((own, sums) ->
                    parts.add(new Part(kind, own, sums.examples, sums.draws, sums.tokens, sums.supervisedTokens)));
        }
        return parts;
    }

    private static final class Sums {
        private long examples;
        private long draws;
        private long tokens;
        private long supervisedTokens;

        void add(long times, long length, long supervised) {
            examples++;
            draws += times;
            tokens += times * length;
            supervisedTokens += times * supervised;
        }
    }
}
