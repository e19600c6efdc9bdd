package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.record.Json;

/** What commands that prepare data are asked to write: refused before anything is read, and no input is touched. */
class DataOutputTest {
    private static final String DATA = """
            {"instruction": "Name a colour please", "output": "Red is a colour"}
            {"instruction": "Name a number please", "output": "Five is a number"}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data filter @/in --filters words --out @/in/a.jsonl                            | --out
            data filter @/link.jsonl --filters words --out @/in/a.jsonl                    | --out
            data filter @/in --filters words --out @/in/../in/a.jsonl                      | --out
            data filter @/in --filters @/f.yaml --out @/f.yaml                             | --out
            data filter @/in --filters words --out @/o.jsonl --report @/in/a.jsonl         | --report
            data filter @/in --filters words --out @/o.jsonl --report @/o.jsonl            | --report
            data expand @/in --templates @/t.yaml --out @/t.yaml                           | --out
            data expand @/in --templates @/t.yaml --out @/in/a.jsonl                       | --out
            data mix @/r.yaml --base embedded --out @/r.yaml                               | --out
            data mix @/r.yaml --base embedded --out @/in/a.jsonl                           | --out
            data quality corrupt @/in --out @/in/a.jsonl                                   | --out
            data quality train @/labelled.jsonl --out @/labelled.jsonl                     | --out
            """)
    void output_thatIsAnInput_isRefusedAndLeftAsItIs(String line, String option) throws IOException {
        assertRefused(line, option, "is also an input, or written for something else");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data filter @/in --filters words --out @/in/a.jsonl/x                          | --out
            data filter @/in --filters words --out @/o.jsonl --report @/in/a.jsonl/x       | --report
            data expand @/in --templates @/t.yaml --out @/in/a.jsonl/x/y                   | --out
            data mix @/r.yaml --base embedded --out @/in/a.jsonl/x                         | --out
            data check @/r.yaml --base embedded --out @/in/a.jsonl/x                       | --out
            data quality corrupt @/in --out @/in/a.jsonl/x                                 | --out
            data quality train @/labelled.jsonl --out @/in/a.jsonl/x                       | --out
            data self-instruct @/seeds.jsonl --model embedded --out @/in/a.jsonl/x         | --out
            """)
    void output_belowAFile_isRefused(String line, String option) throws IOException {
        assertRefused(line, option, "is a file, not a folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data filter @/in --filters words --out @/o.jsonl --report @/in                 | --report
            data expand @/in --templates @/t.yaml --out @/in                               | --out
            data mix @/r.yaml --base embedded --out @/in                                   | --out
            data quality corrupt @/in --out @/in                                           | --out
            data quality train @/labelled.jsonl --out @/in                                 | --out
            """)
    void output_thatIsAFolder_isRefused(String line, String option) throws IOException {
        assertRefused(line, option, "is a folder");
    }

    @Test
    void filterAndExpand_badRecords_areListedWithFileLineAndReason() throws IOException {
        writeInputs();
        Files.writeString(folder.resolve("in/a.jsonl"), DATA.repeat(100) + "{\"instruction\": \"x\"}\n");

        Ended filtered = run("data filter @/in --filters code_fences --out @/o.jsonl".split(" "));
        Ended expanded = run("data expand @/in --templates @/t.yaml --out @/e.jsonl".split(" "));

        assertThat(filtered.code()).as(filtered.err()).isZero();
        JsonNode bad = Json.MAPPER
                .readTree(folder.resolve("o.jsonl.filters.json").toFile())
                .at("/data/0/bad_records/0");
        assertThat(bad.path("line").asInt()).isEqualTo(201);
        assertThat(bad.path("reason").asText()).isEqualTo("no field 'output'");
        assertThat(bad.path("file").asText()).isEqualTo(at("in/a.jsonl"));
        assertThat(expanded.code()).as(expanded.err()).isZero();
        assertThat(expanded.err()).contains("a.jsonl line 201: no field 'output'");
    }

    private void assertRefused(String line, String option, String what) throws IOException {
        writeInputs();
        Map<String, String> before = contents();

        Ended ended = run(line.split(" "));

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(what, "where: " + option + " ", "to mend: Name another");
        assertThat(contents()).isEqualTo(before);
    }

    private void writeInputs() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.jsonl"), DATA);
        Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("in/a.jsonl"));
        Files.writeString(folder.resolve("f.yaml"), "filters: [words]\n");
        Files.writeString(folder.resolve("t.yaml"), "[\"Please: {instruction}\"]\n");
        Files.writeString(folder.resolve("r.yaml"), "data: [{path: in}]\nsteps: 1\n");
        Files.writeString(
                folder.resolve("labelled.jsonl"), "{\"instruction\": \"a\", \"response\": \"b\", \"good\": true}\n");
        Files.writeString(
                folder.resolve("seeds.jsonl"),
                "{\"id\": \"s\", \"instruction\": \"Say it\", \"is_classification\": false,"
                        + " \"instances\": [{\"input\": \"\", \"output\": \"it\"}]}\n");
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Ended run(String... arguments) {
        return Ended.of(Arrays.stream(arguments)
                .map(a -> a.startsWith("@/") ? folder.resolve(a.substring(2)).toString() : a)
                .toArray(String[]::new));
    }
}
