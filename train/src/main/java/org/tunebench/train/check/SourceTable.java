package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.CheckRecord.Source;
import org.tunebench.train.batch.BatchPlan;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.batch.TokenizedExamples;
import org.tunebench.train.data.HeldOut;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.recipe.EvaluationSettings;
import org.tunebench.train.recipe.Recipe;

/** The data entries of a recipe, counted as a run's record counts them. */
final class SourceTable {
    private static final String HELD_OUT = "held_out";
    private static final String TASK_LIMIT = "task_limit";

    private SourceTable() {}

    static List<Source> of(Recipe recipe, List<SourceCounts> counts, TokenizedDataset tokenized) {
        EvaluationSettings evaluation = recipe.evaluation();
        double share = evaluation == null || evaluation.share() == null ? 0 : evaluation.share();
        HeldOut heldOut = HeldOut.of(counts, share, recipe.seed());
        TokenizedDataset training =
                heldOut.ordinals().isEmpty() ? tokenized : tokenized.part(heldOut.ordinals(), false);
        long[] beyond = beyondTaskLimit(recipe, training.examples());
        long[] tokens = new long[counts.size()];
        long[] supervised = new long[counts.size()];
        TokenizedExamples examples = tokenized.examples();
        for (int i = 0; i < examples.size(); i++) {
            tokens[examples.source(i)] += examples.length(i);
            supervised[examples.source(i)] += examples.supervisedTokens(i);
        }
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            SourceCounts read = counts.get(i);
            Map<String, Long> dropped = new LinkedHashMap<>();
            read.dropped().forEach((reason, n) -> dropped.put(reason, (long) n));
            training.dropped(i).forEach((reason, n) -> dropped.merge(reason, (long) n, Long::sum));
            long unfit = training.dropped(i).values().stream().mapToLong(n -> n).sum();
            int held = heldOut.counts().getOrDefault(i, 0);
            if (read.bad() > 0) {
                dropped.put(SourceCounts.BAD_RECORD, (long) read.bad());
            }
            if (held > 0) {
                dropped.put(HELD_OUT, (long) held);
            }
            if (beyond[i] > 0) {
                dropped.put(TASK_LIMIT, beyond[i]);
            }
            sources.add(new Source(
                    recipe.data().get(i).path().toString(),
                    read.format(),
                    read.read(),
                    read.kept() - held - unfit - beyond[i],
                    dropped,
                    training.truncated(i),
                    training.split(i),
                    tokens[i],
                    supervised[i]));
        }
        return sources;
    }

    /** Source → examples of which no step sees any piece, for the mixture's task_limit. */
    private static long[] beyondTaskLimit(Recipe recipe, TokenizedExamples examples) {
        long[] beyond = new long[recipe.data().size()];
        if (recipe.mixture().taskLimit() == null || examples.isEmpty()) {
            return beyond;
        }
        BitSet leftOut = BatchPlan.of(recipe, examples).beyondTaskLimit();
        int before = -1;
        for (int i = leftOut.nextSetBit(0); i >= 0; i = leftOut.nextSetBit(i + 1)) {
            if (examples.ordinal(i) != before) {
                beyond[examples.source(i)]++;
            }
            before = examples.ordinal(i);
        }
        return beyond;
    }
}
