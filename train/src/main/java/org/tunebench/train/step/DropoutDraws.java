package org.tunebench.train.step;

import java.util.List;
import java.util.SplittableRandom;
import org.tunebench.core.model.LinearModule;

/**
 * Which elements of the adapters' inputs are zeroed. Every micro-batch draws one pool of elements to keep; each module reads
 * it from a place of its own, drawn too. A step's draws follow from the seed and its number alone, so that a resumed run has
 * the same ones.
 *
 * @param share of the elements that is zeroed, in (0, 1)
 * @param modules the adapted ones
 */
record DropoutDraws(double share, List<LinearModule> modules, long seed) {
    /** Places a module may read from; shifted by so much, pools of two modules have nothing in common to learn from. */
    private static final int PLACES = 1 << 16;

    private static final int RESOLUTION = 1 << 16;

    /** The elements of a pool for micro-batches of so many tokens. */
    int poolSize(int tokens) {
        long widest = modules.stream().mapToLong(LinearModule::in).max().orElse(0);
        return Math.toIntExact(tokens * widest + PLACES);
    }

    /**
     * Draws for one micro-batch.
     *
     * @param step from 1
     * @param keep where its pool is written: 1 keeps, 0 drops
     * @param places where the modules' places are written
     */
    void draw(int step, int micro, byte[] keep, int keepFrom, int poolSize, long[] places, int placesFrom) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step * 0xD1B54A32D192ED03L + micro);
        int threshold = (int) Math.round(share * RESOLUTION);
        for (int i = 0; i < poolSize; i += 4) {
            long bits = random.nextLong();
            for (int k = i; k < Math.min(i + 4, poolSize); k++) {
                keep[keepFrom + k] = (byte) ((bits & (RESOLUTION - 1)) < threshold ? 0 : 1);
                bits >>>= 16;
            }
        }
        for (int m = 0; m < modules.size(); m++) {
            places[placesFrom + m] = random.nextInt(PLACES);
        }
    }
}
