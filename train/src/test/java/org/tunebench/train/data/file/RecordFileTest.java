package org.tunebench.train.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;

class RecordFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"a":1}~{"a":2}                       | 1 {"a":1}, 2 {"a":2}
                    {"a":1}^~^~{"a":2}^~                   | 1 {"a":1}, 3 {"a":2}
                    §{"a":1}~                        | 1 {"a":1}
                    [{"a":1},~ {"a":2}]                   | 1 {"a":1}, 2 {"a":2}
                    § [~{"a":"]}"},~~{"a":[{}]}~]~   | 2 {"a":"]}"}, 4 {"a":[{}]}
                    {~"a":1~}~{~"a":2}                    | 1 {"a":1}, 4 {"a":2}
                    {"a":1,~"b":"{"}                      | 1 {"a":1,"b":"{"}
                    {"a":1}~{"a":~{"a":3}                 | 1 {"a":1}, 2 bad malformed JSON, 3 {"a":3}
                    {"a":~{"a":2}                         | 1 bad malformed JSON, 2 {"a":2}
                    {"a":1,"a":2}~{"a":3}                 | 1 bad malformed JSON, 2 {"a":3}
                    {"a":1} x~{"a":2}                     | 1 bad malformed JSON, 2 {"a":2}
                    [{"a":1,"a":2},~{"a":3}]              | 1 bad malformed JSON, 2 {"a":3}
                    [{"a" 1},~{"a":3},3,"x"]              | 1 bad malformed JSON, 2 {"a":3}, 2 bad a record is a number, 2 bad a record is a string
                    {"a":1}~[1]                           | 1 {"a":1}, 2 bad a record is a list
                    {"Definition":["D"],"Instances":null} | 1 {"Definition":["D"],"Instances":null}
                    {"Definition":["D"],"x":[{}],"Instances":[{"i":1},~{"i":2}],"y":null} | 1 {"Definition":["D"],"x":[{}],"y":null,"Instances":[{"i":1}]}, 2 {"Definition":["D"],"x":[{}],"y":null,"Instances":[{"i":2}]}
                    """)
    void forEach_json_givesRecordsAndBadOnesWithTheirLines(String content, String expected) {
        assertThat(String.join(
                        ", ",
                        read(write(
                                "f.json",
                                content.replace('~', '\n').replace('^', '\r').replace('§', '\uFEFF')))))
                .isEqualTo(expected);
    }

    @Test
    void forEach_text_givesParagraphs() {
        assertThat(read(write("t.txt", "\uFEFFOne\r\ntwo.\r\n\r\n \nThree.")))
                .containsExactly("1 {\"text\":\"One\\ntwo.\"}", "5 {\"text\":\"Three.\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    [{"a":1},~               | line 2 | the list does not end
                    [{"a":1}~{"a":2}]        | line 2 | no comma between two records
                    [{"a":1},~]              | line 2 | a comma before the end of the list
                    [{"a":1}]~{}             | line 2 | something follows the list
                    [{"a":1},~{"a":"x]       | line 2 | the record that begins here does not end
                    {~"a":1~}~{~"a":2        | line 4 | the record that begins here does not end
                    """)
    void forEach_listThatNobodyCanFollow_isRefusedWithTheLine(String content, String line, String what) {
        assertThatThrownBy(() -> read(write("f.json", content.replace('~', '\n'))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("f.json " + line)
                .hasMessageContaining(what);
    }

    @Test
    void forEach_invalidUtf8_isBadWhereItStands() {
        byte[] latin = "{\"a\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}', '\n'};

        assertThat(read(write("f.jsonl", concat(latin, surrogate, "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8)))))
                .containsExactly("1 bad not UTF-8 text", "2 bad not UTF-8 text", "3 {\"a\":\"é\"}");
        assertThat(read(write("f.txt", concat(latin, "\nB\n".getBytes(StandardCharsets.UTF_8)))))
                .containsExactly("1 bad not UTF-8 text", "3 {\"text\":\"B\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"%s\"}\n{\"a\":2}", "[{\"a\":\"%s\"},\n{\"a\":2}]"})
    void forEach_recordOfFiftyMegabytes_isBadAndTheNextOneRead(String layout) {
        String content = layout.formatted("x".repeat(50 << 20));

        assertThat(read(write("f.jsonl", content)))
                .containsExactly("1 bad a record of more than 32 MiB", "2 {\"a\":2}");
    }

    @Test
    void forEach_zeroBytesThatLookLikeAnotherEncoding_areBad() {
        byte[] utf32 = "{\0\0\0\"\0\0\0\u007f\u007f\u007f\u007f}\n".getBytes(StandardCharsets.UTF_8);

        assertThat(read(write("f.jsonl", concat(utf32, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))))
                .containsExactly("1 bad malformed JSON", "2 {\"a\":1}");
    }

    @Test
    void forEach_gzip_isUnpackedWhateverItsName() {
        assertThat(read(write("f.jsonl", gzip("{\"a\":1}\n{\"a\":2}\n"))))
                .containsExactly("1 {\"a\":1}", "2 {\"a\":2}");
        assertThat(read(write("t.txt.gz", gzip("A\n\nB\n"))))
                .containsExactly("1 {\"text\":\"A\"}", "3 {\"text\":\"B\"}");
    }

    @Test
    void forEach_halfAGzip_isRefusedWithTheLineReached() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append("{\"a\":").append(i * 7919 % 10007).append("}\n");
        }
        byte[] whole = gzip(lines.toString());
        Path half = write("f.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> read(half))
                .isInstanceOf(InputException.class)
                .hasMessageMatching("(?s).*f\\.jsonl\\.gz line \\d{4,}: the gzip data are cut off or damaged.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4", "none"})
    void forEach_parquet_givesRowsWithNestedValues(String codec) throws IOException {
        assertThat(read(parquet(codec)))
                .containsExactly(
                        "1 {\"messages\":[{\"role\":\"user\",\"content\":\"hé\"},{\"role\":\"assistant\",\"content\":\"A\"}],"
                                + "\"number\":1,\"real\":1.5,\"flag\":true,\"tags\":[\"a\",\"b\"],\"map\":{\"k\":1}}",
                        "2 {\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\"}],"
                                + "\"real\":2.5,\"flag\":false}");
    }

    @Test
    void forEach_gzipCutWithinItsHeader_isRefusedAsCutOff() throws IOException {
        Path file = Files.write(folder.resolve("h.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the gzip data are cut off or damaged")
                .hasMessageContaining("h.jsonl.gz line 1")
                .hasMessageNotContaining("null");
    }

    @Test
    void forEach_parquetPackedWithBrotli_isRefusedWithTheCodec() throws IOException {
        Path packed = parquet("brotli");

        assertThatThrownBy(() -> read(packed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("packed with BROTLI, which is not read");
    }

    @Test
    void forEach_damagedParquet_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(parquet("snappy"));
        assertThatThrownBy(() -> read(write("cut.parquet", Arrays.copyOf(whole, whole.length / 2))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cut.parquet row 1: not a whole Parquet file: it is not a Parquet file");
    }

    private Path parquet(String codec) throws IOException {
        String name = "messages." + codec + ".parquet";
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            return write(name, in.readAllBytes());
        }
    }

    private static List<String> read(Path file) {
        List<String> found = new ArrayList<>();
        new RecordFile(file).forEach(new RecordSink() {
            @Override
            public void record(ObjectNode values, int line) {
                found.add(line + " " + values);
            }

            @Override
            public void bad(BadRecord bad) {
                found.add(bad.line() + " bad " + bad.reason().replaceFirst(":.*", ""));
            }
        });
        return found;
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
