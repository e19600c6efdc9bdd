package org.tunebench.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;

/** Writes safetensors files in F32 or BF16: whole or not at all, the data aligned to 8 bytes, in the order given. */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 20;

    private SafetensorsWriter() {}

    /**
     * Writes a file in F32.
     *
     * @param metadata for {@code __metadata__}; transformers wants {@code format: pt}
     */
    public static void write(Path file, Map<String, String> metadata, List<? extends NamedTensor> tensors) {
        write(file, metadata, tensors, StoredType.F32);
    }

    /**
     * Writes a file, one tensor's content in memory at a time where they are not there already.
     *
     * @param type F32, or BF16, to which values are rounded, halves to even
     */
    public static void write(
            Path file, Map<String, String> metadata, List<? extends NamedTensor> tensors, StoredType type) {
        if (type != StoredType.F32 && type != StoredType.BF16) {
            throw new IllegalArgumentException(type + " cannot be written");
        }
        byte[] header = header(metadata, tensors, type);
        AtomicFiles.write(file, temporary -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
                writeFully(channel, start.putLong(header.length).put(header).flip());
                ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                for (NamedTensor tensor : tensors) {
                    write(channel, chunk, content(tensor), type);
                }
            }
        });
    }

    private static FloatBuffer content(NamedTensor tensor) {
        FloatBuffer content = tensor.content().duplicate();
        if (content.remaining() != tensor.elements()) {
            throw new IllegalArgumentException(
                    tensor.name() + ": " + content.remaining() + " floats for shape " + tensor.shape());
        }
        return content;
    }

    private static byte[] header(Map<String, String> metadata, List<? extends NamedTensor> tensors, StoredType type) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put("__metadata__", metadata);
        }
        long offset = 0;
        for (NamedTensor tensor : tensors) {
            long end = offset + type.bytes() * tensor.elements();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", type.name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(offset, end));
            if (header.put(tensor.name(), entry) != null) {
                throw new IllegalArgumentException("tensor " + tensor.name() + " is there twice");
            }
            offset = end;
        }
        String json = Json.text(header, false);
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - bytes % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, ByteBuffer chunk, FloatBuffer content, StoredType type)
            throws IOException {
        while (content.hasRemaining()) {
            int elements = Math.min(content.remaining(), CHUNK / 4);
            chunk.clear().limit(elements * type.bytes());
            if (type == StoredType.F32) {
                chunk.asFloatBuffer().put(content.duplicate().limit(content.position() + elements));
                content.position(content.position() + elements);
            } else {
                for (int i = 0; i < elements; i++) {
                    chunk.putShort(HalfFloat.toBfloat16(content.get()));
                }
                chunk.flip();
            }
            writeFully(channel, chunk);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
