package org.tunebench.train.selfinstruct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.metric.Rouge;
import org.tunebench.core.record.Json;
import org.tunebench.train.selfinstruct.SimilarInstructions.Nearest;

class SimilarInstructionsTest {
    /** The pairs of core's TextMetricsTest: rouge_score 0.1.2, use_stemmer=False; core/src/test/python/text_metrics.py. */
    @Test
    void nearest_everyPair_hasThePackagesRougeL() throws IOException {
        int pairs = 0;
        int above = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        Rouge.class.getResourceAsStream("/org/tunebench/core/metric/text-metrics.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode pair = Json.MAPPER.readTree(line);
                double published = pair.get("rougeL").get(2).asDouble();
                SimilarInstructions similar = new SimilarInstructions();
                similar.add("x", pair.get("reference").asText());
                Nearest nearest = similar.nearest(pair.get("prediction").asText());
                assertThat(nearest == null ? 0 : nearest.rougeL()).as(line).isEqualTo(published);
                pairs++;
                above += published > SimilarInstructions.LIMIT ? 1 : 0;
            }
        }
        assertThat(pairs).isEqualTo(1500);
        assertThat(above).isBetween(300, 1200);
    }

    @Test
    void nearest_ofMany_isTheOneThatComparingWithAllGives() {
        long seed = Long.getLong("tunebench.seed", System.nanoTime());
        System.out.println("SimilarInstructionsTest: -Dtunebench.seed=" + seed);
        Random random = new Random(seed);
        SimilarInstructions similar = new SimilarInstructions();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String text = text(random);
            Nearest nearest = similar.nearest(text);
            double best = 0;
            int at = -1;
            for (int j = 0; j < texts.size(); j++) {
                double score = Rouge.l(text, texts.get(j)).fMeasure();
                if (score > best) {
                    best = score;
                    at = j;
                }
            }
            assertThat(nearest).isEqualTo(at < 0 ? null : new Nearest("t" + at, best));
            similar.add("t" + i, text);
            texts.add(text);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(12); words > 0; words--) {
            text.append(random.nextInt(3) == 0 ? "The" : "word" + random.nextInt(15))
                    .append(' ');
        }
        return text.toString();
    }

    @Test
    void nearest_exactlyAtTheLimit_isNotAbove() {
        SimilarInstructions similar = new SimilarInstructions();
        similar.add("a", "one two three four five six seven x y z");
        Nearest nearest = similar.nearest("one two three four five six seven p q r");
        assertThat(nearest).isEqualTo(new Nearest("a", 0.7));
        assertThat(similar.nearest("")).isNull();
        assertThat(similar.nearest("nothing else")).isNull();
    }
}
