package org.tunebench.train.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;

/**
 * Optimizer steps of one shape, laid out as a step program reads them.
 *
 * @param tokens ids, positions, segments [steps, micro, batch, time]; rows, targets [steps, micro, wanted]
 * @param scalars [steps, 4]
 */
record StepChunk(int steps, Map<String, Longs> tokens, float[] scalars) {
    /** Wanted rows are padded to a multiple of this, so that few shapes come up. */
    private static final int WANTED_MULTIPLE = 64;

    /** A row-major int64 tensor. */
    record Longs(long[] values, long... shape) {}

    /** Whether two steps can be in one chunk. */
    static boolean sameShape(OptimizerStep a, OptimizerStep b) {
        Batch x = a.microBatches().get(0);
        Batch y = b.microBatches().get(0);
        return a.microBatches().size() == b.microBatches().size() && x.rows() == y.rows() && x.length() == y.length();
    }

    /** @param scalars of each step: AdamW's three and 1 / supervised tokens */
    static StepChunk of(List<OptimizerStep> steps, List<double[]> scalars) {
        List<Batch> all = steps.stream().flatMap(s -> s.microBatches().stream()).toList();
        int micro = steps.get(0).microBatches().size();
        Batch first = all.get(0);
        long[] tokenShape = {steps.size(), micro, first.rows(), first.length()};
        Map<String, Longs> tokens = new LinkedHashMap<>();
        tokens.put("ids", new Longs(joined(all, Batch::ids), tokenShape));
        tokens.put("positions", new Longs(joined(all, Batch::positions), tokenShape));
        tokens.put("segments", new Longs(joined(all, Batch::segments), tokenShape));

        int most = all.stream().mapToInt(Batch::supervisedTokens).max().orElse(0);
        int wanted = Math.max(1, (most + WANTED_MULTIPLE - 1) / WANTED_MULTIPLE) * WANTED_MULTIPLE;
        long[] rows = new long[all.size() * wanted];
        long[] targets = new long[all.size() * wanted];
        Arrays.fill(targets, Batch.IGNORED);
        for (int i = 0; i < all.size(); i++) {
            int at = i * wanted;
            long[] labels = all.get(i).labels();
            for (int t = 0; t < labels.length; t++) {
                if (labels[t] != Batch.IGNORED) {
                    rows[at] = t;
                    targets[at++] = labels[t];
                }
            }
        }
        tokens.put("rows", new Longs(rows, steps.size(), micro, wanted));
        tokens.put("targets", new Longs(targets, steps.size(), micro, wanted));

        float[] flat = new float[steps.size() * 4];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) scalars.get(i / 4)[i % 4];
        }
        return new StepChunk(steps.size(), tokens, flat);
    }

    private static long[] joined(List<Batch> batches, Function<Batch, long[]> part) {
        return batches.stream().flatMapToLong(b -> Arrays.stream(part.apply(b))).toArray();
    }
}
