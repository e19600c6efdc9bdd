package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;

/** The bundled suites have the fields of the originals and the sizes that they promise. */
final class SuiteFilesTest {
    private static final EmbeddedData DATA = EmbeddedData.open();

    @Test
    void mmlu_hasFiveDevRowsAndManyTestRowsASubject() throws IOException {
        List<Path> dev = csv("dev");
        assertThat(dev).hasSizeGreaterThanOrEqualTo(8);
        int rows = 0;
        for (Path file : dev) {
            assertThat(Files.readAllLines(file))
                    .as(file.toString())
                    .hasSize(5)
                    .allMatch(l -> l.matches(".+,.+,.+,.+,.+,[A-D]"));
            String subject = file.getFileName().toString().replace("_dev.csv", "");
            List<String> test = Files.readAllLines(DATA.suite("mmlu").resolve("test/" + subject + "_test.csv"));
            assertThat(test).isNotEmpty().allMatch(l -> l.matches(".+,.+,.+,.+,.+,[A-D]"));
            rows += test.size();
        }
        assertThat(rows).isGreaterThanOrEqualTo(150);
    }

    @Test
    void hellaswag_hasFourEndingsAndALabel() throws IOException {
        List<JsonNode> items = lines(DATA.suite("hellaswag").resolve("hellaswag_val.jsonl"));
        assertThat(items).hasSizeGreaterThanOrEqualTo(60);
        for (JsonNode item : items) {
            assertThat(item.get("endings")).hasSize(4);
            assertThat(item.get("label").asInt()).isBetween(0, 3);
            assertThat(item.get("ctx_a").asText()).isNotBlank();
            assertThat(item.get("activity_label").asText()).isNotBlank();
            assertThat(item.has("ctx_b")).isTrue();
        }
    }

    @Test
    void truthfulqa_hasOneTrueMc1AnswerAndBothKindsInMc2() throws IOException {
        JsonNode items = Json.MAPPER.readTree(
                DATA.suite("truthfulqa_mc").resolve("mc_task.json").toFile());
        assertThat(items).hasSizeGreaterThanOrEqualTo(60);
        Set<String> questions = new HashSet<>();
        for (JsonNode item : items) {
            assertThat(questions.add(item.get("question").asText())).isTrue();
            assertThat(sum(item.get("mc1_targets"))).isEqualTo(1);
            assertThat(item.get("mc1_targets").iterator().next().asInt()).isEqualTo(1);
            assertThat(sum(item.get("mc2_targets")))
                    .isBetween(1, item.get("mc2_targets").size() - 1);
        }
    }

    @Test
    void mtBench_hasTwoTurnsEightCategoriesAndReferences() throws IOException {
        List<JsonNode> questions = lines(DATA.suite("mt_bench").resolve("question.jsonl"));
        List<JsonNode> references = lines(DATA.suite("mt_bench").resolve("reference_answer/tunebench.jsonl"));
        assertThat(questions).hasSizeGreaterThanOrEqualTo(16);
        assertThat(questions).allMatch(q -> q.get("turns").size() == 2);
        assertThat(questions.stream().map(q -> q.get("category").asText()).distinct())
                .hasSize(8);
        assertThat(references.stream().map(r -> r.get("question_id").asInt()).toList())
                .isEqualTo(questions.stream()
                        .map(q -> q.get("question_id").asInt())
                        .toList());
        assertThat(references).allMatch(r -> r.at("/choices/0/turns").size() == 2);
    }

    @Test
    void raterPrompts_areTwentyOrMore() throws IOException {
        List<JsonNode> prompts = lines(DATA.raterPrompts());
        assertThat(prompts).hasSizeGreaterThanOrEqualTo(20).allMatch(p -> p.hasNonNull("id") && p.hasNonNull("prompt"));
        assertThat(prompts.stream().map(p -> p.get("id").asText())).doesNotHaveDuplicates();
    }

    @Test
    void ownSuites_askEveryHeldOutFactOnce() throws IOException {
        for (String name : List.of("seen_phrasing", "held_out_frames", "held_out_phrasings")) {
            Path yaml = DATA.suite(name);
            assertThat(yaml).hasFileName(name + ".yaml");
            List<JsonNode> items = lines(yaml.resolveSibling(name + ".jsonl"));
            assertThat(items).hasSizeGreaterThanOrEqualTo(400);
            assertThat(items.stream().map(i -> i.get("id").asText())).doesNotHaveDuplicates();
        }
    }

    @Test
    void perplexity_isMadeOfPassagesThatTheCorpusLacks(@TempDir Path target) throws IOException {
        DATA.writePretraining(target);
        Set<String> trained = new HashSet<>(
                List.of(Files.readString(target.resolve("corpus.txt")).split("\n\n")));
        String[] heldOut = Files.readString(DATA.suite("perplexity")).split("\n\n");
        assertThat(heldOut.length).isGreaterThan(1000);
        assertThat(heldOut).allMatch(text -> text.endsWith("<|endoftext|>"));
        assertThat(heldOut)
                .noneMatch(text -> trained.contains("<|endoftext|>" + text.substring(0, text.length() - 13)));
        assertThat(target.resolve("base/config.json")).exists();
        assertThat(target.resolve("pretrain.yaml")).exists();
    }

    private static List<Path> csv(String part) throws IOException {
        try (Stream<Path> files = Files.list(DATA.suite("mmlu").resolve(part))) {
            return files.sorted().toList();
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            items.add(Json.MAPPER.readTree(line));
        }
        return items;
    }

    private static int sum(JsonNode targets) {
        int sum = 0;
        for (JsonNode target : targets) {
            sum += target.asInt();
        }
        return sum;
    }
}
