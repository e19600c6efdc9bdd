package org.tunebench.train.data.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
    @Test
    void nextLong_seed_isSplitMix64() {
        // SplittableRandom of OpenJDK 17 is SplitMix64 and starts from its seed as it stands.
        long state = new SplittableRandom(42).nextLong();
        SplittableRandom reference = new SplittableRandom(state);
        SeededRandom random = SeededRandom.of(42);

        for (int i = 0; i < 5; i++) {
            assertThat(random.nextLong()).isEqualTo(reference.nextLong());
        }
    }

    @Test
    void permutation_seed_isFixedForEver() {
        // From a second implementation of the published algorithm, in Python.
        assertThat(SeededRandom.of(1, 2, 3).permutation(10)).containsExactly(5, 9, 2, 8, 3, 4, 6, 1, 7, 0);
    }

    @Test
    void permutation_anySize_holdsEachNumberOnce() {
        int[] order = SeededRandom.of(5).permutation(1000);

        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
    }

    @Test
    void of_otherStream_givesOtherNumbers() {
        assertThat(SeededRandom.of(1, 0).nextLong())
                .isNotEqualTo(SeededRandom.of(1, 1).nextLong());
        assertThat(SeededRandom.of(1, 0, 1).nextLong())
                .isNotEqualTo(SeededRandom.of(1, 1, 0).nextLong());
    }
}
