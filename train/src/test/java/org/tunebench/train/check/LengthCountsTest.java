package org.tunebench.train.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.CheckRecord.Bin;
import org.tunebench.core.record.CheckRecord.Lengths;

class LengthCountsTest {
    @Test
    void lengths_haveQuantilesAndRoundBins() {
        LengthCounts counts = new LengthCounts();
        IntStream.rangeClosed(1, 100).forEach(counts::add);

        Lengths lengths = counts.lengths("tokens");

        assertThat(lengths.least()).isEqualTo(1);
        assertThat(lengths.median()).isEqualTo(50);
        assertThat(lengths.p95()).isEqualTo(95);
        assertThat(lengths.most()).isEqualTo(100);
        assertThat(lengths.bins().get(0)).isEqualTo(new Bin(0, 9, 9));
        assertThat(lengths.bins().get(10)).isEqualTo(new Bin(100, 100, 1));
        assertThat(lengths.bins().stream().mapToLong(Bin::examples).sum()).isEqualTo(100);
    }

    @Test
    void fewVeryLongOnes_stayInTheLastBin() {
        LengthCounts counts = new LengthCounts();
        IntStream.range(0, 1000).forEach(i -> counts.add(i % 20));
        counts.add(50_000);

        Lengths lengths = counts.lengths("words");

        assertThat(lengths.bins()).hasSizeLessThanOrEqualTo(12);
        assertThat(lengths.bins().get(lengths.bins().size() - 1).to()).isEqualTo(50_000);
        assertThat(lengths.bins().stream().mapToLong(Bin::examples).sum()).isEqualTo(1001);
    }

    @Test
    void nothing_hasNoBins() {
        assertThat(new LengthCounts().lengths("words").bins()).isEmpty();
    }
}
