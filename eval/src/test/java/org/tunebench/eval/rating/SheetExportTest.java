package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.FakeLanguageModel;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SheetExportTest {
    private static final SheetFormat[] ALL = SheetFormat.values();
    private static final long SEED = 20240607;

    @TempDir
    Path folder;

    @Test
    void write_everyFormat_isBlindAndTheKeyIsApart() throws IOException {
        SheetExport.Sheets written = SheetFixture.export(folder, SheetFixture.design(2, 0.3, 2, ALL), 4, 3);
        assertThat(written.files())
                .extracting(f -> folder.relativize(f).toString().replace('\\', '/'))
                .containsExactly(
                        "sheets/rater-1/rater-1.csv",
                        "sheets/rater-1/rater-1-pairs.csv",
                        "sheets/rater-1/rater-1.xlsx",
                        "sheets/rater-1/rater-1.html",
                        "sheets/label-studio/rater-1.json",
                        "sheets/label-studio/rater-1-pairs.json",
                        "sheets/argilla/rater-1.json",
                        "sheets/argilla/rater-1-pairs.json",
                        "sheets/rater-2/rater-2.csv",
                        "sheets/rater-2/rater-2-pairs.csv",
                        "sheets/rater-2/rater-2.xlsx",
                        "sheets/rater-2/rater-2.html",
                        "sheets/label-studio/rater-2.json",
                        "sheets/label-studio/rater-2-pairs.json",
                        "sheets/argilla/rater-2.json",
                        "sheets/argilla/rater-2-pairs.json");
        assertThat(written.key())
                .isEqualTo(folder.resolve("key.json"))
                .content()
                .contains("secret-0");
        try (Stream<Path> files = Files.walk(folder.resolve("sheets"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(contents(file)).as(file.toString()).isNotEmpty().doesNotContain("secret");
            }
        }
    }

    /** A file's text; of a workbook that of all its parts. */
    private static String contents(Path file) throws IOException {
        if (!file.toString().endsWith(".xlsx")) {
            return Files.readString(file);
        }
        StringBuilder text = new StringBuilder();
        parts(file).forEach((name, part) -> text.append(part));
        return text.toString();
    }

    private static Map<String, String> parts(Path workbook) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(workbook.toFile())) {
            for (var entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    parts.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return parts;
    }

    private static List<CSVRecord> rows(Path sheet) throws IOException {
        String text = Files.readString(sheet);
        assertThat(text).startsWith("\uFEFF");
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text.substring(1)))
                .getRecords();
    }

    @Test
    void csv_hasOneColumnEachToFillIn() throws IOException {
        List<Path> files = SheetFixture.export(folder, SheetFixture.design(1, 0, 1, SheetFormat.CSV), 3, 2)
                .files();
        assertThat(rows(files.get(0)))
                .hasSize(6)
                .allMatch(r -> r.get("helpfulness (1 to 5)").isEmpty()
                        && r.get("prompt").startsWith("Prompt "));
        assertThat(rows(files.get(0)).get(0).getParser().getHeaderNames())
                .containsExactly(
                        "id",
                        "prompt",
                        "response",
                        "helpfulness (1 to 5)",
                        "accuracy (1 to 5)",
                        "harmlessness (1 to 5)",
                        "coherence (1 to 5)",
                        "comment");
        assertThat(rows(files.get(1)).get(0).getParser().getHeaderNames())
                .containsExactly(
                        "id", "prompt", "response A", "response B", "preference (A, B, tie or both bad)", "comment");
        assertThat(rows(files.get(1))).hasSize(3);
    }

    @Test
    void xlsx_hasListsFrozenHeaderWrappedTextAndProtectedPrompts() throws Exception {
        Path file = SheetFixture.export(folder, SheetFixture.design(1, 0, 1, SheetFormat.XLSX), 3, 2)
                .files()
                .get(0);
        Map<String, String> parts = parts(file);
        Document ratings = xml(parts.get("xl/worksheets/sheet1.xml"));
        Element pane = only(ratings, "pane");
        assertThat(pane.getAttribute("state")).isEqualTo("frozen");
        assertThat(pane.getAttribute("ySplit")).isEqualTo("1");
        Element protection = only(ratings, "sheetProtection");
        assertThat(protection.getAttribute("sheet")).isIn("1", "true");
        assertThat(protection.getAttribute("password")).matches("[0-9A-Fa-f]{4}");
        assertThat(protection.getAttribute("formatColumns")).isEqualTo("false");
        assertThat(protection.getAttribute("insertRows")).isNotEqualTo("false");
        List<Element> validations = all(ratings, "dataValidation");
        assertThat(validations)
                .extracting(v -> v.getAttribute("sqref"))
                .containsExactlyInAnyOrder("D2:D7", "E2:E7", "F2:F7", "G2:G7");
        assertThat(validations).allSatisfy(v -> {
            assertThat(v.getAttribute("type")).isEqualTo("list");
            assertThat(v.getElementsByTagName("formula1").item(0).getTextContent())
                    .isEqualTo("\"1,2,3,4,5\"");
        });
        Document pairs = xml(parts.get("xl/worksheets/sheet2.xml"));
        assertThat(only(pairs, "dataValidation").getTextContent()).contains("\"A,B,tie,both bad\"");
        List<Element> formats = all(only(xml(parts.get("xl/styles.xml")), "cellXfs"), "xf");
        for (Element cell : all(ratings, "c")) {
            String place = cell.getAttribute("r");
            Element format = formats.get(Integer.parseInt(cell.getAttribute("s")));
            if (!place.endsWith("1")) {
                assertThat(only(format, "alignment").getAttribute("wrapText"))
                        .as(place)
                        .isIn("1", "true");
                boolean open = all(format, "protection").stream()
                        .anyMatch(p -> List.of("0", "false").contains(p.getAttribute("locked")));
                assertThat(open).as(place).isEqualTo(place.charAt(0) >= 'D');
            }
        }
        assertThat(all(ratings, "col")).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void labelStudio_tasksAndConfigurationFitTogether() throws Exception {
        SheetFixture.export(folder, SheetFixture.design(1, 0, 1, SheetFormat.LABEL_STUDIO), 2, 2);
        Path own = folder.resolve("sheets/label-studio");
        for (String kind : List.of("rater-1.json ratings.xml", "rater-1-pairs.json pairs.xml")) {
            JsonNode tasks =
                    Json.MAPPER.readTree(own.resolve(kind.split(" ")[0]).toFile());
            Document view = xml(Files.readString(own.resolve(kind.split(" ")[1])));
            for (Element text : all(view, "Text")) {
                String value = text.getAttribute("value").substring(1);
                assertThat(tasks).allMatch(task -> task.path("data").path(value).isTextual());
            }
            assertThat(tasks).allMatch(task -> task.at("/data/row_id").asText().matches("[a-z]{6}-1-00[0-9]"));
        }
        assertThat(all(xml(Files.readString(own.resolve("ratings.xml"))), "Rating"))
                .extracting(r -> r.getAttribute("name"))
                .containsExactlyElementsOf(Dimension.ids());
        assertThat(all(xml(Files.readString(own.resolve("pairs.xml"))), "Choice"))
                .extracting(c -> c.getAttribute("value"))
                .containsExactly("A", "B", "tie", "both bad");
    }

    @Test
    void argilla_recordsAndSettingsFitTogether() throws IOException {
        SheetFixture.export(folder, SheetFixture.design(1, 0, 1, SheetFormat.ARGILLA), 2, 2);
        Path own = folder.resolve("sheets/argilla");
        for (String kind : List.of("rater-1.json ratings-settings.json", "rater-1-pairs.json pairs-settings.json")) {
            JsonNode entries =
                    Json.MAPPER.readTree(own.resolve(kind.split(" ")[0]).toFile());
            JsonNode settings =
                    Json.MAPPER.readTree(own.resolve(kind.split(" ")[1]).toFile());
            for (JsonNode field : settings.path("fields")) {
                assertThat(field.at("/settings/use_markdown").asBoolean(true)).isFalse();
                assertThat(entries)
                        .allMatch(e -> e.path("fields")
                                .path(field.path("name").asText())
                                .isTextual());
            }
        }
        JsonNode questions = Json.MAPPER
                .readTree(own.resolve("ratings-settings.json").toFile())
                .path("questions");
        assertThat(questions).hasSize(5);
        assertThat(questions.get(0).at("/settings/options")).hasSize(5);
    }

    @Test
    void hostileResponses_areInertInEveryFormatAndExactInTheKey() throws Exception {
        System.out.println("hostile responses, seed " + SEED);
        Map<String, String> responses = HostileResponses.of(SEED);
        SheetFixture.exportOf(folder, responses, ALL);
        Path sheets = folder.resolve("sheets");
        for (SheetKey.Item item : SheetKey.read(folder.resolve("key.json")).items()) {
            assertThat(item.response().equals(responses.get(item.promptId())))
                    .as(item.promptId())
                    .isTrue();
        }

        List<CSVRecord> csv = rows(sheets.resolve("rater-1/rater-1.csv"));
        assertThat(csv).hasSize(HostileResponses.COUNT);
        csv.forEach(row -> requireCell(row.get("response")));

        Map<String, String> parts = parts(sheets.resolve("rater-1/rater-1.xlsx"));
        for (String part : parts.values()) {
            xml(part);
        }
        Document workbook = xml(parts.get("xl/worksheets/sheet1.xml"));
        assertThat(all(workbook, "f")).isEmpty();
        List<String> cells = all(workbook, "c").stream()
                .filter(c -> c.getAttribute("r").matches("C[0-9]+")
                        && !c.getAttribute("r").equals("C1"))
                .map(Element::getTextContent)
                .toList();
        assertThat(cells).hasSize(HostileResponses.COUNT);
        cells.forEach(cell -> {
            requireCell(cell.replace("_x005F_", "_"));
            assertThat(cell).doesNotContainPattern("_x(?!005F_)[0-9A-F]{4}_(?<!_x005F_x[0-9A-F]{4}_)");
        });

        String page = Files.readString(sheets.resolve("rater-1/rater-1.html"));
        assertThat(page.split("<script", -1)).hasSize(3);
        assertThat(page.split("</script", -1)).hasSize(3);
        String island = page.replaceFirst("(?s).*<script type=\"application/json\" id=\"sheet\">", "")
                .replaceFirst("(?s)</script>.*", "");
        assertThat(island).doesNotContain("<", ">", "&");
        Json.MAPPER
                .readTree(island)
                .path("ratings")
                .forEach(row -> requireVisible(row.path("response").asText()));

        for (JsonNode task :
                Json.MAPPER.readTree(sheets.resolve("label-studio/rater-1.json").toFile())) {
            requireVisible(task.at("/data/response").asText());
        }
        for (JsonNode entry :
                Json.MAPPER.readTree(sheets.resolve("argilla/rater-1.json").toFile())) {
            requireVisible(entry.at("/fields/response").asText());
        }
    }

    private static void requireCell(String cell) {
        requireVisible(cell);
        assertThat(cell.length()).isLessThan(32_767);
        assertThat(cell.strip().matches("(?s)[=+@\uFF1D-].*")).as(cell).isFalse();
    }

    private static void requireVisible(String text) {
        assertThat(text).isNotBlank();
        assertThat(text.codePoints()
                        .filter(c -> (c < 32 && c != '\n' && c != '\t')
                                || c == 0x202E
                                || c == 0x2066
                                || c == 0x200B
                                || c == 0xFEFF
                                || (c & 0xFFFE) == 0xFFFE
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                        .boxed()
                        .toList())
                .isEmpty();
    }

    @Test
    void write_sameSeed_givesTheSameFiles() throws IOException {
        List<String> texts = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Path out = folder.resolve("s" + texts.size());
            List<RaterPrompt> asked = SheetFixture.prompts(8);
            SheetDesign design = new SheetDesign(2, 1, 2, 0.1, 0, Set.of(SheetFormat.CSV), seed);
            new SheetExport(design, List.of())
                    .write(asked, SheetFixture.models(2, asked), out.resolve("sheets"), out.resolve("key.json"));
            texts.add(Files.readString(out.resolve("sheets/rater-1/rater-1.csv")));
        }
        assertThat(texts.get(1)).isEqualTo(texts.get(0));
        assertThat(texts.get(2)).isNotEqualTo(texts.get(0));
    }

    @Test
    void write_badRequests_areRefusedAndNothingIsWritten() {
        List<RaterPrompt> asked = SheetFixture.prompts(2);
        Path sheets = folder.resolve("sheets");
        Path key = folder.resolve("key.json");
        SheetExport export = new SheetExport(SheetDesign.of(1, 0), List.of());
        List<ModelResponses> one = SheetFixture.models(1, asked);
        assertThatThrownBy(() -> export.write(asked, SheetFixture.models(1, SheetFixture.prompts(1)), sheets, key))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no response of model secret-0 to prompt p1");
        assertThatThrownBy(() -> export.write(asked, one, sheets, sheets.resolve("key.json")))
                .hasMessageContaining("where raters see it");
        assertThatThrownBy(() -> export.write(asked, List.of(one.get(0), one.get(0)), sheets, key))
                .hasMessageContaining("two models named");
        assertThatThrownBy(() -> new SheetExport(SheetFixture.design(1, 0, 1, SheetFormat.CSV), List.of())
                        .write(asked, one, sheets, key))
                .hasMessageContaining("pairs of one model");
        assertThatThrownBy(() -> new SheetDesign(2, 1, 3, 0, 0, Set.of(SheetFormat.CSV), 0))
                .hasMessageContaining("raters-each is 3");
        assertThatThrownBy(() -> new SheetDesign(2, 1.5, 1, 0, 0, Set.of(SheetFormat.CSV), 0))
                .hasMessageContaining("doubled is 1.5");
        assertThatThrownBy(() -> SheetFormat.of("xlss", "--formats"))
                .hasMessageContaining("Did you mean 'xlsx'? Known: csv, xlsx, html, label_studio, argilla");
        assertThat(folder).isEmptyDirectory();
        export.write(asked, one, sheets, key);
        assertThatThrownBy(() -> export.write(asked, one, sheets, key))
                .hasMessageContaining("there is something already");
    }

    @Test
    void gold_badItems_areRefused() throws IOException {
        Path file = folder.resolve("gold.jsonl");
        Files.writeString(file, "{\"id\": \"g\", \"prompt\": \"x\"}\n");
        assertThatThrownBy(() -> GoldItem.read(file))
                .hasMessageContaining("gold.jsonl line 1")
                .hasMessageContaining("neither a response with ratings nor a pair");
        Files.writeString(file, "{\"id\":\"g\",\"prompt\":\"x\",\"response\":\"y\",\"ratings\":{\"acuracy\":1}}\n");
        assertThatThrownBy(() -> GoldItem.read(file)).hasMessageContaining("Did you mean 'accuracy'?");
        Files.writeString(file, "{\"id\":\"g\",\"prompt\":\"x\",\"response\":\"y\",\"ratings\":{\"accuracy\":6}}\n");
        assertThatThrownBy(() -> GoldItem.read(file)).hasMessageContaining("accuracy is 6");
        Files.writeString(file, "");
        assertThatThrownBy(() -> GoldItem.read(file)).hasMessageContaining("no gold item");
        Files.writeString(file, "{\"id\":\"g\",\"prompt\":\"x\",\"chosen\":\"y\",\"rejected\":\"z\"}\n");
        List<GoldItem> pair = GoldItem.read(file);
        assertThatThrownBy(() -> new SheetExport(SheetDesign.of(1, 0), pair))
                .hasMessageContaining("gold pairs, but no pairs are compared");
    }

    @Test
    void modelResponses_areTheModelsGreedyAnswers() {
        FakeLanguageModel model =
                new FakeLanguageModel("x").chatting().named("tuned").replying(p -> "yes, indeed");
        ModelResponses responses = ModelResponses.of(model, SheetFixture.prompts(2), true, 3);
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

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setExpandEntityReferences(false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<Element> all(Document document, String name) {
        return elements(document.getElementsByTagName(name));
    }

    private static List<Element> all(Element element, String name) {
        return elements(element.getElementsByTagName(name));
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static Element only(Document document, String name) {
        assertThat(all(document, name)).as(name).hasSize(1);
        return all(document, name).get(0);
    }

    private static Element only(Element element, String name) {
        assertThat(all(element, name)).as(name).hasSize(1);
        return all(element, name).get(0);
    }
}
