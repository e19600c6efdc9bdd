package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.engine.TextRequest;

/** Goldens: lm-evaluation-harness 0.4.13, src/test/python/chat_prompts.py. */
class ChatPromptsTest {
    @TempDir
    Path folder;

    private JsonNode golden = Json.MAPPER.nullNode();

    @BeforeEach
    void suites() throws IOException {
        try (InputStream in = ChatPromptsTest.class.getResourceAsStream("chat_prompts.json")) {
            golden = Json.MAPPER.readTree(in);
        }
        JsonNode rows = golden.path("rows");
        Files.createDirectory(folder.resolve("dev"));
        Files.createDirectory(folder.resolve("test"));
        csv(folder.resolve("dev/anatomy_dev.csv"), List.of(rows.get(0), rows.get(1)));
        csv(folder.resolve("test/anatomy_test.csv"), List.of(rows.get(2)));
        JsonNode question = golden.path("question");
        Map<String, Integer> targets = new LinkedHashMap<>();
        targets.put(question.path("choices").get(0).asText(), 1);
        targets.put(question.path("choices").get(1).asText(), 0);
        Files.writeString(
                folder.resolve("mc_task.json"),
                Json.MAPPER.writeValueAsString(List.of(Map.of(
                        "question", question.path("question").asText(),
                        "mc1_targets", targets,
                        "mc2_targets", targets))));
    }

    private static void csv(Path file, List<JsonNode> rows) throws IOException {
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT)) {
            for (JsonNode row : rows) {
                printer.printRecord(StreamSupport.stream(row.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
            }
        }
        Files.writeString(file, text.toString());
    }

    private List<TextRequest> requests(JsonNode golden, FakeLanguageModel model) {
        boolean chat = !golden.path("template").isNull();
        PromptFormat format = new PromptFormat(
                chat,
                golden.path("multiturn").asBoolean(),
                golden.path("system").textValue());
        SuiteOptions options = SuiteOptions.of(folder).withFormat(format);
        Suite suite =
                golden.path("suite").asText().equals("mmlu") ? new Mmlu(Mmlu.Formulation.LETTERS) : new TruthfulQaMc();
        LoadedSuite loaded = suite.load(
                suite instanceof Mmlu ? options.withShots(golden.path("shots").asInt()) : options);
        return ((MultipleChoice) loaded).requests(model);
    }

    @Test
    void requests_plainAndThroughOwnTemplates_areTheReferences() {
        int cases = 0;
        for (JsonNode expected : golden.path("cases")) {
            if (expected.has("requests")) {
                FakeLanguageModel model = new FakeLanguageModel("x");
                if (!expected.path("template").isNull()) {
                    model.chatting(ChatTemplates.named(expected.path("template").asText()));
                }
                List<TextRequest> wanted = new ArrayList<>();
                expected.path("requests")
                        .forEach(r -> wanted.add(
                                new TextRequest(r.get(0).asText(), r.get(1).asText())));
                assertThat(requests(expected, model)).as(expected.toString()).isEqualTo(wanted);
                cases++;
            }
        }
        assertThat(cases).isEqualTo(22);
    }

    @Test
    void requests_throughPublicTemplates_areTheReferences() throws IOException {
        Path templates = SharedData.require("chat_templates");
        int cases = 0;
        for (JsonNode expected : golden.path("cases")) {
            if (expected.has("sha256")) {
                String name = expected.path("template").asText();
                ChatTemplate template =
                        ChatTemplates.jinja(name, Files.readString(templates.resolve(name + ".jinja")), "<s>", "</s>");
                List<TextRequest> made = requests(expected, new FakeLanguageModel("x").chatting(template));
                assertThat(sha256(made))
                        .as(expected + " " + made)
                        .isEqualTo(expected.path("sha256").asText());
                cases++;
            }
        }
        assertThat(cases).isEqualTo(88);
    }

    /** Of Python's {@code json.dumps} of the pairs. */
    private static String sha256(List<TextRequest> requests) {
        StringBuilder text = new StringBuilder();
        for (TextRequest request : requests) {
            ArrayNode pair =
                    Json.MAPPER.createArrayNode().add(request.context()).add(request.continuation());
            text.append(text.isEmpty() ? "" : ", ").append(pair.toString().replace("\",\"", "\", \""));
        }
        return Sha256.ofText("[" + text + "]");
    }

    @Test
    void run_templateThatRefusesSystemMessages_leavesItOutAndSaysSo() {
        String source = "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
                + "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}";
        FakeLanguageModel model =
                new FakeLanguageModel("x").chatting(ChatTemplates.jinja("strict", source, "<s>", "</s>"));
        MultipleChoice suite = (MultipleChoice) new Mmlu(Mmlu.Formulation.LETTERS)
                .load(SuiteOptions.of(folder).withShots(0).withFormat(new PromptFormat(true, false, "Be brief.")));
        assertThat(suite.requests(model).get(0).context()).startsWith("[user]How many");
        assertThat(suite.run(new Engine(model, Progress.NONE)).details())
                .containsEntry("system_left_out", true)
                .containsEntry("system_instruction", "Be brief.")
                .doesNotContainKey("fewshot_as_multiturn");
    }

    @Test
    void format_turnsWithoutATemplate_isRefused() {
        assertThatThrownBy(() -> new PromptFormat(false, true, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("without a chat template");
    }
}
