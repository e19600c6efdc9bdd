package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;

class SheetImportTest {
    private static final String HEADER = "id,prompt,response,helpfulness,accuracy,harmlessness,coherence,comment";

    @TempDir
    Path folder;

    /** One rater's sheets in the formats given. */
    private SheetKey export(int prompts, int models, int pairwise, SheetFormat... formats) {
        SheetFixture.export(folder, SheetFixture.design(1, 0, pairwise, formats), prompts, models);
        return key();
    }

    private SheetKey key() {
        return SheetKey.read(folder.resolve("key.json"));
    }

    private Ratings read(Path... files) {
        return SheetImport.read(List.of(files), folder.resolve("key.json"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> ids(SheetKey key, boolean pairs) {
        return key.rows().stream()
                .filter(r -> (r.other() != null) == pairs)
                .map(SheetKey.Row::id)
                .toList();
    }

    @Test
    void read_filledSheets_givesMeansByModelAndDimension() throws IOException {
        SheetFixture.export(folder, SheetFixture.design(2, 0, 0, SheetFormat.CSV), 3, 2);
        // secret-0: accuracy 5, 3, 1 by prompt from both raters; secret-1 always 2
        for (int rater = 1; rater <= 2; rater++) {
            StringBuilder text = new StringBuilder(HEADER + "\n");
            for (SheetKey.Row row : key().rows()) {
                SheetKey.Item item = key().items().get(row.item());
                if (row.rater().equals("rater-" + rater)) {
                    int accuracy = "secret-1".equals(item.model())
                            ? 2
                            : 5 - 2 * (item.promptId().charAt(1) - '0');
                    text.append(row.id()).append(",,,4,").append(accuracy).append(",4,4,\n");
                }
            }
            write("back-" + rater + ".csv", text.toString());
        }
        Ratings ratings = read(folder.resolve("back-1.csv"), folder.resolve("back-2.csv"));
        assertThat(ratings.unusable()).isEmpty();
        assertThat(ratings.rows()).hasSize(12);
        Ratings.OfModel first = ratings.models().get("secret-0");
        assertThat(first.n()).isEqualTo(6);
        assertThat(first.prompts()).isEqualTo(3);
        assertThat(first.counts()).containsEntry("accuracy", 6);
        Metric accuracy = first.means().get("accuracy");
        assertThat(accuracy.value()).isEqualTo(3);
        // residual sums by prompt 4, 0, -4; sqrt(3/2 * 32) / 6
        assertThat(accuracy.stderr()).isCloseTo(Math.sqrt(48) / 6, within(1e-12));
        assertThat(ratings.models().get("secret-1").means().get("accuracy").value())
                .isEqualTo(2);
        AtomicFiles.writeJson(folder.resolve("ratings.json"), ratings);
        assertThat(Json.MAPPER.readValue(folder.resolve("ratings.json").toFile(), Ratings.class))
                .isEqualTo(ratings);
    }

    @Test
    void read_rowsThatCannotBeUsed_areListedAndTheRestIsUsed() throws IOException {
        List<String> ids = ids(export(12, 1, 0, SheetFormat.CSV), false);
        Path sheet = write(
                "back.csv",
                String.join(
                        "\n",
                        "Rated by Ann,,,,,,",
                        "",
                        "id,response,coherence,helpfulness,accuracy,harmlessness,comment",
                        ids.get(0) + ",,1,2,3,4,good",
                        ids.get(1) + ",,1,2,6,4,",
                        ids.get(2) + ",,1,2,,4,",
                        ids.get(3) + ",,,,,,",
                        ids.get(0) + ",,5,5,5,5,again",
                        ids.get(0) + ",,1,2,3,4,good",
                        key().set() + "-9-001,,1,2,3,4,",
                        ",,1,2,3,4,",
                        ",,,,,,",
                        ids.get(4) + ",,1,2,three,4,",
                        ids.get(5) + ",\"m0\n" + promptOf(ids.get(5)) + "\",5,4,3,2,",
                        ids.get(6),
                        ids.get(7) + ",somebody wrote here,1,1,1,1,",
                        "a note below the table"));
        Ratings ratings = read(sheet);
        assertThat(ratings.rows()).extracting(Ratings.Row::id).containsExactly(ids.get(0), ids.get(2), ids.get(5));
        assertThat(ratings.rows().get(0).ratings())
                .isEqualTo(Map.of("helpfulness", 2, "accuracy", 3, "harmlessness", 4, "coherence", 1));
        assertThat(ratings.rows().get(0).comment()).isEqualTo("good");
        assertThat(ratings.rows().get(1).ratings()).doesNotContainKey("accuracy");
        assertThat(ratings.models().get("secret-0").counts())
                .containsEntry("accuracy", 2)
                .containsEntry("coherence", 3);
        assertThat(ratings.unusable())
                .containsExactly(
                        new Ratings.Unusable("back.csv", 5, ids.get(1), "accuracy is '6', expected 1 to 5"),
                        new Ratings.Unusable("back.csv", 7, ids.get(3), "it is not rated"),
                        new Ratings.Unusable(
                                "back.csv", 8, ids.get(0), "it was rated already in back.csv row 4, otherwise"),
                        new Ratings.Unusable(
                                "back.csv", 9, ids.get(0), "it was rated already in back.csv row 4, the same"),
                        new Ratings.Unusable(
                                "back.csv",
                                10,
                                key().set() + "-9-001",
                                "the key has no id '" + key().set() + "-9-001'"),
                        new Ratings.Unusable("back.csv", 11, null, "it has no id"),
                        new Ratings.Unusable("back.csv", 13, ids.get(4), "accuracy is 'three', expected 1 to 5"),
                        new Ratings.Unusable("back.csv", 15, ids.get(6), "it is not rated"),
                        new Ratings.Unusable(
                                "back.csv", 16, ids.get(7), "its response is not the one that its id stands for"),
                        new Ratings.Unusable(
                                "back.csv",
                                17,
                                "a note below the table",
                                "the key has no id 'a note below the table'"));
    }

    private String promptOf(String id) {
        return key().rows().stream()
                .filter(r -> r.id().equals(id))
                .map(r -> key().items().get(r.item()).promptId())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '/', textBlock = """
            UTF-8 / ,
            UTF-8 / ;
            UTF-8 / |
            UTF-16LE / TAB
            UTF-16BE / TAB
            UTF-16 / ;
            windows-1252 / ;
            """)
    void read_separatorsAndCharactersOfOtherLocales_areUnderstood(String charset, String named) throws IOException {
        String separator = named.equals("TAB") ? "\t" : named;
        SheetFixture.exportOf(folder, Map.of("p0", "na\u00efve caf\u00e9", "p1", "\u4f60\u597d"), SheetFormat.CSV);
        StringBuilder text = new StringBuilder("sep=" + separator + "\n");
        text.append(String.join(separator, HEADER.split(","))).append("\r\n");
        for (SheetKey.Row row : key().rows()) {
            String response = key().items().get(row.item()).response();
            text.append(String.join(
                            separator, row.id(), "", "\"" + response + "\"", "1", "\"2,0\"", "3.0", "4", "g\u00fct"))
                    .append("\r\n");
        }
        Path sheet = folder.resolve("back.txt");
        Files.write(sheet, text.toString().getBytes(Charset.forName(charset)));
        Ratings ratings = read(sheet);
        assertThat(ratings.unusable()).isEmpty();
        assertThat(ratings.rows()).hasSize(2).allSatisfy(row -> {
            assertThat(row.ratings())
                    .isEqualTo(Map.of("helpfulness", 1, "accuracy", 2, "harmlessness", 3, "coherence", 4));
            assertThat(row.comment()).isEqualTo("g\u00fct");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id,prompt,response,Helpfulness!,ACCURACY (1-5),harmlesness,Coherance,comments
            row,prompt,response,helpfulness,accuracy,harmlessness,coherence,comment
            id,prompt,response,hilfreich,accuracy,harmlessness,coherence,comment
            id,prompt,response,helpfulness,genau,harmlos,coherence,Kommentar
            """)
    void read_headingsEdited_areKnownByLikenessPlaceAndContent(String header) throws IOException {
        String id = ids(export(2, 1, 0, SheetFormat.CSV), false).get(0);
        Ratings ratings = read(write("back.csv", header + "\n" + id + ",,,1,2,3,4,fine\n"));
        assertThat(ratings.rows().get(0).ratings())
                .isEqualTo(Map.of("helpfulness", 1, "accuracy", 2, "harmlessness", 3, "coherence", 4));
        assertThat(ratings.rows().get(0).comment()).isEqualTo("fine");
    }

    @Test
    void read_columnsMovedAndAdded_areFoundByTheirHeadings() throws IOException {
        String id = ids(export(2, 1, 0, SheetFormat.CSV), false).get(1);
        Ratings ratings = read(write(
                "back.csv", "coherence,done?,accuracy,id,my notes,helpfulness,harmlessness\n4,x,2," + id + ",,1,3\n"));
        assertThat(ratings.rows().get(0).ratings())
                .isEqualTo(Map.of("helpfulness", 1, "accuracy", 2, "harmlessness", 3, "coherence", 4));
    }

    @Test
    void read_missingColumn_isListedAndTheOthersAreUsed() throws IOException {
        List<String> ids = ids(export(3, 1, 0, SheetFormat.CSV), false);
        Ratings ratings = read(
                write("a.csv", "id,helpfulness,harmlessness,coherence\n" + ids.get(0) + ",1,2,3\n"),
                write("b.csv", "helpfulness,harmlessness,coherence,accuracy\n1,2,3,4\n"),
                write("c.csv", "name,age\nAnn,7\n"),
                write("d.csv", "id,helpfulness,accuracy,harmlessness,coherence\n" + ids.get(1) + ",1,2,3,4\n\"x,1,2"),
                write("e.csv", ""));
        assertThat(ratings.rows()).hasSize(2);
        assertThat(ratings.unusable())
                .extracting(u -> u.file() + " " + u.row() + ": " + u.reason().replaceFirst("(malformed CSV).*", "$1"))
                .containsExactly(
                        "a.csv 1: the sheet has no column accuracy; the others are used",
                        "b.csv 1: the sheet has no column id; none of its rows is used",
                        "c.csv 1: " + ReturnedTable.NO_HEADER,
                        "d.csv 3: malformed CSV",
                        "e.csv 1: the file is empty");
    }

    @Test
    void read_partialReturnsInSeveralFormats_fillEachOther() throws IOException {
        SheetKey key = export(2, 2, 1, SheetFormat.CSV, SheetFormat.XLSX, SheetFormat.HTML);
        List<String> ids = ids(key, false);
        Path untouched = folder.resolve("sheets/rater-1/rater-1.xlsx");
        Path half = write("half.csv", HEADER + "\n" + ids.get(0) + ",,,1,1,1,1,\n" + ids.get(1) + ",,,,,,,\n");
        Path page = write(
                "rater-1.json",
                "{\"tunebench_sheet\": 1, \"set\": \"" + key.set()
                        + "\", \"rater\": \"rater-1\", \"rows\": [{\"id\": \""
                        + ids.get(1) + "\", \"helpfulness\": \"2\", \"accuracy\": \"2\", \"harmlessness\": \"2\","
                        + " \"coherence\": \"2\", \"comment\": \"x\"}, {\"id\": \""
                        + ids(key, true).get(0)
                        + "\", \"preference\": \"tie\"}]}");
        Ratings ratings = read(untouched, half, page);
        assertThat(ratings.rows()).extracting(Ratings.Row::id).containsExactly(ids.get(0), ids.get(1));
        assertThat(ratings.preferences()).extracting(Ratings.Preference::choice).containsExactly(Choice.TIE);
        assertThat(ratings.unusable())
                .extracting(Ratings.Unusable::file, Ratings.Unusable::id, Ratings.Unusable::reason)
                .containsExactly(
                        tuple("rater-1.xlsx, sheet Ratings", ids.get(2), "it is not rated"),
                        tuple("rater-1.xlsx, sheet Ratings", ids.get(3), "it is not rated"),
                        tuple("rater-1.xlsx, sheet Pairs", ids(key, true).get(1), "it is not rated"));
    }

    /** returned.xlsx is what openpyxl 3.1.5 saved: src/test/python/returned_workbook.py made it. */
    @Test
    void read_workbookSavedByAnotherProgram_isUnderstood() throws IOException {
        Path workbook = resource("returned.xlsx");
        Path key = resource("returned-key.json");
        Ratings ratings = SheetImport.read(List.of(workbook), key);
        assertThat(ratings.rows())
                .extracting(r ->
                        r.id().replaceFirst("^[a-z]+-", "") + " " + r.ratings().values())
                .containsExactly(
                        "1-001 [3, 3, 3, 3]",
                        "1-002 [4, 4, 4, 4]",
                        "1-003 [5, 5, 5]",
                        "1-004 [1, 1, 1]",
                        "1-006 [3, 3, 3, 3]");
        assertThat(ratings.rows().get(0).comment()).isEqualTo("so so");
        assertThat(ratings.preferences())
                .extracting(Ratings.Preference::choice)
                .containsExactly(Choice.FIRST, Choice.BOTH_BAD);
        assertThat(ratings.unusable())
                .extracting(u -> u.file() + " " + u.row() + ": " + u.reason())
                .containsExactly(
                        "returned.xlsx, sheet Ratings 7: coherence is '9', expected 1 to 5",
                        "returned.xlsx, sheet Pairs 4: it is not rated");
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(SheetImportTest.class.getResourceAsStream(name))) {
            Files.copy(in, file);
        }
        return file;
    }

    @Test
    void read_labelStudiosExports_areUnderstood() throws IOException {
        SheetKey key = export(3, 1, 0, SheetFormat.LABEL_STUDIO);
        ArrayNode tasks = (ArrayNode) Json.MAPPER.readTree(
                folder.resolve("sheets/label-studio/rater-1.json").toFile());
        for (int i = 0; i < 2; i++) {
            ObjectNode task = (ObjectNode) tasks.get(i);
            task.put("id", 17 + i);
            ArrayNode annotations = task.putArray("annotations");
            annotations
                    .addObject()
                    .put("was_cancelled", true)
                    .put("completed_by", 3)
                    .putArray("result");
            ArrayNode result = annotations
                    .addObject()
                    .put("was_cancelled", false)
                    .put("completed_by", 5)
                    .putArray("result");
            for (String dimension : Dimension.ids()) {
                ObjectNode region = result.addObject();
                region.put("from_name", dimension).put("to_name", "response").put("type", "rating");
                region.putObject("value").put("rating", i + 2);
            }
            ObjectNode comment = result.addObject().put("from_name", "comment").put("type", "textarea");
            comment.putObject("value").putArray("text").add("one").add("two");
        }
        ((ObjectNode) tasks.get(2)).putArray("annotations");
        Path full = write("export.json", tasks.toString());
        Ratings ratings = read(full);
        assertThat(ratings.rows()).extracting(r -> r.ratings().get("accuracy")).containsExactly(2, 3);
        assertThat(ratings.rows()).allMatch(r -> r.rater().equals("rater-1") && "one\ntwo".equals(r.comment()));
        assertThat(ratings.unusable())
                .containsExactly(
                        new Ratings.Unusable("export.json", 3, ids(key, false).get(2), "it is not rated"));

        Path small = write("min.json", """
                [{"id": 17, "row_id": "%s", "prompt": "Prompt", "helpfulness": 1, "accuracy": 2, "harmlessness": 3,
                  "coherence": 4, "annotator": 5, "annotation_id": 9, "created_at": "2026-11-23", "lead_time": 3.5}]
                """.formatted(ids(key, false).get(0)));
        assertThatThrownBy(() -> read(small)).hasMessageContaining("its prompt is not the one that its id stands for");
        assertThat(read(write("min.json", Files.readString(small).replace("\"prompt\": \"Prompt\", ", "")))
                        .rows())
                .extracting(Ratings.Row::ratings)
                .containsExactly(Map.of("helpfulness", 1, "accuracy", 2, "harmlessness", 3, "coherence", 4));
    }

    @Test
    void read_labelStudiosPairs_areUnderstood() throws IOException {
        SheetKey key = export(2, 2, 1, SheetFormat.LABEL_STUDIO);
        ArrayNode tasks = (ArrayNode) Json.MAPPER.readTree(
                folder.resolve("sheets/label-studio/rater-1-pairs.json").toFile());
        for (JsonNode task : tasks) {
            ArrayNode annotations = ((ObjectNode) task).putArray("annotations");
            for (String by : List.of("ann@x", "bob@x")) {
                ObjectNode annotation = annotations.addObject();
                annotation.putObject("completed_by").put("email", by);
                ObjectNode region = annotation.putArray("result").addObject();
                region.put("from_name", "preference").put("type", "choices");
                region.putObject("value").putArray("choices").add("both bad");
            }
        }
        Ratings ratings = read(write("export.json", tasks.toString()));
        assertThat(ratings.preferences())
                .extracting(p -> p.rater() + " " + p.choice())
                .containsExactlyInAnyOrder(
                        "rater-1 (ann@x) BOTH_BAD",
                        "rater-1 (ann@x) BOTH_BAD",
                        "rater-1 (bob@x) BOTH_BAD",
                        "rater-1 (bob@x) BOTH_BAD");
        assertThat(key.rows()).hasSize(6);
    }

    /** As argilla 2.8.0 writes them: {@code records.to_json()}, and {@code to_list(flatten=True)}; and as 1.x did. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"id": "@", "fields": {"prompt": "#"}, "metadata": {}, "responses": {"helpfulness": [{"value": 4, "user_id": "u"}], "accuracy": [{"value": 2, "user_id": "u"}]}, "status": "completed"}]
            [{"id": "@", "status": "completed", "_server_id": null, "prompt": "#", "helpfulness.responses": [4], "helpfulness.responses.users": ["u"], "helpfulness.responses.status": ["submitted"], "accuracy.responses": [2], "accuracy.responses.users": ["u"]}]
            [{"external_id": "@", "id": "7", "fields": {"prompt": "#"}, "responses": [{"user_id": "u", "status": "submitted", "values": {"helpfulness": {"value": 4}, "accuracy": {"value": 2}}}, {"user_id": "v", "status": "discarded", "values": {"accuracy": {"value": 1}}}]}]
            """)
    void read_argillasExports_areUnderstood(String export) throws IOException {
        String id = ids(export(2, 1, 0, SheetFormat.ARGILLA), false).get(0);
        String prompt = "Prompt " + promptOf(id).substring(1);
        Ratings ratings = read(write("records.json", export.replace("@", id).replace("#", prompt)));
        assertThat(ratings.rows()).hasSize(1);
        assertThat(ratings.rows().get(0).ratings()).isEqualTo(Map.of("helpfulness", 4, "accuracy", 2));
        assertThat(ratings.rows().get(0).rater()).isEqualTo("rater-1");
    }

    @Test
    void read_sheetsAsTheyWereWritten_areNotRatedInAnyFormat() throws IOException {
        export(2, 2, 1, SheetFormat.values());
        try (var files = Files.walk(folder.resolve("sheets"))) {
            List<Path> sheets = files.filter(f -> f.toString().matches(".*(\\.csv|\\.xlsx|/rater-1(-pairs)?\\.json)"))
                    .toList();
            assertThat(sheets).hasSize(7);
            for (Path sheet : sheets) {
                assertThatThrownBy(() -> read(sheet))
                        .as(sheet.toString())
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("no usable rating in 1 file")
                        .hasMessageContaining("it is not rated");
            }
        }
    }

    @Test
    void read_hostileResponsesAsWritten_areStillThoseOfTheirIds() throws IOException {
        SheetFixture.exportOf(folder, HostileResponses.of(7), SheetFormat.CSV);
        Path sheet = folder.resolve("sheets/rater-1/rater-1.csv");
        Path back = write(
                "back.csv", Files.readString(sheet).replaceAll("(,\"\"){5}\r\n", ",\"5\",\"4\",\"3\",\"2\",\"\"\r\n"));
        Ratings ratings = read(back);
        assertThat(ratings.unusable()).isEmpty();
        assertThat(ratings.rows()).hasSize(HostileResponses.COUNT);
    }

    @Test
    void read_hostileWorkbookAsWritten_holdsTheTextsOfItsIds() {
        SheetFixture.exportOf(folder, HostileResponses.of(8), SheetFormat.XLSX);
        SheetKey key = key();
        Map<String, SheetKey.Row> rows = key.rows().stream().collect(Collectors.toMap(SheetKey.Row::id, r -> r));
        ReturnedFile back = ReturnedFile.read(folder.resolve("sheets/rater-1/rater-1.xlsx"), rows.keySet());
        assertThat(back.unusable()).isEmpty();
        assertThat(back.rows())
                .hasSize(HostileResponses.COUNT)
                .allSatisfy(row -> assertThat(SheetTexts.changed(
                                key, Objects.requireNonNull(rows.get(row.cell(SheetColumns.ID))), row))
                        .isEmpty());
    }

    @Test
    void read_columnsSortedApart_areNotedRowByRow() throws IOException {
        SheetKey key = export(6, 1, 0, SheetFormat.CSV);
        List<SheetKey.Row> rows = key.rows();
        StringBuilder text = new StringBuilder(HEADER + "\n");
        for (int i = 0; i < rows.size(); i++) {
            SheetKey.Item next = key.items()
                    .get(rows.get((i + (i < 2 ? 0 : 1)) % rows.size()).item());
            text.append(rows.get(i).id() + "," + next.prompt() + "," + next.response() + ",1,2,3,4,\n");
        }
        Ratings ratings = read(write("back.csv", text.toString()));
        assertThat(ratings.rows()).hasSize(2);
        assertThat(ratings.unusable()).hasSize(4).allMatch(u -> u.reason().startsWith("its prompt is not the one"));
    }

    @Test
    void read_wrongKey_isRefused() throws IOException {
        SheetKey own = export(2, 1, 0, SheetFormat.CSV);
        Path sheet = write("back.csv", HEADER + "\n" + own.rows().get(0).id() + ",,,1,1,1,1,\n");
        Path other = folder.resolve("other");
        SheetFixture.export(other, SheetFixture.design(1, 0, 0, SheetFormat.CSV), 3, 1);
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), other.resolve("key.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the sheet belongs to another key: its ids begin with '" + own.set() + "'")
                .hasMessageContaining("back.csv, key ")
                .hasMessageContaining("Give the key that was written with this sheet");
        Path page =
                write("page.json", "{\"rows\": [{\"id\": \"" + own.rows().get(0).id() + "\", \"accuracy\": 1}]}");
        assertThatThrownBy(() -> SheetImport.read(List.of(page), other.resolve("key.json")))
                .hasMessageContaining("belongs to another key");
    }

    @Test
    void read_unreadableFiles_areRefused() throws IOException {
        export(1, 1, 0, SheetFormat.CSV);
        Path sheet = folder.resolve("sheets/rater-1/rater-1.csv");
        Path key = folder.resolve("key.json");
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), sheet)).hasMessageContaining("not a key");
        assertThatThrownBy(() -> SheetImport.read(List.of(sheet), folder.resolve("no.json")))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> read(folder.resolve("no.csv"))).hasMessageContaining("the sheet cannot be read");
        assertThatThrownBy(() -> read(write("broken.xlsx", "PK\u0003\u0004 not a zip")))
                .hasMessageContaining("not a whole .xlsx workbook");
        Files.write(folder.resolve("old.xls"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0});
        assertThatThrownBy(() -> read(folder.resolve("old.xls"))).hasMessageContaining("before 2007");
        assertThatThrownBy(() -> read(write("half.json", "{\"rows\": [{\"id\"")))
                .hasMessageContaining("not a whole JSON file")
                .hasMessageContaining("half.json line 1");
        assertThatThrownBy(() -> read(write("numbers.json", "[1, 2]"))).hasMessageContaining("it is no JSON object");
        Files.writeString(key, Files.readString(key).replaceFirst("\"item\" : 0", "\"item\" : 9"));
        assertThatThrownBy(() -> read(sheet)).hasMessageContaining("has no item");
        Files.writeString(key, "{\"schema\": 1}");
        assertThatThrownBy(() -> read(sheet)).hasMessageContaining("schema 1, expected 2");
    }

    @Test
    void read_damagedFiles_areRefusedInPlainWordsOrListed() throws IOException {
        export(3, 2, 1, SheetFormat.values());
        Random random = new Random(99);
        try (var files = Files.walk(folder.resolve("sheets"))) {
            for (Path sheet : files.filter(f -> f.toString().matches(".*(\\.csv|\\.xlsx|\\.json)"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(sheet);
                for (int damage = 0; damage < 40; damage++) {
                    byte[] damaged = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
                    for (int i = 0; i < 1 + random.nextInt(8); i++) {
                        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                    }
                    Path file = Files.write(folder.resolve("damaged"), damaged);
                    try {
                        read(file);
                    } catch (InputException expected) {
                        assertThat(expected.mend()).isNotBlank();
                    }
                }
            }
        }
    }
}
