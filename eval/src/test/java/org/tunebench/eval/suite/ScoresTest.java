package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.statistics.RatioEstimate;

class ScoresTest {
    private static List<SampleRecord> samples(String group, int n, int right) {
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double acc = i < right ? 1 : 0;
            samples.add(new SampleRecord(
                    group + i, group, null, null, null, null, null, 0, i < right ? 0 : 1, Map.of("acc", acc), null));
        }
        return samples;
    }

    /** gpt2's published HellaSwag values with the standard errors that lm-evaluation-harness gives. */
    @Test
    void means_ofHellaSwagCounts_haveTheReferencesStandardErrors() {
        Metric acc = Summary.means(samples("g", 10042, 3431)).get("acc");
        assertThat(acc.value()).isCloseTo(.34166500697072294, within(1e-15));
        assertThat(acc.stderr()).isCloseTo(.004732986187325887, within(1e-15));
        Metric norm = Summary.means(samples("g", 10042, 4098)).get("acc");
        assertThat(norm.value()).isCloseTo(.4080860386377216, within(1e-15));
        assertThat(norm.stderr()).isCloseTo(.004904747752286866, within(1e-15));
    }

    @Test
    void pooledMeans_weighGroupsBySizeAndPoolTheirErrors() {
        List<SampleRecord> a = samples("a", 4, 1);
        List<SampleRecord> b = samples("b", 10, 6);
        Metric acc = Summary.pooledMeans(List.of(a, b)).get("acc");
        double seA2 = (.25 * .75 * 4 / 3) / 4;
        double seB2 = (.6 * .4 * 10 / 9) / 10;
        assertThat(acc.value()).isCloseTo(.5, within(1e-15));
        assertThat(acc.stderr()).isCloseTo(Math.sqrt((3 * 4 * seA2 + 9 * 10 * seB2) / (14 - 2) / 14), within(1e-15));
    }

    @Test
    void ratio_ofEqualWeights_isTheMeanWithItsStandardError() {
        Metric ratio = RatioEstimate.of(new double[] {1, 2, 6}, new double[] {1, 1, 1});
        assertThat(ratio.value()).isEqualTo(3);
        assertThat(ratio.stderr()).isCloseTo(Math.sqrt(7 / 3.0), within(1e-15));
    }

    @Test
    void ratio_ofOneCluster_hasNoStandardError() {
        Metric ratio = RatioEstimate.of(new double[] {6}, new double[] {4});
        assertThat(ratio).isEqualTo(new Metric(1.5, null, null));
    }

    @Test
    void accuracy_normalisesByCodePointsAndByBytes() {
        // 2 code points, 3 UTF-16 units, 5 bytes; 4 code points and bytes
        List<String> choices = List.of("a\uD83D\uDE00", "bbbb");
        Grading grading = Grading.accuracy(choices, 0, List.of(Grading.Accuracy.values()));
        assertThat(grading.grade(new double[] {-4, -6}).scores())
                .isEqualTo(Map.of("acc", 1.0, "acc_norm", 0.0, "acc_bytes", 1.0));
        assertThat(grading.grade(new double[] {-2.5, -6}).scores())
                .isEqualTo(Map.of("acc", 1.0, "acc_norm", 1.0, "acc_bytes", 1.0));
    }

    @Test
    void accuracy_ofEqualChoices_takesTheFirst() {
        Grading first = Grading.accuracy(List.of("x", "y"), 0, List.of(Grading.Accuracy.ACC));
        Grading second = Grading.accuracy(List.of("x", "y"), 1, List.of(Grading.Accuracy.ACC));
        assertThat(first.grade(new double[] {-1, -1}).scores()).containsEntry("acc", 1.0);
        assertThat(second.grade(new double[] {-1, -1}).scores()).containsEntry("acc", 0.0);
    }

    @Test
    void confusion_countsPredictionsByTarget() {
        List<SampleRecord> samples = new ArrayList<>();
        int[][] targetAndPrediction = {{0, 0}, {0, 2}, {0, 2}, {1, 0}};
        for (int[] pair : targetAndPrediction) {
            samples.add(new SampleRecord(
                    "i" + samples.size(), "g", null, null, null, null, null, pair[1], pair[0], Map.of(), null));
        }
        Confusion confusion = Confusion.byGroup(samples, 3).get("g");
        assertThat(confusion.labels()).containsExactly("A", "B", "C");
        assertThat(confusion.counts()).containsExactly(List.of(1, 0, 2), List.of(1, 0, 0), Collections.nCopies(3, 0));
    }
}
