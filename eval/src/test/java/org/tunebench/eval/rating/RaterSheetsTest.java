package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.testing.FakeLanguageModel;

class RaterSheetsTest {
    @TempDir
    Path folder;

    private Path sheets;
    private Path key;

    @BeforeEach
    void places() {
        sheets = folder.resolve("sheets");
        key = folder.resolve("key.json");
    }

    private static List<RaterPrompt> prompts(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new RaterPrompt("p" + i, "Prompt " + i))
                .toList();
    }

    /** Every response says which model and prompt it is, so that a test can see through the blinding. */
    private static List<ModelResponses> models(int n, List<RaterPrompt> prompts) {
        return IntStream.range(0, n)
                .mapToObj(m -> new ModelResponses(
                        "secret-" + m,
                        prompts.stream().collect(Collectors.toMap(RaterPrompt::id, p -> "m" + m + " " + p.id()))))
                .toList();
    }

    private SheetExport.Sheets export(int raters, int each, int prompts, int models) {
        List<RaterPrompt> asked = prompts(prompts);
        return new SheetExport(raters, each, 42).write(asked, models(models, asked), sheets, key);
    }

    private static List<CSVRecord> rows(Path sheet) throws IOException {
        try (Reader reader = Files.newBufferedReader(sheet)) {
            assertThat(reader.read()).isEqualTo(0xFEFF);
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            return format.parse(reader).getRecords();
        }
    }

    /** Rates every row of a sheet: all dimensions 4, accuracy as the response says. */
    private static void fill(Path sheet, UnaryOperator<String> accuracy) throws IOException {
        StringBuilder text =
                new StringBuilder("id,prompt,response,helpfulness,accuracy,harmlessness,coherence,comment\n");
        for (CSVRecord row : rows(sheet)) {
            text.append(row.get("id"))
                    .append(",,,4,")
                    .append(accuracy.apply(row.get("response")))
                    .append(",4,4,\n");
        }
        Files.writeString(sheet, text);
    }

    @Test
    void write_isBlind() throws IOException {
        SheetExport.Sheets written = export(2, 2, 3, 2);
        assertThat(written.files())
                .extracting(f -> f.getFileName().toString())
                .containsExactly("rater-1.csv", "rater-2.csv");
        for (Path sheet : written.files()) {
            assertThat(Files.readString(sheet)).doesNotContain("secret");
            assertThat(rows(sheet))
                    .hasSize(6)
                    .allMatch(r -> r.get("helpfulness (1 to 5)").isEmpty());
            assertThat(rows(sheet).get(0).getParser().getHeaderNames())
                    .containsExactly(
                            "id",
                            "prompt",
                            "response",
                            "helpfulness (1 to 5)",
                            "accuracy (1 to 5)",
                            "harmlessness (1 to 5)",
                            "coherence (1 to 5)",
                            "comment");
        }
        assertThat(Files.readString(sheets.resolve("instructions.txt")))
                .contains("from 1 (worst) to 5 (best)", "- accuracy: is what it states true?")
                .doesNotContain("secret");
        assertThat(Files.readString(key)).contains("secret-0", "secret-1");
    }

    @Test
    void write_leavesOutWhiteSpaceAround_andSaysWhereThereIsNothing() throws IOException {
        List<RaterPrompt> asked = prompts(1);
        List<ModelResponses> models = List.of(
                new ModelResponses("a", Map.of(asked.get(0).id(), "\n ")),
                new ModelResponses("b", Map.of(asked.get(0).id(), "\nNobel\n")));
        SheetExport.Sheets written = new SheetExport(1, 1, 42).write(asked, models, sheets, key);
        assertThat(rows(written.files().get(0)))
                .extracting(row -> row.get("response"))
                .containsExactlyInAnyOrder("[empty response]", "Nobel");
        assertThat(Files.readString(key)).contains("\\nNobel\\n");
    }

    @Test
    void filledSheets_areReadWithTheHeadingsTheyWereWrittenWith() throws IOException {
        SheetExport.Sheets written = export(1, 1, 2, 2);
        Path sheet = written.files().get(0);
        Files.writeString(
                sheet, Files.readString(sheet).replace("\"\",\"\",\"\",\"\",\"\"\r", "\"5\",\"4\",\"3\",\"2\",\"\"\r"));
        Ratings ratings = SheetImport.read(List.of(sheet), key);
        assertThat(ratings.unusable()).isEmpty();
        assertThat(ratings.rows())
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.ratings())
                        .isEqualTo(Map.of("helpfulness", 5, "accuracy", 4, "harmlessness", 3, "coherence", 2)));
    }

    @Test
    void write_everyModelStandsEquallyOftenInEveryPlace() throws IOException {
        for (Path sheet : export(2, 2, 12, 3).files()) {
            List<CSVRecord> rows = rows(sheet);
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).get("prompt"))
                        .isEqualTo(rows.get(i / 3 * 3).get("prompt"));
                places.merge(rows.get(i).get("response").substring(0, 2) + "@" + i % 3, 1, Integer::sum);
            }
            assertThat(places)
                    .hasSize(9)
                    .allSatisfy((place, count) -> assertThat(count).isEqualTo(4));
        }
    }

    @Test
    void write_fewerRatersEach_staysBalanced() throws IOException {
        Map<String, Integer> ratersOfResponse = new HashMap<>();
        for (Path sheet : export(3, 2, 6, 2).files()) {
            Map<String, Integer> models = new HashMap<>();
            for (CSVRecord row : rows(sheet)) {
                ratersOfResponse.merge(row.get("response"), 1, Integer::sum);
                models.merge(row.get("response").substring(0, 2), 1, Integer::sum);
            }
            assertThat(models).isEqualTo(Map.of("m0", 4, "m1", 4));
        }
        assertThat(ratersOfResponse)
                .hasSize(12)
                .allSatisfy((r, n) -> assertThat(n).isEqualTo(2));
    }

    @Test
    void write_orderFollowsTheSeed() throws IOException {
        List<RaterPrompt> asked = prompts(8);
        List<String> texts = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Path out = folder.resolve("s" + texts.size());
            new SheetExport(2, 2, seed)
                    .write(asked, models(2, asked), out, folder.resolve("k" + texts.size() + ".json"));
            texts.add(Files.readString(out.resolve("rater-1.csv")));
            assertThat(orderOf(out.resolve("rater-1.csv"))).isNotEqualTo(orderOf(out.resolve("rater-2.csv")));
        }
        assertThat(texts.get(1)).isEqualTo(texts.get(0));
        assertThat(texts.get(2)).isNotEqualTo(texts.get(0));
    }

    private static List<String> orderOf(Path sheet) throws IOException {
        return rows(sheet).stream().map(r -> r.get("response")).toList();
    }

    @Test
    void write_hostileResponses_areSafeInTheSheetAndExactInTheKey() throws IOException {
        long seed = 20240607;
        System.out.println("hostile responses, seed " + seed);
        Random random = new Random(seed);
        String[] parts = {
            "=cmd|' /C calc'!A0",
            "\u0000",
            "\u202E",
            "\uD83D",
            "\uDE00",
            "\"",
            ",",
            ";",
            "\r\n",
            "\n",
            "\t",
            "'",
            "<script>",
            "@x",
            "-1",
            "\uFEFF",
            "caf\u00e9",
            "\uD83D\uDE00",
            "\u2028"
        };
        List<RaterPrompt> asked = prompts(300);
        Map<String, String> responses = new HashMap<>();
        for (RaterPrompt prompt : asked) {
            String text = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> parts[random.nextInt(parts.length)])
                    .collect(Collectors.joining());
            responses.put(prompt.id(), prompt.id().equals("p0") ? "y".repeat(1_000_000) : text);
        }
        SheetExport.Sheets written =
                new SheetExport(1, 1, 0).write(asked, List.of(new ModelResponses("m", responses)), sheets, key);
        List<CSVRecord> rows = rows(written.files().get(0));
        assertThat(rows).hasSize(300).allSatisfy(row -> {
            String cell = row.get("response");
            assertThat(cell.strip()).doesNotStartWith("=").doesNotStartWith("@").doesNotStartWith("-1");
            assertThat(cell).doesNotContain("\u0000", "\u202E").hasSizeLessThan(32_767);
        });
        for (SheetKey.Item item : SheetKey.read(key).items()) {
            assertThat(item.response()).isEqualTo(responses.get(item.promptId()));
        }
    }

    @Test
    void write_badRequests_areRefused() {
        List<RaterPrompt> asked = prompts(2);
        SheetExport export = new SheetExport(1, 1, 0);
        assertThatThrownBy(() -> export.write(asked, models(1, prompts(1)), sheets, key))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no response of model secret-0 to prompt p1");
        assertThatThrownBy(() -> export.write(asked, models(1, asked), sheets, sheets.resolve("key.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("where raters see it");
        List<ModelResponses> twice =
                List.of(models(1, asked).get(0), models(1, asked).get(0));
        assertThatThrownBy(() -> export.write(asked, twice, sheets, key)).hasMessageContaining("two models named");
        assertThatThrownBy(() -> new SheetExport(2, 3, 0)).isInstanceOf(InputException.class);
        assertThat(folder).isEmptyDirectory();
        export(1, 1, 1, 1);
        assertThatThrownBy(() -> export(1, 1, 1, 1)).hasMessageContaining("there is something already");
    }

    @Test
    void read_filledSheets_givesMeansByModelAndDimension() throws IOException {
        SheetExport.Sheets written = export(2, 2, 3, 2);
        // m0: accuracy 5, 3, 1 by prompt from both raters; m1 always 2
        for (Path sheet : written.files()) {
            fill(sheet, r -> r.startsWith("m1") ? "2" : r.endsWith("p0") ? "5" : r.endsWith("p1") ? "3.0" : "1");
        }
        Ratings ratings = SheetImport.read(written.files(), key);
        assertThat(ratings.unusable()).isEmpty();
        assertThat(ratings.rows()).hasSize(12);
        Ratings.OfModel first = ratings.models().get("secret-0");
        assertThat(first.n()).isEqualTo(6);
        assertThat(first.prompts()).isEqualTo(3);
        Metric accuracy = first.means().get("accuracy");
        assertThat(accuracy.value()).isEqualTo(3);
        // residual sums by prompt 4, 0, -4; sqrt(3/2 * 32) / 6
        assertThat(accuracy.stderr()).isCloseTo(Math.sqrt(48) / 6, within(1e-12));
        assertThat(accuracy.ci95().get(1)).isCloseTo(3 + 1.959963984540054 * Math.sqrt(48) / 6, within(1e-12));
        assertThat(ratings.models().get("secret-1").means().get("accuracy").value())
                .isEqualTo(2);
        assertThat(first.means()).containsOnlyKeys("helpfulness", "accuracy", "harmlessness", "coherence");
        AtomicFiles.writeJson(folder.resolve("ratings.json"), ratings);
        assertThat(Json.MAPPER.readValue(folder.resolve("ratings.json").toFile(), Ratings.class))
                .isEqualTo(ratings);
    }

    @Test
    void read_rowsThatCannotBeUsed_areListedAndTheRestIsUsed() throws IOException {
        Path sheet = export(1, 1, 8, 1).files().get(0);
        List<String> ids = rows(sheet).stream().map(r -> r.get("id")).toList();
        Files.writeString(
                sheet,
                String.join(
                        "\n",
                        "id,response,coherence,helpfulness,accuracy,harmlessness,comment",
                        ids.get(0) + ",x,1,2,3,4,good",
                        ids.get(1) + ",x,1,2,6,4,",
                        ids.get(2) + ",x,1,2,,4,",
                        ids.get(3) + ",x,,,,,",
                        ids.get(0) + ",x,5,5,5,5,again",
                        "zzzz-1-001,x,1,2,3,4,",
                        ",x,1,2,3,4,",
                        ids.get(4) + ",x,1,2,three,4,",
                        ids.get(5) + ",\"a\nb\",5,4,3,2,",
                        ids.get(6) + ",x"));
        Ratings ratings = SheetImport.read(List.of(sheet), key);
        assertThat(ratings.rows()).extracting(Ratings.Row::id).containsExactly(ids.get(0), ids.get(5));
        assertThat(ratings.rows().get(0).ratings())
                .isEqualTo(Map.of("helpfulness", 2, "accuracy", 3, "harmlessness", 4, "coherence", 1));
        assertThat(ratings.rows().get(0).comment()).isEqualTo("good");
        assertThat(ratings.unusable())
                .containsExactly(
                        new Ratings.Unusable("rater-1.csv", 3, ids.get(1), "accuracy is '6', expected 1 to 5"),
                        new Ratings.Unusable("rater-1.csv", 4, ids.get(2), "accuracy not rated"),
                        new Ratings.Unusable("rater-1.csv", 5, ids.get(3), "it is not rated"),
                        new Ratings.Unusable("rater-1.csv", 6, ids.get(0), "it was rated already in rater-1.csv row 2"),
                        new Ratings.Unusable("rater-1.csv", 7, "zzzz-1-001", "the key has no id 'zzzz-1-001'"),
                        new Ratings.Unusable("rater-1.csv", 8, null, "it has no id"),
                        new Ratings.Unusable("rater-1.csv", 9, ids.get(4), "accuracy is 'three', expected 1 to 5"),
                        new Ratings.Unusable("rater-1.csv", 11, ids.get(6), "it is not rated"));
    }

    @Test
    void read_semicolonsFromAnotherLocale_areUnderstood() throws IOException {
        Path sheet = export(1, 1, 2, 1).files().get(0);
        List<String> ids = rows(sheet).stream().map(r -> r.get("id")).toList();
        Files.writeString(
                sheet, "\uFEFFid;helpfulness;accuracy;harmlessness;coherence\n" + ids.get(0) + ";1;2,0;3;4\n");
        assertThat(SheetImport.read(List.of(sheet), key).rows()).hasSize(1);
    }

    @Test
    void read_missingColumnOrBrokenCsv_isListedByFile() throws IOException {
        List<Path> files = export(3, 3, 2, 1).files();
        fill(files.get(0), r -> "5");
        Files.writeString(files.get(1), "id,helpfulness,harmlessness,coherence\nx,1,2,3\n");
        Files.writeString(files.get(2), "id,helpfulness,accuracy,harmlessness,coherence\n\"x,1,2,3,4\n");
        Ratings ratings = SheetImport.read(files, key);
        assertThat(ratings.rows()).hasSize(2);
        assertThat(ratings.unusable()).extracting(Ratings.Unusable::file).containsExactly("rater-2.csv", "rater-3.csv");
        assertThat(ratings.unusable().get(0).reason()).contains("no column accuracy");
        assertThat(ratings.unusable().get(1).reason()).contains("malformed CSV");
    }

    @Test
    void read_wrongKey_isRefused() throws IOException {
        Path sheet = export(1, 1, 2, 1).files().get(0);
        fill(sheet, r -> "5");
        List<RaterPrompt> others = prompts(3);
        Path otherKey = folder.resolve("other.json");
        new SheetExport(1, 1, 42).write(others, models(1, others), folder.resolve("other"), otherKey);
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), otherKey))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no usable rating in 1 sheets")
                .hasMessageContaining("the key has no id");
    }

    @Test
    void read_unreadableFiles_areRefused() throws IOException {
        Path sheet = export(1, 1, 1, 1).files().get(0);
        Files.write(sheet, "id,\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), key)).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), sheet)).hasMessageContaining("not a key");
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), folder.resolve("no.json")))
                .hasMessageContaining("no such file");
    }

    @Test
    void modelResponses_areTheModelsGreedyAnswers() {
        FakeLanguageModel model =
                new FakeLanguageModel("x").chatting().named("tuned").replying(p -> "yes, indeed");
        ModelResponses responses = ModelResponses.of(model, prompts(2), true, 3);
        assertThat(responses).isEqualTo(new ModelResponses("tuned", Map.of("p0", "yes", "p1", "yes")));
        assertThat(model.prompts()).contains("[user]Prompt 0<|end|>[assistant]");
    }

    @Test
    void prompts_badFile_isRefused() throws IOException {
        Path file = folder.resolve("prompts.jsonl");
        Files.writeString(file, "{\"id\": \"a\", \"prompt\": \"x\"}\n{\"id\": \"a\", \"prompt\": \"y\"}\n");
        assertThatThrownBy(() -> RaterPrompt.read(file)).hasMessageContaining("duplicate id 'a'");
        Files.writeString(file, "{\"id\": \"a\", \"prompt\": \"x\"}\n{\"id\": \"b\"}\n");
        assertThatThrownBy(() -> RaterPrompt.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("prompts.jsonl line 2");
        assertThatThrownBy(() -> RaterPrompt.read(folder.resolve("none.jsonl"))).hasMessageContaining("no such file");
        Files.writeString(file, "");
        assertThatThrownBy(() -> RaterPrompt.read(file)).hasMessageContaining("no prompt in the file");
    }
}
