package org.tunebench.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.statistics.PairedDifference;
import org.tunebench.reports.testing.SmallRuns;

class ComparisonTest {
    @TempDir
    Path directory;

    private SmallRuns runs;

    @BeforeEach
    void runs() {
        runs = new SmallRuns(directory);
    }

    @Test
    void twelveGainedAndNoneLost_isBetter() {
        Pair pair = only(runs.base("base", "0".repeat(12) + "1111"), runs.run("masked", 1, "1".repeat(16)));
        assertThat(pair.gained()).isEqualTo(12);
        assertThat(pair.lost()).isZero();
        // 2 / 2^12, one comparison
        assertThat(pair.pHolm()).isCloseTo(2 / 4096.0, within(1e-15));
        assertThat(pair.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(pair.sentence()).startsWith("masked is better than base on mmlu by 75.0 points (95 % interval ");
    }

    @Test
    void threeGained_isUndecided_andSaysHowManyItemsWouldSettleIt() {
        Pair pair = only(runs.base("base", "0001111111"), runs.run("masked", 1, "1111111111"));
        assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED);
        // mean .3, sd .4830: (2.8016 · 1.6102)² = 20.35
        assertThat(pair.itemsNeeded()).hasValue(21);
        assertThat(pair.sentence()).startsWith("masked and base are undecided on mmlu (95 % interval ");
    }

    @Test
    void manyItemsWithoutADifference_areTheSameWithinTheMargin() {
        String right = "01".repeat(150);
        Pair pair = only(runs.base("base", right), runs.run("masked", 1, right));
        assertThat(pair.verdict()).isEqualTo(Verdict.SAME);
        assertThat(pair.sentence()).isEqualTo("masked and base are the same on mmlu within ±2.0 points");
    }

    @Test
    void fewItemsWithoutADifference_areUndecided() {
        Pair pair = only(runs.base("base", "0110"), runs.run("masked", 1, "0110"));
        assertThat(pair.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(pair.itemsNeeded()).isEmpty();
    }

    @Test
    void perplexity_isComparedInNatsATokenAndLowerIsBetter() {
        Path base = runs.write("base", null, "", 1, Map.of("perplexity", documents(3.0)), "1");
        Path tuned = runs.write("mixed", "mixed", "mask: all\n", 1, Map.of("perplexity", documents(2.5)), "1");
        Pair pair = only(base, tuned);
        assertThat(pair.difference().test()).isEqualTo(PairedDifference.Test.SIGN_FLIP);
        assertThat(pair.difference().mean()).isCloseTo(-0.5, within(1e-12));
        // every one of 12 documents moved the same way: 2 of 2^12 sign assignments
        assertThat(pair.pHolm()).isCloseTo(2 / 4096.0, within(1e-15));
        assertThat(pair.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(pair.gained()).isEqualTo(12);
        assertThat(pair.sentence()).startsWith("mixed is better than base on perplexity by 0.500 nats a token");
    }

    @Test
    void differentItemSets_areComparedOnTheCommonItems_andSaidSo() {
        Comparison comparison = compare(runs.base("base", "0000--"), runs.run("masked", 1, "--1111"));
        Pair pair = comparison.pairs().get(0);
        assertThat(pair.difference().n()).isEqualTo(2);
        assertThat(pair.onlyBaseline()).isEqualTo(2);
        assertThat(pair.onlyCandidate()).isEqualTo(2);
        assertThat(comparison.notes()).singleElement().asString().contains("each pair is compared on the items both");
    }

    @Test
    void noCommonItems_giveNoPair() {
        assertThat(compare(runs.base("base", "00--"), runs.run("masked", 1, "--11"))
                        .pairs())
                .isEmpty();
    }

    @Test
    void oneModelOnly_hasNothingToCompare() {
        Comparison comparison = compare(runs.base("base", "0110"));
        assertThat(comparison.pairs()).isEmpty();
        assertThat(comparison.groups()).isEmpty();
    }

    @Test
    void severalSeeds_countAsOneCandidate_withEachItemsMean() {
        Comparison comparison =
                compare(runs.base("base", "0000"), runs.run("masked", 1, "1100"), runs.run("masked", 2, "1010"));
        Pair pair = comparison.pairs().get(0);
        assertThat(comparison.pairs()).hasSize(1);
        // item means 1, .5, .5, 0
        assertThat(pair.difference().mean()).isEqualTo(0.5);
        assertThat(pair.gained()).isEqualTo(3);
        assertThat(pair.difference().test()).isEqualTo(PairedDifference.Test.SIGN_FLIP);
    }

    @Test
    void groups_ofAnyTwoAreCompared_andCorrectedTogether() {
        Comparison comparison = compare(
                runs.base("base", "0".repeat(16)),
                runs.run("masked", 1, "1".repeat(8) + "0".repeat(8)),
                runs.run("unmasked", 1, "0".repeat(16)));
        assertThat(comparison.pairs()).hasSize(3);
        assertThat(comparison.groups())
                .extracting(
                        Pair::baseline,
                        Pair::candidate,
                        Pair::group,
                        pair -> pair.difference().mean())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("base", "masked", "a", 1.0),
                        org.assertj.core.groups.Tuple.tuple("base", "masked", "b", 0.0),
                        org.assertj.core.groups.Tuple.tuple("base", "unmasked", "a", 0.0),
                        org.assertj.core.groups.Tuple.tuple("base", "unmasked", "b", 0.0),
                        org.assertj.core.groups.Tuple.tuple("masked", "unmasked", "a", -1.0),
                        org.assertj.core.groups.Tuple.tuple("masked", "unmasked", "b", 0.0));
        // 2 / 2^8 of two groups of two models, whatever the third model is
        assertThat(comparison.groups().get(0).pHolm()).isCloseTo(4 / 256.0, within(1e-15));
    }

    @Test
    void manyComparisons_areCorrectedTogether() {
        String wrong = "0".repeat(8);
        Comparison comparison =
                compare(runs.base("base", wrong), runs.run("masked", 1, "1".repeat(8)), runs.run("unmasked", 1, wrong));
        // p = 2/2^8 twice and 1 once: the smallest times 3
        assertThat(comparison.between("base", "masked", "mmlu").orElseThrow().pHolm())
                .isCloseTo(6 / 256.0, within(1e-15));
        assertThat(comparison.between("unmasked", "base", "mmlu").orElseThrow().pHolm())
                .isEqualTo(1);
    }

    @Test
    void anIdThatStandsTwice_isRefusedByName() {
        List<SampleRecord> twice = List.of(
                SmallRuns.sample("item7", "a", Map.of("acc", 1.0)), SmallRuns.sample("item7", "a", Map.of("acc", 0.0)));
        Path run = runs.write("base", null, "", 1, Map.of("mmlu", twice), "1");
        assertThatThrownBy(() -> compare(run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mmlu.jsonl")
                .hasMessageContaining("'item7' stands twice");
    }

    @Test
    void worse_isSaidOfTheBetterOne() {
        Pair pair = only(runs.base("base", "1".repeat(16)), runs.run("unmasked", 1, "0".repeat(12) + "1111"));
        assertThat(pair.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(pair.winner()).hasValue("base");
        assertThat(pair.other("base")).isEqualTo("unmasked");
        assertThat(pair.sentence()).startsWith("base is better than unmasked on mmlu by 75.0 points (95 % interval ");
    }

    @Test
    void differing_namesTheBetterFirst_atItsOwnLevel() {
        // 12 flips of one kind: p = 2 / 2^12 before correction, times 3 comparisons at most; 8 flips: 2 / 2^8, times 2
        Experiment experiment = Experiment.read(List.of(
                runs.base("base", "0".repeat(12) + "1111"),
                runs.run("masked", 1, "1".repeat(16)),
                runs.run("few", 1, "0".repeat(8) + "1".repeat(8))));
        Comparison comparison = Comparison.of(experiment);
        assertThat(comparison.differing(Verdict.STRICT))
                .extracting(
                        Differing::better,
                        Differing::worse,
                        differing -> differing.pairs().size())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("masked", "base", 1));
        assertThat(comparison.differing(Verdict.ALPHA))
                .extracting(Differing::better, Differing::worse)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("masked", "base"),
                        org.assertj.core.groups.Tuple.tuple("masked", "few"));
        assertThat(comparison.toJson(experiment).get("differing"))
                .isEqualTo(Map.of(
                        "p_holm_below",
                        0.01,
                        "pairs",
                        List.of(Map.of("better", "masked", "worse", "base", "suites", List.of("mmlu")))));
    }

    @Test
    void json_holdsEveryPairFlat() {
        Experiment experiment = Experiment.read(List.of(runs.base("base", "0000"), runs.run("masked", 1, "1100")));
        Map<String, Object> json = Comparison.of(experiment).toJson(experiment);
        assertThat(json).containsEntry("correction", "holm").containsEntry("schema", 1);
        assertThat((List<?>) json.get("pairs")).hasSize(1);
        assertThat((List<?>) json.get("groups")).hasSize(2);
    }

    private Pair only(Path... folders) {
        List<Pair> pairs = compare(folders).pairs();
        assertThat(pairs).hasSize(1);
        return pairs.get(0);
    }

    private static Comparison compare(Path... folders) {
        return Comparison.of(Experiment.read(List.of(folders)));
    }

    /** Twelve documents of 10 to 21 tokens. */
    private static List<SampleRecord> documents(double nats) {
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double tokens = 10 + i;
            samples.add(SmallRuns.sample("d" + i, null, Map.of("loglikelihood", -nats * tokens, "tokens", tokens)));
        }
        return samples;
    }
}
