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

/** Writes F32 safetensors files: whole or not at all, the data aligned to 8 bytes, in the order given. */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 20;

    private SafetensorsWriter() {}

    /**
     * Writes a file.
     *
     * @param metadata for {@code __metadata__}; transformers wants {@code format: pt}
     */
    public static void write(Path file, Map<String, String> metadata, List<FloatTensor> tensors) {
        byte[] header = header(metadata, tensors);
        AtomicFiles.write(file, temporary -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
                writeFully(channel, start.putLong(header.length).put(header).flip());
                ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                for (FloatTensor tensor : tensors) {
                    write(channel, chunk, tensor.content().duplicate());
                }
            }
        });
    }

    private static byte[] header(Map<String, String> metadata, List<FloatTensor> tensors) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put("__metadata__", metadata);
        }
        long offset = 0;
        for (FloatTensor tensor : tensors) {
            long end = offset + 4L * tensor.content().remaining();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", StoredType.F32.name());
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

    private static void write(FileChannel channel, ByteBuffer chunk, FloatBuffer content) throws IOException {
        while (content.hasRemaining()) {
            int elements = Math.min(content.remaining(), CHUNK / 4);
            FloatBuffer part = content.duplicate().limit(content.position() + elements);
            chunk.clear().limit(elements * 4);
            chunk.asFloatBuffer().put(part);
            writeFully(channel, chunk);
            content.position(content.position() + elements);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
