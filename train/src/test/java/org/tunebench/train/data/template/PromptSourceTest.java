package org.tunebench.train.data.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.testing.SharedData;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.file.DataRecord;

/** PromptSource's templates against what its own jinja2 writes (promptsource_goldens.py). */
class PromptSourceTest {
    private static final String FILE = """
            dataset: d
            templates:
              a1: !Template
                answer_choices: No ||| Yes
                jinja: "{{ text }}?|||{{ answer_choices[label] }}"
                metadata: !TemplateMetadata {original_task: true}
                name: plain
              a2: !Template
                answer_choices: null
                jinja: "{% if label == 1 %}Say {{ ['a', 'b', 'c'] | choice }} ||| ok{% endif %}"
                metadata: !TemplateMetadata {original_task: true}
                name: sometimes
            """;

    @TempDir
    Path folder;

    @Test
    void fill_publishedTemplates_writeWhatJinjaWrites() throws IOException {
        Path folder = SharedData.require("promptsource");
        List<DataRecord> records = new ArrayList<>();
        for (String line : lines("records.jsonl")) {
            records.add(record(line));
        }
        Map<String, Map<String, InstructionTemplate>> files = new HashMap<>();
        List<String> different = new ArrayList<>();
        for (String golden : lines("promptsource.tsv")) {
            String[] columns = golden.split("\t", -1);
            InstructionTemplate template =
                    Objects.requireNonNull(files.computeIfAbsent(columns[0], file -> byName(folder.resolve(file)))
                            .get(columns[1]));
            for (int i = 0; i < records.size(); i++) {
                List<String> parts = ((PromptSourceTemplate) template).parts(records.get(i), SeededRandom.of(1));
                if (!Sha256.ofText(String.join("\u001f", parts)).startsWith(columns[2 + i])) {
                    different.add(columns[0] + " " + columns[1] + " record " + i + ": " + parts);
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(files.values().stream().mapToInt(Map::size).sum()).isEqualTo(169);
    }

    @Test
    void fill_oneFile_takesWhatFitsTheRecordAndChoosesBySeed() throws IOException {
        InstructionTemplates templates =
                InstructionTemplates.read(Files.writeString(folder.resolve("templates.yaml"), FILE));

        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            Filled filled = templates.fill(record("{\"text\":\"T|||\",\"label\":1}"), null, SeededRandom.of(seed));
            seen.add(filled.template() + ": " + filled.prompt() + " -> " + filled.response());
            assertThat(templates.fill(record("{\"text\":\"T\",\"label\":0}"), null, SeededRandom.of(seed)))
                    .isEqualTo(new Filled("plain", "T?", "No"));
        }
        assertThat(seen)
                .containsExactly(
                        "plain: T|||? -> Yes",
                        "sometimes: Say a -> ok",
                        "sometimes: Say b -> ok",
                        "sometimes: Say c -> ok");
        assertThat(templates.respond()).isTrue();
    }

    @Test
    void fill_unknownField_namesTheKnownOnes() throws IOException {
        InstructionTemplates templates =
                InstructionTemplates.read(Files.writeString(folder.resolve("templates.yaml"), FILE));

        assertThatThrownBy(() -> templates.fill(record("{\"txt\":\"T\",\"label\":0}"), null, SeededRandom.of(3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown template field 'text'")
                .hasMessageContaining("Did you mean 'txt'? Known: txt, label");
    }

    @Test
    void read_byTask_takesTheTemplatesOfTheRecordsTask() throws IOException {
        InstructionTemplates templates = InstructionTemplates.read(Files.writeString(
                folder.resolve("flan.yaml"),
                "sentiment:\n  - {name: s, prompt: \"Judge: {x}\", response: \"It is {y}.\"}\nsummary:\n"
                        + "  - {prompt: \"TLDR {x}\", response: \"{y}\"}\n"));
        DataRecord row = record("{\"x\":\"X\",\"y\":\"Y\"}");

        assertThat(templates.fill(row, "sentiment", SeededRandom.of(1)))
                .isEqualTo(new Filled("s", "Judge: X", "It is Y."));
        assertThat(templates.fill(row, "summary", SeededRandom.of(1))).isEqualTo(new Filled("0", "TLDR X", "Y"));
        assertThatThrownBy(() -> templates.fill(row, "sumary", SeededRandom.of(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown task 'sumary'")
                .hasMessageContaining("Did you mean 'summary'?");
    }

    @Test
    void read_malformedFile_isRefused() throws IOException {
        for (String bad :
                List.of("a: 1\n", "- {response: x}\n", "- \"{\"\n", "- a\n- {prompt: p, response: r}\n", "[]")) {
            Path file = Files.writeString(folder.resolve("bad.yaml"), bad);
            assertThatThrownBy(() -> InstructionTemplates.read(file)).as(bad).isInstanceOf(InputException.class);
        }
        Path jinja = Files.writeString(folder.resolve("bad.yaml"), FILE.replace("{% endif %}", ""));
        assertThatThrownBy(() -> InstructionTemplates.read(jinja)).isInstanceOf(InputException.class);
    }

    private static Map<String, InstructionTemplate> byName(Path file) {
        Map<String, InstructionTemplate> templates = new HashMap<>();
        PromptSourceFile.read(file).forEach(template -> templates.put(template.name(), template));
        return templates;
    }

    private static DataRecord record(String json) throws IOException {
        return new DataRecord((ObjectNode) Json.MAPPER.readTree(json), Map.of(), Path.of("r.jsonl"), 1);
    }

    private List<String> lines(String resource) throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
