package org.tunebench.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;

/** Against sacrebleu 2.6.0 and rouge_score 0.1.2; src/test/python/text_metrics.py writes the pairs. */
class TextMetricsTest {
    private static List<JsonNode> pairs() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(TextMetricsTest.class.getResourceAsStream("text-metrics.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            return in.lines().map(TextMetricsTest::parse).toList();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bleu_everyPair_isThePackagesNumber() throws IOException {
        List<JsonNode> pairs = pairs();
        assertThat(pairs).hasSize(1500);
        for (JsonNode pair : pairs) {
            assertThat(Bleu.sentence(
                            pair.get("prediction").asText(),
                            pair.get("reference").asText()))
                    .as(pair.toString())
                    .isCloseTo(pair.get("bleu").asDouble(), within(1e-10));
        }
    }

    @Test
    void rouge_everyPair_isThePackagesNumbers() throws IOException {
        for (JsonNode pair : pairs()) {
            String reference = pair.get("reference").asText();
            String prediction = pair.get("prediction").asText();
            assertSame(pair, "rouge1", Rouge.n(1, reference, prediction));
            assertSame(pair, "rouge2", Rouge.n(2, reference, prediction));
            assertSame(pair, "rougeL", Rouge.l(reference, prediction));
            assertSame(pair, "rougeLsum", Rouge.lSum(reference, prediction));
        }
    }

    private static void assertSame(JsonNode pair, String kind, Rouge.Score score) {
        assertThat(new double[] {score.precision(), score.recall(), score.fMeasure()})
                .as(kind + " of " + pair)
                .containsExactly(
                        pair.get(kind).get(0).asDouble(),
                        pair.get(kind).get(1).asDouble(),
                        pair.get(kind).get(2).asDouble());
    }

    @Test
    void rouge_byHand() {
        assertThat(Rouge.l("a cat sat", "the cat sat").fMeasure()).isEqualTo(2.0 / 3, within(1e-15));
        assertThat(Rouge.l("", "x")).isEqualTo(new Rouge.Score(0, 0, 0));
    }
}
