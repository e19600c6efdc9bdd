package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenPoolTest {
    @Test
    void read_intsOnTheHeapAndInTheFile_areThoseThatWereAdded() {
        TokenPool pool = new TokenPool(64); // a few chunks on the heap, most in the file
        SplittableRandom random = new SplittableRandom(7);
        List<int[]> added = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int[] ints = random.ints(random.nextInt(1, 65)).toArray();
            added.add(ints);
            places.add(pool.append(ints, ints.length));
        }

        for (int i = 0; i < 500; i++) {
            int[] read = new int[added.get(i).length];
            pool.read(places.get(i), read);
            assertThat(read).isEqualTo(added.get(i));
            assertThat(pool.read(places.get(i))).isEqualTo(added.get(i)[0]);
        }
    }
}
