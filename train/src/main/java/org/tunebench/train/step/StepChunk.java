package org.tunebench.train.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;

/**
 * Optimizer steps of one shape, laid out as a runner reads them.
 *
 * @param firstStep the number of the first step, from 1
 * @param tokens ids, positions, segments [steps, micro, batch, time]; rows, targets [steps, micro, wanted]
 * @param learningRates one a step
 * @param lossScales of each step, what its summed loss is multiplied by: 1 / supervised tokens
 */
record StepChunk(int firstStep, Map<String, Longs> tokens, double[] learningRates, double[] lossScales) {
    /** Wanted rows are padded to a multiple of this, so that few shapes come up. */
    private static final int WANTED_MULTIPLE = 64;

    /** A row-major int64 tensor. */
    record Longs(long[] values, long... shape) {}

    /** How many steps there are. */
    int steps() {
        return learningRates.length;
    }

    /** Whether two steps can be in one chunk. */
    static boolean sameShape(OptimizerStep a, OptimizerStep b) {
        Batch x = a.microBatches().get(0);
        Batch y = b.microBatches().get(0);
        return a.microBatches().size() == b.microBatches().size() && x.rows() == y.rows() && x.length() == y.length();
    }

    /** Lays out steps that have the {@linkplain #sameShape same shape}. @param firstStep from 1 */
    static StepChunk of(int firstStep, List<OptimizerStep> steps, Schedule schedule) {
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

        double[] rates = new double[steps.size()];
        double[] scales = new double[steps.size()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = schedule.learningRate(firstStep + i);
            scales[i] = 1.0 / steps.get(i).supervisedTokens();
        }
        return new StepChunk(firstStep, tokens, rates, scales);
    }

    private static long[] joined(List<Batch> batches, Function<Batch, long[]> part) {
        return batches.stream().flatMapToLong(b -> Arrays.stream(part.apply(b))).toArray();
    }
}
