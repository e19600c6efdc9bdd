package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * CPython's {@code random.Random(seed)}: MT19937 (Matsumoto and Nishimura 1998) seeded by array, {@code random()},
 * {@code shuffle()} and {@code sample()} as in CPython 3. The reference draws few-shot examples with it.
 */
final class PythonRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int index = N;

    PythonRandom(int seed) {
        state[0] = 19650218;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
        int i = 1;
        for (int k = 0; k < N; k++) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + seed;
            i = next(i);
        }
        for (int k = 0; k < N - 1; k++) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
            i = next(i);
        }
        state[0] = 0x80000000;
    }

    private int next(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    private int bits32() {
        if (index == N) {
            for (int k = 0; k < N; k++) {
                int y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
                state[k] = state[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            index = 0;
        }
        int y = state[index++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** From 0 to n − 1. */
    private int below(int n) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(n);
        int drawn = bits32() >>> (Integer.SIZE - bits);
        while (drawn >= n) {
            drawn = bits32() >>> (Integer.SIZE - bits);
        }
        return drawn;
    }

    /** {@code sample(range(n), k)}: k different numbers from 0 to n − 1. */
    List<Integer> sample(int n, int k) {
        double setSize = 21 + (k > 5 ? Math.pow(4, Math.ceil(Math.log(k * 3) / Math.log(4))) : 0);
        List<Integer> pool = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Set<Integer> sampled = new LinkedHashSet<>();
        for (int i = 0; i < k; i++) {
            if (n <= setSize) {
                int at = below(n - i);
                sampled.add(pool.get(at));
                pool.set(at, pool.get(n - i - 1));
            } else {
                int drawn = below(n);
                while (!sampled.add(drawn)) {
                    drawn = below(n);
                }
            }
        }
        return List.copyOf(sampled);
    }

    /** In [0, 1), 53 bits. */
    double random() {
        long high = bits32() >>> 5;
        long low = bits32() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }
}
