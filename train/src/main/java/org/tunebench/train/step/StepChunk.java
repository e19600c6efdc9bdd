package org.tunebench.train.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/**
 * Optimizer steps of one shape, laid out as a runner reads them.
 *
 * @param firstStep the number of the first step, from 1
 * @param tokens ids, positions, segments [steps, micro, batch, time]; rows, targets [steps, micro, wanted]
 * @param weights [steps, micro, wanted]: how much each target counts in its step's loss, 0 where there is none
 * @param learningRates one a step
 * @param dropped what dropout zeroes; null without dropout
 */
record StepChunk(
        int firstStep,
        Map<String, Longs> tokens,
        Floats weights,
        double[] learningRates,
        @Nullable Dropped dropped) {
    /** Wanted rows are padded to a multiple of this, so that few shapes come up. */
    private static final int WANTED_MULTIPLE = 64;

    /** A row-major int64 tensor. */
    record Longs(long[] values, long... shape) {}

    /** A row-major float tensor. */
    record Floats(float[] values, long... shape) {}

    /**
     * Dropout's draws.
     *
     * @param keep [steps, micro, pool] of 0 and 1
     * @param places [steps, micro, modules]
     */
    record Dropped(byte[] keep, long[] keepShape, Longs places) {}

    /** How many steps there are. */
    int steps() {
        return learningRates.length;
    }

    /** How many micro-batches each step has. */
    int microBatches() {
        return Math.toIntExact(weights.shape()[1]);
    }

    /** Whether two steps can be in one chunk. */
    static boolean sameShape(OptimizerStep a, OptimizerStep b) {
        Batch x = a.microBatches().get(0);
        Batch y = b.microBatches().get(0);
        return a.microBatches().size() == b.microBatches().size() && x.rows() == y.rows() && x.length() == y.length();
    }

    /** Lays out steps that have the {@linkplain #sameShape same shape}. @param firstStep from 1 */
    static StepChunk of(
            int firstStep,
            List<OptimizerStep> steps,
            Recipe.Loss loss,
            Schedule schedule,
            @Nullable DropoutDraws dropout) {
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
        long[] wantedShape = {steps.size(), micro, wanted};
        long[] rows = new long[all.size() * wanted];
        long[] targets = new long[all.size() * wanted];
        float[] weights = new float[all.size() * wanted];
        List<double[]> lossWeights =
                steps.stream().flatMap(s -> LossWeights.of(loss, s).stream()).toList();
        for (int i = 0; i < all.size(); i++) {
            int n = 0;
            long[] labels = all.get(i).labels();
            for (int t = 0; t < labels.length; t++) {
                if (labels[t] != Batch.IGNORED) {
                    rows[i * wanted + n] = t;
                    targets[i * wanted + n] = labels[t];
                    weights[i * wanted + n] = (float) lossWeights.get(i)[n];
                    n++;
                }
            }
        }
        tokens.put("rows", new Longs(rows, wantedShape));
        tokens.put("targets", new Longs(targets, wantedShape));

        double[] rates = new double[steps.size()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = schedule.learningRate(firstStep + i);
        }
        Dropped dropped = dropout == null ? null : dropped(dropout, firstStep, tokenShape);
        return new StepChunk(firstStep, tokens, new Floats(weights, wantedShape), rates, dropped);
    }

    private static Dropped dropped(DropoutDraws dropout, int firstStep, long[] tokenShape) {
        int steps = (int) tokenShape[0];
        int micro = (int) tokenShape[1];
        int pool = dropout.poolSize(Math.toIntExact(tokenShape[2] * tokenShape[3]));
        int modules = dropout.modules().size();
        byte[] keep = new byte[Math.toIntExact((long) steps * micro * pool)];
        long[] places = new long[steps * micro * modules];
        for (int i = 0; i < steps * micro; i++) {
            dropout.draw(firstStep + i / micro, i % micro, keep, i * pool, pool, places, i * modules);
        }
        return new Dropped(keep, new long[] {steps, micro, pool}, new Longs(places, steps, micro, modules));
    }

    private static long[] joined(List<Batch> batches, Function<Batch, long[]> part) {
        return batches.stream().flatMapToLong(b -> Arrays.stream(part.apply(b))).toArray();
    }
}
