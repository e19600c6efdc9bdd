package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** lm-evaluation-harness on HellaSwag's 10,042 items: acc, acc_norm. */
    @ParameterizedTest
    @CsvSource({"3431, .34166500697072294, .004732986187325887", "4098, .4080860386377216, .004904747752286866"})
    void hellaswagAccuracy_hasTheReferenceHarnesssStderr(int right, double accuracy, double stderr) {
        double[] scores =
                IntStream.range(0, 10042).mapToDouble(i -> i < right ? 1 : 0).toArray();
        MeanEstimate mean = MeanEstimate.of(scores).orElseThrow();
        assertThat(mean.mean()).isEqualTo(accuracy);
        assertThat(mean.stderr()).isCloseTo(stderr, within(1e-15));
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
