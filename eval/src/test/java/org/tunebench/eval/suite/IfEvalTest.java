package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.instruction.Instruction;

class IfEvalTest {
    @TempDir
    Path folder;

    private static LoadedSuite.Outcome run(Path data, Path responses) {
        return new IfEval().load(SuiteOptions.of(data)).run(new Engine(ResponsesFile.read(responses), Progress.NONE));
    }

    /** src/test/python/ifeval.py writes them with lm_eval 0.4.13: 60 of each kind but number_sentences. */
    @Test
    void run_answersJudgedByTheReference_areJudgedAlike() throws IOException, URISyntaxException {
        Path goldens = Path.of(Instruction.class.getResource("ifeval.jsonl").toURI());
        List<JsonRow> rows = JsonRow.readLines(new SuiteData("goldens"), goldens);
        List<String> prompts = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (JsonRow row : rows) {
            ObjectNode prompt =
                    Json.MAPPER.createObjectNode().put("key", prompts.size()).put("prompt", "prompt");
            prompt.putArray("instruction_id_list").add(row.text("kind"));
            prompt.putArray("kwargs").add(row.require("arguments"));
            prompts.add(prompt.toString());
            answers.add(Json.MAPPER
                    .createObjectNode()
                    .put("key", answers.size())
                    .put("response", row.text("answer"))
                    .toString());
        }
        LoadedSuite.Outcome outcome = run(
                Files.write(folder.resolve("input_data.jsonl"), prompts),
                Files.write(folder.resolve("answers.jsonl"), answers));
        TreeMap<String, Integer> kinds = new TreeMap<>();
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            JsonNode golden = rows.get(i).node();
            SampleRecord sample = outcome.samples().get(i);
            kinds.merge(golden.get("kind").asText(), 1, Integer::sum);
            boolean strict = sample.scores().get("inst_level_strict_acc") == 1;
            boolean loose = sample.scores().get("inst_level_loose_acc") == 1;
            if (strict != golden.get("strict").asBoolean()
                    || loose != golden.get("loose").asBoolean()) {
                differing.add(strict + " " + loose + " for " + golden);
            }
        }
        assertThat(differing).isEmpty();
        assertThat(kinds)
                .hasSize(24)
                .allSatisfy((kind, count) -> assertThat(count).isEqualTo(60));
    }

    @Test
    void run_severalInstructions_countsByPromptAndByInstruction() throws IOException {
        Path data = Files.writeString(folder.resolve("input_data.jsonl"), """
                {"key": 7, "prompt": "p", "instruction_id_list": ["punctuation:no_comma", "detectable_format:title", "length_constraints:number_sentences"], "kwargs": [{}, {}, {"relation": "at least", "num_sentences": 2}]}
                {"key": 8, "prompt": "q", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
                """);
        FakeLanguageModel model = new FakeLanguageModel("x")
                .replying(prompt -> prompt.equals("p") ? "Sure, here:\n<<Title>> One is here. Two is there." : "none");
        LoadedSuite.Outcome outcome = new IfEval().load(SuiteOptions.of(data)).run(new Engine(model, Progress.NONE));
        assertThat(model.options().get(0).maxNewTokens()).isEqualTo(1280);
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("7", "8");
        assertThat(Json.text(outcome.samples().get(0).prediction(), false))
                .isEqualTo("{\"strict\":[false,true,true],\"loose\":[true,true,true]}");
        assertThat(outcome.metrics().get("prompt_level_strict_acc").value()).isEqualTo(0.5);
        assertThat(outcome.metrics().get("inst_level_strict_acc").value()).isEqualTo(0.75);
        assertThat(outcome.metrics().get("prompt_level_loose_acc").value()).isEqualTo(1);
        assertThat(outcome.metrics().get("inst_level_loose_acc").value()).isEqualTo(1);
    }

    @Test
    void load_realFile_knowsEveryInstruction() {
        Path file = SharedData.require("ifeval/input_data.jsonl");
        assertThat(new IfEval().load(SuiteOptions.of(file)).size()).isEqualTo(541);
    }

    @Test
    void load_unknownInstruction_isRefusedWithTheNearest() throws IOException {
        Path file = Files.writeString(
                folder.resolve("i.jsonl"),
                "{\"key\": 7, \"prompt\": \"p\", \"instruction_id_list\": [\"punctuation:no_coma\"], \"kwargs\": [{}]}");
        assertThatThrownBy(() -> new IfEval().load(SuiteOptions.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite ifeval, i.jsonl line 1")
                .hasMessageContaining("Did you mean 'punctuation:no_comma'?");
    }
}
