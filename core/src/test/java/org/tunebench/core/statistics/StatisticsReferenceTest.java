package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;

/** Against scipy 1.17.1 and statsmodels 0.15.0: src/test/python/statistics_reference.py made reference.json. */
class StatisticsReferenceTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final JsonNode REFERENCE = reference();

    @Test
    void mcNemar_asStatsmodels() {
        for (JsonNode c : REFERENCE.get("mcnemar")) {
            assertThat(PairedDifference.mcNemarExact(
                            c.get("gained").asInt(), c.get("lost").asInt()))
                    .as(c.toString())
                    .isCloseTo(c.get("p").asDouble(), EXACT);
        }
    }

    @Test
    void meanOfRightAndWrong_hasWilsonsInterval_asStatsmodels() {
        for (JsonNode c : REFERENCE.get("wilson")) {
            int successes = c.get("successes").asInt();
            double[] scores = IntStream.range(0, c.get("n").asInt())
                    .mapToDouble(i -> i < successes ? 1 : 0)
                    .toArray();
            Interval interval = MeanEstimate.of(scores).orElseThrow().ci95();
            assertThat(interval.lo()).as(c.toString()).isCloseTo(c.get("lo").asDouble(), EXACT);
            assertThat(interval.hi()).as(c.toString()).isCloseTo(c.get("hi").asDouble(), EXACT);
        }
    }

    @Test
    void meanOfRealScores_hasStudentsInterval_asScipy() {
        for (JsonNode c : REFERENCE.get("t_interval")) {
            MeanEstimate mean = MeanEstimate.of(doubles(c.get("x"))).orElseThrow();
            assertThat(mean.mean()).isCloseTo(c.get("mean").asDouble(), EXACT);
            assertThat(mean.stderr()).isCloseTo(c.get("stderr").asDouble(), EXACT);
            assertThat(mean.ci95().lo()).isCloseTo(c.get("lo").asDouble(), within(1e-9));
            assertThat(mean.ci95().hi()).isCloseTo(c.get("hi").asDouble(), within(1e-9));
        }
    }

    @Test
    void holm_asStatsmodels() {
        for (JsonNode c : REFERENCE.get("holm")) {
            assertThat(Holm.adjust(doubles(c.get("p")))).containsExactly(doubles(c.get("adjusted")), EXACT);
        }
    }

    @Test
    void signFlip_ofFewItems_isExact_asScipy() {
        for (JsonNode c : REFERENCE.get("sign_flip")) {
            assertThat(PairedResampling.signFlip(doubles(c.get("d")), new Draws(100, 1)))
                    .as(c.toString())
                    .isCloseTo(c.get("p").asDouble(), EXACT);
        }
    }

    @Test
    void resampling_ofManyItems_agreesWithScipyWithinSamplingError() {
        JsonNode c = REFERENCE.get("drawn");
        double[] differences = doubles(c.get("d"));
        double p = c.get("p").asDouble();
        // 200 extreme draws know p to 7 %: four of those.
        assertThat(PairedResampling.signFlip(differences, new Draws(100_000, 1)))
                .isCloseTo(p, within(0.3 * p));
        Interval interval = Bootstrap.meanInterval(differences, new Draws(100_000, 1));
        assertThat(interval.lo()).isCloseTo(c.get("lo").asDouble(), within(0.015));
        assertThat(interval.hi()).isCloseTo(c.get("hi").asDouble(), within(0.015));
    }

    @Test
    void bootstrap_standardErrorAndPairedP_agreeWithNumpyWithinSamplingError() {
        JsonNode c = REFERENCE.get("drawn");
        double[] differences = doubles(c.get("d"));
        double stderr = c.get("stderr").asDouble();
        // the standard error of a standard deviation of B draws is its size / sqrt(2 B)
        assertThat(Bootstrap.stderr(differences, new Draws(100_000, 1))).isCloseTo(stderr, within(0.01 * stderr));
        double p = c.get("paired_p").asDouble();
        assertThat(Bootstrap.pairedP(new double[differences.length], differences, new Draws(100_000, 1)))
                .isCloseTo(p, within(5 * Math.sqrt(p / 100_000)));
    }

    @Test
    void clusteredMean_asStatsmodelsClusterRobustError() {
        for (JsonNode c : REFERENCE.get("clustered")) {
            List<String> clusters = new ArrayList<>();
            c.get("clusters").forEach(cluster -> clusters.add(cluster.asText()));
            Metric mean = Clusters.mean(doubles(c.get("x")), clusters).orElseThrow();
            assertThat(mean.value()).isCloseTo(c.get("mean").asDouble(), EXACT);
            assertThat(mean.stderr()).isCloseTo(c.get("stderr").asDouble(), EXACT);
        }
    }

    @Test
    void sampleSize_asStatsmodelsNormalPower() {
        for (JsonNode c : REFERENCE.get("power")) {
            SampleSize size =
                    new SampleSize(c.get("sd").asDouble(), c.get("alpha").asDouble());
            double difference = c.get("difference").asDouble();
            double power = c.get("power").asDouble();
            assertThat(size.items(difference, power)).as(c.toString()).hasValue((long)
                    Math.ceil(c.get("items").asDouble()));
            assertThat(size.power(c.get("n").asLong(), difference))
                    .as(c.toString())
                    .isCloseTo(c.get("power_of_n").asDouble(), within(1e-9));
            assertThat(size.detectable(size.items(difference, power).orElseThrow(), power))
                    .isLessThanOrEqualTo(difference)
                    .isCloseTo(difference, within(0.05 * difference));
        }
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static JsonNode reference() {
        try (InputStream in = StatisticsReferenceTest.class.getResourceAsStream("reference.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
