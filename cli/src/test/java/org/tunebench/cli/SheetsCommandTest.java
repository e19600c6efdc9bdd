package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SampleRecord;

/** Sheets from recorded answers out, filled in, back, and what they say. */
class SheetsCommandTest {
    @TempDir
    Path folder;

    /** A run whose judge gives {@code rating} to every answer. */
    private void run(String model, double rating) {
        String hash = "b".repeat(64);
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null, new RunRecord.BaseModel(model, model, hash, hash, hash, 1), null, List.of(), Map.of());
        RunFolder run = RunFolder.create(
                folder.resolve(model),
                RunRecord.running(model, inputs, RunEnvironment.current("cpu"), Instant.parse("2026-01-02T03:04:05Z")));
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Judgment judgment = new Judgment("reference", "single", "words", rating + i % 2, null, null, null);
            samples.add(new SampleRecord(
                    "q" + i,
                    null,
                    "Question " + i,
                    null,
                    null,
                    null,
                    model + " says",
                    null,
                    null,
                    Map.of(),
                    null,
                    judgment));
        }
        AtomicFiles.write(run.samplesFile("mt_bench"), JsonLines.text(samples));
    }

    @Test
    void exportImportAgree_goodAgainstPoor_saysSo() throws IOException {
        run("good", 8);
        run("poor", 4);
        tunebench(
                "sheets",
                "export",
                "--run",
                "@/good,@/poor",
                "--suite",
                "mt_bench",
                "--raters",
                "2",
                "--pairwise",
                "1",
                "--formats",
                "csv",
                "--within",
                "0.2",
                "--out",
                "@/sheets");
        try (Stream<Path> files = Files.walk(folder.resolve("sheets"))) {
            for (Path sheet : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                Files.writeString(sheet, filled(Files.readString(sheet)));
            }
        }
        String imported = tunebench(
                "sheets",
                "import",
                "@/sheets",
                "--key",
                "@/sheets-key.json",
                "--out",
                "@/ratings.json",
                "--preferences",
                "@/preferences.jsonl");
        assertThat(imported)
                .contains("good", "helpfulness", "5.00")
                .contains("preferences.jsonl (6 pairs; 0 undecided)");
        assertThat(Files.readAllLines(folder.resolve("preferences.jsonl")))
                .hasSize(6)
                .allMatch(line -> line.contains("\"chosen\":\"good says\",\"rejected\":\"poor says\""));

        String agreed =
                tunebench("sheets", "agree", "@/ratings.json", "--run", "@/good,@/poor", "--json", "@/agreement.json");
        assertThat(agreed)
                .contains("alpha (ordinal) 1.00", "reliable", "Ranking from compared pairs: 12 comparisons")
                .contains("the same a second time 100 %", "Judge reference on mt_bench against raters: 12 responses");
        JsonNode numbers = Json.MAPPER.readTree(folder.resolve("agreement.json").toFile());
        assertThat(numbers.at("/rankings/models/0/model").asText()).isEqualTo("good");
        assertThat(numbers.at("/judge/pairs/agreement").asDouble()).isEqualTo(1);
        Ratings kept = RunFolder.open(folder.resolve("poor")).readRatings().orElseThrow();
        assertThat(kept.judge()).isNotNull();
        assertThat(kept.agreement().raters()).hasSize(2);
    }

    /** As a rater who prefers the good model: 5 for it and 2 for the other. */
    private static String filled(String sheet) {
        StringBuilder text = new StringBuilder();
        for (String line : sheet.split("\r\n")) {
            if (line.contains("preference")) {
                text.append(line);
            } else if (line.matches(".* says\",\".* says\".*")) {
                text.append(line.replaceFirst(
                        ",\"\",\"\"$", line.contains("\"good says\",\"poor") ? ",\"A\",\"\"" : ",\"B\",\"\""));
            } else {
                String rating = line.contains("good says") ? "5" : "2";
                text.append(line.replaceFirst("(,\"\"){5}$", (",\"" + rating + "\"").repeat(4) + ",\"\""));
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    private String tunebench(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            String[] resolved = Stream.of(arguments)
                    .map(a -> a.replace("@", folder.toString()))
                    .toArray(String[]::new);
            assertThat(Main.run(resolved)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
