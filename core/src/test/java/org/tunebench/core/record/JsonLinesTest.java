package org.tunebench.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;

class JsonLinesTest {
    @TempDir
    Path directory;

    @Test
    void append_afterATornLine_goesOnBehindTheLastWholeOne() throws Exception {
        Path file = directory.resolve("lines.jsonl");
        write(file, Map.of("n", 1), Map.of("n", 2));
        Files.writeString(file, "{\"n\":" + "3".repeat(100_000), StandardOpenOption.APPEND);
        write(file, Map.of("n", 4));
        assertThat(read(file)).containsExactly(Map.of("n", 1), Map.of("n", 2), Map.of("n", 4));
    }

    @Test
    void append_toATornFirstLine_startsTheFileAnew() throws Exception {
        Path file = directory.resolve("lines.jsonl");
        Files.writeString(file, "{\"n\":");
        write(file, Map.of("n", 4));
        assertThat(read(file)).containsExactly(Map.of("n", 4));
    }

    @Test
    void write_ofLineBreaksInsideAText_staysOneLine() throws Exception {
        Path file = directory.resolve("lines.jsonl");
        write(file, Map.of("text", "a\nb\r\u2028c"));
        assertThat(read(file)).containsExactly(Map.of("text", "a\nb\r\u2028c"));
    }

    @Test
    void write_ofHalfASurrogatePair_comesBackAsItWas() throws Exception {
        Path file = directory.resolve("lines.jsonl");
        write(file, Map.of("text", "\ud83d\ude00 \ud800 and \udc00"));
        assertThat(read(file)).containsExactly(Map.of("text", "\ud83d\ude00 \ud800 and \udc00"));
        AtomicFiles.writeJson(file, Map.of("text", "\ud800"));
        assertThat(Json.MAPPER.readTree(file.toFile()).get("text").asText()).isEqualTo("\ud800");
    }

    @Test
    void text_ofHalfASurrogatePair_comesBackAsItWas() throws Exception {
        Path file = directory.resolve("lines.jsonl");
        AtomicFiles.write(file, JsonLines.text(List.of(Map.of("text", "\ud800"), Map.of("text", "b"))));
        assertThat(read(file)).containsExactly(Map.of("text", "\ud800"), Map.of("text", "b"));
    }

    @Test
    void read_ofBytesThatAreNotUtf8_namesTheLine() throws Exception {
        Path file = directory.resolve("lines.jsonl");
        Files.write(file, "{\"n\":\"\u00e4\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lines.jsonl line 1: cannot be decoded as UTF-8");
    }

    private static void write(Path file, Map<?, ?>... values) {
        try (JsonLinesWriter writer = JsonLinesWriter.append(file)) {
            for (Map<?, ?> value : values) {
                writer.write(value);
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static List<Map> read(Path file) {
        try (Stream<Map> lines = JsonLines.read(file, Map.class)) {
            return lines.toList();
        }
    }
}
