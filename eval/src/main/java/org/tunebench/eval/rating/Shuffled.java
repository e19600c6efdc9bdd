package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Things in a random order. */
final class Shuffled {
    private Shuffled() {}

    static List<Integer> indices(int n, Random random) {
        return of(IntStream.range(0, n).boxed().toList(), random);
    }

    static <T> List<T> of(List<T> things, Random random) {
        List<T> shuffled = new ArrayList<>(things);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
