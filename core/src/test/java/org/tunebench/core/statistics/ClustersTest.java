package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final double[] SCORES = {1, 1, 0, 0, 1, 0};

    @Test
    void clustersOfOneItem_giveTheStandardErrorOfAMean() {
        assertThat(Clusters.mean(SCORES, List.of("a", "b", "c", "d", "e", "f"))
                        .orElseThrow()
                        .stderr())
                .isCloseTo(MeanEstimate.of(SCORES).orElseThrow().stderr(), within(1e-15));
    }

    @Test
    void likeItemsInAGroup_makeItLarger() {
        // residual sums 1, -1, 0 over three clusters: sqrt(3/2 · 2) / 6
        assertThat(Clusters.mean(SCORES, List.of("a", "a", "b", "b", "c", "c"))
                        .orElseThrow()
                        .stderr())
                .isCloseTo(Math.sqrt(3) / 6, within(1e-15));
    }

    @Test
    void difference_isThatOfTheItemDifferences() {
        double[] baseline = {0, 0, 0, 0, 0, 0};
        List<String> clusters = List.of("a", "a", "b", "b", "c", "c");
        assertThat(Clusters.difference(baseline, SCORES, clusters)).isEqualTo(Clusters.mean(SCORES, clusters));
        assertThatThrownBy(() -> Clusters.difference(new double[2], SCORES, clusters))
                .hasMessageContaining("2 baseline scores and 6 candidate scores");
    }

    @Test
    void nothing_hasNoMeanAndOneClusterNoStandardError() {
        assertThat(Clusters.mean(new double[0], List.of())).isEmpty();
        assertThat(Clusters.mean(new double[] {1, 0}, List.of("a", "a"))
                        .orElseThrow()
                        .stderr())
                .isNull();
        assertThatThrownBy(() -> Clusters.mean(SCORES, List.of("a"))).hasMessageContaining("6 scores and 1 clusters");
    }
}
