package org.tunebench.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void write_thenOpen_givesTheSameTensorsInOrder() {
        Path file = folder.resolve("w.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of("format", "pt"),
                List.of(
                        FloatTensor.of("b", new float[] {1, -2, 3, 4, 5, 6.5f}, 2, 3),
                        FloatTensor.of("a", new float[] {Float.MIN_VALUE}, 1),
                        FloatTensor.of("none", new float[0], 0, 4)));

        SafetensorsFile opened = SafetensorsFile.open(file);

        assertThat(opened.tensors().keySet()).containsExactly("b", "a", "none");
        assertThat(opened.tensors().get("b").shape()).containsExactly(2L, 3L);
        assertThat(opened.tensors().get("b").offset() % 8).isZero();
        assertThat(opened.floats("b")).containsExactly(1, -2, 3, 4, 5, 6.5f);
        assertThat(opened.floats("a")).containsExactly(Float.MIN_VALUE);
        assertThat(opened.floats("none")).isEmpty();
        assertThat(opened.metadata()).containsExactly(Map.entry("format", "pt"));
    }

    @Test
    void floats_halfPrecision_areExact() throws IOException {
        short[] halves = {0x3C00, (short) 0xC000, 0x7BFF, 0x0001, (short) 0x8000, 0x7C00, 0x03FF, 0x3555};
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (short half : halves) {
            data.putShort(half);
        }
        Path file = file("{\"h\":{\"dtype\":\"F16\",\"shape\":[8],\"data_offsets\":[0,16]}}", data.array());

        assertThat(SafetensorsFile.open(file).floats("h"))
                .containsExactly(
                        1f, -2f, 65504f, 0x1p-24f, -0f, Float.POSITIVE_INFINITY, 1023 * 0x1p-24f, 0.333251953125f);
    }

    @Test
    void floats_bfloat16_isTheUpperHalfOfAFloat() throws IOException {
        byte[] data = {(byte) 0x80, 0x3F, 0x49, (byte) 0xC0};
        Path file = file("{\"h\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", data);

        assertThat(SafetensorsFile.open(file).floats("h")).containsExactly(1f, -3.140625f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                        | does not start with {",
                "{\"a\":1}                                                                 | expected an object of dtype",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}  | expected an object of dtype",
                "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}          | unknown dtype \"F99\"",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}         | shape holds -1",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}        | shape holds 1.0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}          | do not hold F32[2]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}          | do not hold F32[1]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}          | begins at byte 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1152921504606846976,1152921504606846976],\"data_offsets\":[0,4]}} | do not hold",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}           | tensors end at byte",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}} | tensor b begins at byte 2",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}} | Duplicate",
                "{\"__metadata__\":{\"k\":1},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}} | key k is not a string",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} {}       | not valid JSON",
            })
    void open_headerThatBreaksARule_isRefusedWithTheRule(String header, String message) throws IOException {
        Path file = file(header, new byte[4]);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void open_headerSizeBeyondTheFile_isRefused() throws IOException {
        for (long size : new long[] {-1, 0, 1, 100, 100_000_001, Long.MAX_VALUE}) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(size);
            Path file = Files.write(folder.resolve("size" + size), bytes.array());
            assertThatThrownBy(() -> SafetensorsFile.open(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("header size " + Long.toUnsignedString(size));
        }
    }

    @Test
    void open_emptyFile_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty"));

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0 bytes, too short for a header");
    }

    private Path file(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }
}
