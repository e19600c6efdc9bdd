package org.tunebench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.batch.TokenizedExamples;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.recipe.Recipe;

/** What came of a mixture: the shares of its sources, tasks and categories in what was drawn. */
final class MixedShares {
    private static final String SOURCE = "source ";
    private static final String TASK = "task ";
    private static final String CATEGORY = "category ";

    private final Recipe recipe;
    private final Map<String, long[]> groups = new LinkedHashMap<>();
    private final long[] all = new long[3];

    MixedShares(Recipe recipe) {
        this.recipe = recipe;
        recipe.data().forEach(source -> groups.put(SOURCE + source.path(), new long[3]));
    }

    /** @param whole whether it is an example's first piece */
    void add(TokenizedExamples examples, int index, boolean whole) {
        Origin origin = examples.origin(index);
        long[] drawn = {whole ? 1 : 0, examples.length(index), examples.supervisedTokens(index)};
        add(all, drawn);
        add(SOURCE + recipe.data().get(origin.source()).path(), drawn);
        add(TASK, origin.task(), drawn);
        add(CATEGORY, origin.category(), drawn);
    }

    private void add(String kind, @Nullable String name, long[] drawn) {
        if (name != null) {
            add(kind + name, drawn);
        }
    }

    private void add(String group, long[] drawn) {
        add(groups.computeIfAbsent(group, g -> new long[3]), drawn);
    }

    private static void add(long[] sums, long[] drawn) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += drawn[i];
        }
    }

    /** A line for each source, then each task, then each category: examples, tokens and supervised tokens with their shares. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String kind : List.of(SOURCE, TASK, CATEGORY)) {
            groups.forEach((name, sums) -> {
                if (name.startsWith(kind)) {
                    lines.add(line(name, sums));
                }
            });
        }
        lines.add(
                String.format(Locale.ROOT, "together: %d examples, %d tokens, %d supervised", all[0], all[1], all[2]));
        return lines;
    }

    private String line(String name, long[] sums) {
        return String.format(
                Locale.ROOT,
                "%s: %d examples (%.2f %%), %d tokens (%.2f %%), %d supervised (%.2f %%)",
                name,
                sums[0],
                percent(sums, 0),
                sums[1],
                percent(sums, 1),
                sums[2],
                percent(sums, 2));
    }

    private double percent(long[] sums, int column) {
        return 100.0 * sums[column] / Math.max(1, all[column]);
    }
}
