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
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;

/**
 * Prompts, and what is read in model answers, against the published code of Self-Instruct (0b26cca) and Alpaca (761dc5b);
 * src/test/python/self_instruct_goldens.py writes the answers.
 */
class PublishedAnswersTest {
    private static List<JsonNode> lines(String kind) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        PublishedAnswersTest.class.getResourceAsStream("self-instruct.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            List<JsonNode> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(Json.MAPPER.readTree(line));
            }
            return lines.stream()
                    .filter(node -> node.get("kind").asText().equals(kind))
                    .toList();
        }
    }

    private static Completion completion(JsonNode line) {
        return new Completion(line.get("text").asText(), line.get("cut").asBoolean(), null, null, null);
    }

    private static List<ShownTask> shown(JsonNode line) {
        List<ShownTask> shown = new ArrayList<>();
        line.get("shown")
                .forEach(task -> shown.add(new ShownTask(
                        "x",
                        task.get("instruction").asText(),
                        new TaskInstance(
                                task.get("input").asText(), task.get("output").asText()))));
        return shown;
    }

    @Test
    void prompts_areThePublishedOnes() throws IOException {
        List<JsonNode> lines = lines("prompts");
        assertThat(lines).hasSize(20);
        for (JsonNode line : lines) {
            List<ShownTask> shown = shown(line);
            assertThat(new InstructionList(false, false).prompt(shown))
                    .isEqualTo(line.get("list").asText());
            assertThat(new InstructionList(true, false).prompt(shown))
                    .isEqualTo(line.get("classification_list").asText());
            assertThat(new NumberedTasks(false).prompt(shown.subList(0, 3)))
                    .isEqualTo(line.get("numbered").asText());
        }
    }

    @Test
    void instructionLists_keepWhatThePublishedCodeKeeps() throws IOException {
        List<JsonNode> lines = lines("list");
        assertThat(lines).hasSize(700);
        InstructionRules rules = InstructionRules.of(Method.SELF_INSTRUCT);
        int kept = 0;
        for (JsonNode line : lines) {
            List<String> expected = new ArrayList<>();
            line.get("kept").forEach(instruction -> expected.add(instruction.asText()));
            List<String> read = new InstructionList(false, false)
                    .candidates(completion(line), 8, new Drops()).stream()
                            .map(Variant.Candidate::instruction)
                            .filter(instruction -> rules.objection(instruction).isEmpty())
                            .toList();
            assertThat(read).as(line.toString()).isEqualTo(expected);
            kept += read.size();
        }
        assertThat(kept).isGreaterThan(200);
    }

    @Test
    void numberedTasks_keepWhatThePublishedCodeKeepsButEmptyOutputs() throws IOException {
        List<JsonNode> lines = lines("numbered");
        assertThat(lines).hasSize(700);
        InstructionRules rules = InstructionRules.of(Method.ALPACA);
        int kept = 0;
        for (JsonNode line : lines) {
            List<Variant.Candidate> expected = new ArrayList<>();
            for (JsonNode task : line.get("kept")) {
                if (!task.get("output").asText().isEmpty()) {
                    expected.add(new Variant.Candidate(
                            task.get("instruction").asText(),
                            new TaskInstance(
                                    task.get("input").asText(),
                                    task.get("output").asText())));
                }
            }
            List<Variant.Candidate> read = new NumberedTasks(false)
                    .candidates(completion(line), 3, new Drops()).stream()
                            .filter(candidate ->
                                    rules.objection(candidate.instruction()).isEmpty())
                            .toList();
            assertThat(read).as(line.toString()).isEqualTo(expected);
            kept += read.size();
        }
        assertThat(kept).isGreaterThan(100);
    }

    @Test
    void instances_areThoseOfThePublishedCode() throws IOException {
        List<JsonNode> lines = lines("instances");
        assertThat(lines).hasSize(1000);
        int kept = 0;
        for (JsonNode line : lines) {
            for (boolean classification : new boolean[] {false, true}) {
                List<TaskInstance> expected = new ArrayList<>();
                line.get(classification ? "output_first" : "input_first")
                        .forEach(pair -> expected.add(new TaskInstance(
                                pair.get(0).asText(), pair.get(1).asText())));
                List<TaskInstance> left = InstanceFilter.left("task", completion(line), classification, new Drops());
                assertThat(left).as(line.toString()).containsExactlyInAnyOrderElementsOf(expected);
                kept += left.size();
            }
        }
        assertThat(kept).isGreaterThan(400);
    }

    @Test
    void templates_haveThePublishedExamples() {
        assertThat(FewShotTemplate.published("classification.txt").examples()).hasSize(31);
        assertThat(FewShotTemplate.published("output-first.txt").examples()).hasSize(16);
        assertThat(FewShotTemplate.published("input-first.txt").examples()).hasSize(11);
        String whole = FewShotTemplate.text("input-first.txt");
        assertThat(FewShotTemplate.published("input-first.txt").prompt(" Add two numbers ", "\n"))
                .isEqualTo(whole + " Add two numbers\n");
    }
}
