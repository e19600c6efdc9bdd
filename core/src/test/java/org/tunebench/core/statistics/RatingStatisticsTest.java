package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.testing.SharedData;

/**
 * Against published figures, and against krippendorff 0.9.0, scikit-learn 1.9.1, statsmodels 0.15.0, scipy and choix 0.4.1:
 * src/test/python/ratings_reference.py made ratings-reference.json.
 */
class RatingStatisticsTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final JsonNode REFERENCE = reference();

    /** Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C: 4 observers, 12 units, 0 is missing. */
    private static final int[][] TEXTBOOK = {
        {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
        {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
        {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}
    };

    @ParameterizedTest
    @CsvSource({"NOMINAL, .743", "ORDINAL, .815", "INTERVAL, .849"})
    void alpha_textbookExample_isAsPublished(KrippendorffAlpha.Level level, double published) {
        assertThat(alpha(TEXTBOOK, level).orElseThrow()).isCloseTo(published, within(.0005));
    }

    @Test
    void alpha_asKrippendorffPackage() {
        for (JsonNode c : REFERENCE.get("krippendorff")) {
            int[][] ratings = StreamSupport.stream(c.get("ratings").spliterator(), false)
                    .map(RatingStatisticsTest::ints)
                    .toArray(int[][]::new);
            for (KrippendorffAlpha.Level level : KrippendorffAlpha.Level.values()) {
                assertThat(alpha(ratings, level).orElseThrow())
                        .isCloseTo(
                                c.get(level.name().toLowerCase(java.util.Locale.ROOT))
                                        .asDouble(),
                                EXACT);
            }
        }
    }

    @Test
    void alpha_whatCannotBeCompared_isAbsent() {
        assertThat(alpha(new int[][] {{1, 2, 0}, {0, 0, 3}}, KrippendorffAlpha.Level.ORDINAL))
                .isEmpty();
        assertThat(alpha(new int[][] {{4, 4}, {4, 4}}, KrippendorffAlpha.Level.ORDINAL))
                .isEmpty();
    }

    @Test
    void kappa_pandaLmAnnotators_areAsPublished() throws IOException {
        Path file = SharedData.require("pandalm_human_pref/testset-v1.json");
        JsonNode items = Json.MAPPER.readTree(file.toFile());
        int[][] annotators = new int[3][items.size()];
        for (int i = 0; i < items.size(); i++) {
            for (int a = 0; a < 3; a++) {
                annotators[a][i] = items.get(i).get("annotator" + (a + 1)).asInt();
            }
        }
        assertThat(kappa(annotators[0], annotators[1])).isCloseTo(.852, within(.0005));
        assertThat(kappa(annotators[0], annotators[2])).isCloseTo(.879, within(.0005));
        assertThat(kappa(annotators[1], annotators[2])).isCloseTo(.862, within(.0005));
        assertThat(CohenKappa.agreement(annotators[0], annotators[1]).orElseThrow())
                .isCloseTo(.91291, within(5e-6));
    }

    private static double kappa(int[] first, int[] second) {
        return CohenKappa.of(first, second, CohenKappa.Weights.NONE).orElseThrow();
    }

    @Test
    void kappa_asScikitLearn() {
        for (JsonNode c : REFERENCE.get("cohen")) {
            int[] first = ints(c.get("first"));
            int[] second = ints(c.get("second"));
            for (CohenKappa.Weights weights : CohenKappa.Weights.values()) {
                assertThat(CohenKappa.of(first, second, weights).orElseThrow())
                        .isCloseTo(
                                c.get(weights.name().toLowerCase(java.util.Locale.ROOT))
                                        .asDouble(),
                                EXACT);
            }
        }
    }

    @Test
    void kappa_oneRatingThroughout_isAbsent() {
        assertThat(CohenKappa.of(new int[] {3, 3}, new int[] {3, 3}, CohenKappa.Weights.NONE))
                .isEmpty();
        assertThat(CohenKappa.of(new int[0], new int[0], CohenKappa.Weights.NONE))
                .isEmpty();
        assertThat(CohenKappa.agreement(new int[0], new int[0])).isEmpty();
        assertThatThrownBy(() -> CohenKappa.of(new int[1], new int[2], CohenKappa.Weights.NONE))
                .hasMessageContaining("[1, 2] ratings");
    }

    @Test
    void fleiss_asStatsmodels() {
        for (JsonNode c : REFERENCE.get("fleiss")) {
            List<int[]> counts = StreamSupport.stream(c.get("counts").spliterator(), false)
                    .map(RatingStatisticsTest::ints)
                    .toList();
            assertThat(FleissKappa.of(counts).orElseThrow())
                    .isCloseTo(c.get("kappa").asDouble(), EXACT);
        }
    }

    @Test
    void fleiss_whatCannotBeCompared_isAbsentOrRefused() {
        assertThat(FleissKappa.of(List.of())).isEmpty();
        assertThat(FleissKappa.of(List.of(new int[] {1, 0}, new int[] {0, 1}))).isEmpty();
        assertThat(FleissKappa.of(List.of(new int[] {2, 0}, new int[] {2, 0}))).isEmpty();
        assertThatThrownBy(() -> FleissKappa.of(List.of(new int[] {2, 0}, new int[] {2, 1})))
                .hasMessageContaining("3 ratings of a unit, 2 of another");
    }

    /**
     * Citations between four journals of statistics (Stigler 1994), the example of R's BradleyTerry2 (Turner and Firth
     * 2012, doi:10.18637/jss.v048.i09, section 2), whose fit is -2.94907, -0.47957 and 0.26895 against Biometrika.
     */
    @Test
    void bradleyTerry_citations_areAsInBradleyTerry2() {
        double[][] cited = {
            {0, 730, 498, 221},
            {33, 0, 68, 17},
            {320, 813, 0, 142},
            {284, 276, 325, 0}
        };
        double[] strengths = BradleyTerry.fit(cited, 0);
        assertThat(strengths[1] - strengths[0]).isCloseTo(-2.94907, within(5e-6));
        assertThat(strengths[2] - strengths[0]).isCloseTo(-0.47957, within(5e-6));
        assertThat(strengths[3] - strengths[0]).isCloseTo(0.26895, within(5e-6));
    }

    @Test
    void bradleyTerry_asChoix() {
        for (JsonNode c : REFERENCE.get("bradley_terry")) {
            double[][] wins = StreamSupport.stream(c.get("wins").spliterator(), false)
                    .map(RatingStatisticsTest::doubles)
                    .toArray(double[][]::new);
            assertThat(BradleyTerry.fit(wins, 0)).containsExactly(doubles(c.get("strengths")), within(1e-8));
        }
    }

    @Test
    void bradleyTerry_unbeatenModel_needsAPrior() {
        double[][] wins = {{0, 3}, {0, 0}};
        assertThatThrownBy(() -> BradleyTerry.fit(wins, 0)).hasMessageContaining("unbeaten");
        // one tie each with an average model: p = e^s solves 3/(1+p²) = (p-1)/(2(p+1)), so that s is finite
        double[] strengths = BradleyTerry.fit(wins, 1);
        double p = Math.exp(strengths[0]);
        assertThat(strengths[0]).isEqualTo(-strengths[1]).isPositive();
        assertThat(3 / (1 + p * p)).isCloseTo((p - 1) / (2 * (p + 1)), within(1e-9));
    }

    @Test
    void correlation_asScipy() {
        for (JsonNode c : REFERENCE.get("correlation")) {
            double[] x = doubles(c.get("x"));
            double[] y = doubles(c.get("y"));
            assertThat(Correlation.pearson(x, y).orElseThrow())
                    .isCloseTo(c.get("pearson").asDouble(), EXACT);
            assertThat(Correlation.spearman(x, y).orElseThrow())
                    .isCloseTo(c.get("spearman").asDouble(), EXACT);
        }
        assertThat(Correlation.pearson(new double[] {1, 1}, new double[] {1, 2}))
                .isEmpty();
    }

    @Test
    void slope_asScipy() {
        for (JsonNode c : REFERENCE.get("slope")) {
            Metric slope =
                    LinearTrend.slope(doubles(c.get("x")), doubles(c.get("y"))).orElseThrow();
            assertThat(slope.value()).isCloseTo(c.get("slope").asDouble(), EXACT);
            assertThat(slope.stderr()).isCloseTo(c.get("stderr").asDouble(), EXACT);
            assertThat(slope.ci95().get(1)).isCloseTo(c.get("hi").asDouble(), within(1e-9));
        }
        assertThat(LinearTrend.slope(new double[] {1, 2}, new double[] {1, 2})).isEmpty();
        assertThat(LinearTrend.slope(new double[] {1, 1, 1}, new double[] {1, 2, 3}))
                .isEmpty();
    }

    @Test
    void bootstrap_ofAMean_coversItAsTheNormalIntervalDoes() {
        double[] values = IntStream.range(0, 400).mapToDouble(i -> i % 5).toArray();
        Metric mean = ClusterBootstrap.estimate(2, values.length, new Draws(2000, 3), times -> {
            double sum = IntStream.range(0, values.length)
                    .mapToDouble(i -> times[i] * values[i])
                    .sum();
            return OptionalDouble.of(sum / values.length);
        });
        assertThat(mean.stderr()).isCloseTo(Math.sqrt(2.0 / 400), within(.004));
        assertThat(mean.ci95().get(0)).isCloseTo(2 - 1.96 * Math.sqrt(2.0 / 400), within(.02));
        assertThat(ClusterBootstrap.estimate(2, 1, new Draws(100, 3), times -> OptionalDouble.of(1)))
                .isEqualTo(new Metric(2, null, null));
        assertThat(ClusterBootstrap.estimate(2, 9, new Draws(100, 3), times -> OptionalDouble.empty()))
                .isEqualTo(new Metric(2, null, null));
        assertThat(ClusterBootstrap.replicates(
                        3,
                        new Draws(100, 3),
                        times -> Optional.of(IntStream.of(times).sum())))
                .hasSize(100)
                .containsOnly(3);
    }

    private static OptionalDouble alpha(int[][] ratings, KrippendorffAlpha.Level level) {
        double[][] matrix = new double[5][5];
        for (int unit = 0; unit < ratings[0].length; unit++) {
            List<Integer> given = new ArrayList<>();
            for (int[] rater : ratings) {
                if (rater[unit] > 0) {
                    given.add(rater[unit] - 1);
                }
            }
            KrippendorffAlpha.addCoincidences(given.stream().mapToInt(r -> r).toArray(), 1, matrix);
        }
        return KrippendorffAlpha.of(matrix, level);
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static JsonNode reference() {
        try (InputStream in = RatingStatisticsTest.class.getResourceAsStream("ratings-reference.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
