package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeanEstimateTest {
    @Test
    void noScores_giveNoEstimate() {
        assertThat(MeanEstimate.of(new double[0])).isEmpty();
        assertThat(MeanEstimate.pooled(List.of())).isEmpty();
    }

    @Test
    void oneRealScore_hasNeitherStderrNorInterval() {
        assertThat(MeanEstimate.of(new double[] {7.5})).contains(new MeanEstimate(1, 7.5, null, null));
    }

    @Test
    void threeScores_asByHand() {
        MeanEstimate mean = MeanEstimate.of(new double[] {2, 4, 9}).orElseThrow();
        assertThat(mean.mean()).isEqualTo(5);
        // deviations -3 -1 4: SD = sqrt(26 / 2)
        assertThat(mean.stderr()).isCloseTo(Math.sqrt(13.0 / 3), within(1e-15));
    }

    @Test
    void hellaswagAccuracy_hasTheReferenceHarnesssStderr() {
        // lm-evaluation-harness: n = 10042, acc .34166500697072294, stderr .004732986187325887
        double[] scores =
                IntStream.range(0, 10042).mapToDouble(i -> i < 3431 ? 1 : 0).toArray();
        MeanEstimate mean = MeanEstimate.of(scores).orElseThrow();
        assertThat(mean.mean()).isEqualTo(.34166500697072294);
        assertThat(mean.stderr()).isCloseTo(.004732986187325887, within(1e-15));
        assertThat(mean.toMetric().ci95())
                .containsExactly(mean.ci95().lo(), mean.ci95().hi());
    }

    @Test
    void groups_pooled_asTheReferenceHarnesssFormula() {
        MeanEstimate a = MeanEstimate.of(new double[] {1, 0, 1, 1}).orElseThrow();
        MeanEstimate b = MeanEstimate.of(new double[] {0, 0, 1}).orElseThrow();
        MeanEstimate pooled = MeanEstimate.pooled(List.of(a, b)).orElseThrow();
        assertThat(pooled.mean()).isCloseTo(4 / 7.0, within(1e-15));
        // (n-1)·n·se² is the sum of squares: 3/4 and 2/3; over 7 - 2, over 7
        assertThat(pooled.stderr()).isCloseTo(Math.sqrt((0.75 + 2 / 3.0) / 5 / 7), within(1e-15));
    }

    @Test
    void scoresThatAreNotNumbers_areRefused() {
        assertThatThrownBy(() -> MeanEstimate.of(new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
