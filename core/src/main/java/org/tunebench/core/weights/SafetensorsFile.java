package org.tunebench.core.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.tunebench.core.input.InputException;

/** A safetensors file: its header is checked whole when it is opened, tensors are read when they are asked for. */
public final class SafetensorsFile {
    private static final int CHUNK = 1 << 20;

    private final Path path;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, SafetensorsHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Opens a file.
     *
     * @throws InputException where the file cannot be read or breaks a rule of the format
     */
    public static SafetensorsFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new SafetensorsFile(path, SafetensorsHeader.read(channel, path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Every tensor by name, in the order of the header. */
    public Map<String, StoredTensor> tensors() {
        return header.tensors();
    }

    /** The free-form strings of {@code __metadata__}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The content of an F32, F16 or BF16 tensor as floats; every value of those types is a float exactly. */
    public float[] floats(String name) {
        StoredTensor tensor = tensors().get(name);
        if (tensor == null) {
            throw new InputException("no tensor " + name, path.toString(), "Use a file that holds it");
        }
        return floats(tensor);
    }

    /** As {@link #floats(String)}, for a tensor of any file. */
    public static float[] floats(StoredTensor tensor) {
        if (!tensor.type().weights() || tensor.elements() > Integer.MAX_VALUE - 8) {
            throw new InputException(
                    "tensor " + tensor.name() + " of " + tensor.elements() + " " + tensor.type() + " elements",
                    tensor.file().toString(),
                    "Only F32, F16 and BF16 tensors below 2^31 elements can be read");
        }
        float[] floats = new float[(int) tensor.elements()];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
            int filled = 0;
            while (filled < floats.length) {
                int elements =
                        Math.min(floats.length - filled, CHUNK / tensor.type().bytes());
                chunk.clear().limit(elements * tensor.type().bytes());
                readFully(
                        channel,
                        chunk,
                        tensor.offset() + (long) filled * tensor.type().bytes());
                decode(tensor.type(), chunk.flip(), floats, filled, elements);
                filled += elements;
            }
        } catch (IOException e) {
            throw unreadable(tensor.file(), e);
        }
        return floats;
    }

    private static void decode(StoredType type, ByteBuffer bytes, float[] floats, int from, int elements) {
        for (int i = 0; i < elements; i++) {
            floats[from + i] = switch (type) {
                case F32 -> bytes.getFloat();
                case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                default -> HalfFloat.toFloat(bytes.getShort());
            };
        }
    }

    static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw new EOFException("ends at byte " + at);
            }
            at += read;
        }
    }

    private static InputException unreadable(Path path, IOException e) {
        return new InputException(
                "cannot be read: " + e.getClass().getSimpleName(),
                path.toString(),
                "Check that the file is there, whole and readable",
                e);
    }
}
