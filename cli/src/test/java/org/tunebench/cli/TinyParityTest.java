package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.OnnxLanguageModel;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.suite.Evaluator;
import org.tunebench.eval.suite.SuiteOptions;
import org.tunebench.eval.suite.SuiteRequest;
import org.tunebench.eval.suite.Suites;

/**
 * The tiny random models on the bundled suites, item by item against lm-evaluation-harness 0.4.13. Goldens:
 * tools/parity/tiny_goldens.py. Their context of 128 tokens is too short for nearly every prompt.
 */
class TinyParityTest {
    static final List<String> MODELS = TinyModels.NAMES;
    private static final int ITEMS = 4;
    private static final Map<String, String> SUITES =
            Map.of("hellaswag", "hellaswag", "truthfulqa", "truthfulqa_mc", "mmlu", "mmlu");

    private static JsonNode golden = Json.MAPPER.nullNode();

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = TinyParityTest.class.getResourceAsStream("tiny_scores.json")) {
            golden = Json.MAPPER.readTree(in);
        }
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void evaluate_bundledSuites_givesTheReferencesLogLikelihoods(String name) throws IOException {
        ModelFolder model = TinyModels.open(folder, name);
        Results results;
        try (LanguageModel loaded = OnnxLanguageModel.open(model, Device.CPU)) {
            results = new Evaluator(SUITES.values().stream().map(this::request).toList(), Progress.NONE)
                    .evaluate(loaded, folder.resolve("run"));
        }
        for (Map.Entry<String, String> suite : SUITES.entrySet()) {
            Map<String, SampleRecord> own = samples(suite.getValue());
            JsonNode items = golden.path(name).path(suite.getKey());
            assertThat(items).hasSize(ITEMS);
            for (JsonNode item : items) {
                SampleRecord sample = own.get(item.path("id").asText());
                for (int i = 0; i < item.path("choices").size(); i++) {
                    String choice = item.path("choices").get(i).asText();
                    assertThat(sample.loglikelihoods().get(sample.choices().indexOf(choice)))
                            .as("%s %s: %s", suite, sample.id(), choice)
                            .isCloseTo(item.path("loglikelihoods").get(i).asDouble(), within(1e-3));
                }
            }
        }
        // two shots and a question are more than 128 tokens: every item is cut, and counted
        assertThat(results.suites().get("mmlu").details()).containsEntry("truncated", (long) ITEMS);
        assertThat(samples("mmlu").values())
                .allMatch(s -> s.flags() != null && s.flags().contains("truncated"));
    }

    private SuiteRequest request(String suite) {
        SuiteOptions options = SuiteOptions.of(EmbeddedData.open().suite(suite)).withLimit(ITEMS);
        return new SuiteRequest(
                Suites.find(suite),
                suite.equals("mmlu") ? options.withShots(2).withSubjects(List.of("astronomy")) : options);
    }

    private Map<String, SampleRecord> samples(String suite) {
        Map<String, SampleRecord> samples = new HashMap<>();
        Path file = folder.resolve("run/samples").resolve(suite + ".jsonl");
        try (Stream<SampleRecord> lines = JsonLines.read(file, SampleRecord.class)) {
            lines.forEach(sample -> samples.put(sample.id(), sample));
        }
        return samples;
    }
}
