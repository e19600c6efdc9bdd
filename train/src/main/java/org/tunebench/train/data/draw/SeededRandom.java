package org.tunebench.train.data.draw;

/**
 * The random numbers that order and choose examples: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014) written out here, so that a seed means the same order on every machine and Java version.
 */
public final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    /**
     * The generator of one purpose.
     *
     * @param stream numbers that tell this use of the seed from others, e.g. epoch and source
     */
    public static SeededRandom of(long seed, long... stream) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long part : stream) {
            state = mix(state ^ mix(part + GOLDEN_GAMMA));
        }
        return new SeededRandom(state);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in {@code 0 ≤ n < bound}, without modulo bias. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound);
        }
        while (true) {
            long bits = nextLong() >>> 1;
            long value = bits % bound;
            if (bits - value + (bound - 1) >= 0) {
                return (int) value;
            }
        }
    }

    /** The numbers 0 … n−1 in a random order (Fisher–Yates, from the end). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order);
        return order;
    }

    /** Puts an array into a random order (Fisher–Yates, from the end). */
    public void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
