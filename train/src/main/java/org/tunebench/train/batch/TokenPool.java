package org.tunebench.train.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A growing sequence of ints. The first 64 MiB are on the heap, the rest in a temporary file that is mapped into memory and
 * has no name any more: it is gone when the process ends.
 */
final class TokenPool {
    /** Ints of a chunk: 16 MiB. */
    static final int CHUNK = 1 << 22;

    private static final int ON_HEAP = 4;

    private final int chunk;
    private final List<IntBuffer> full = new ArrayList<>();
    private int[] open = new int[1 << 12];
    private int used;
    private @Nullable FileChannel file;

    TokenPool() {
        this(CHUNK);
    }

    /** With chunks of another size, a power of two. */
    TokenPool(int chunk) {
        this.chunk = chunk;
    }

    /** Adds some ints, which are one behind the other, and says where they are. */
    long append(int[] ints, int count) {
        if (count > chunk) {
            throw new IllegalArgumentException(count + " ints");
        }
        if (used + count > chunk) {
            close(open);
            open = new int[chunk];
            used = 0;
        }
        if (used + count > open.length) {
            open = Arrays.copyOf(open, Math.min(chunk, Math.max(2 * open.length, used + count)));
        }
        System.arraycopy(ints, 0, open, used, count);
        long at = (long) full.size() * chunk + used;
        used += count;
        return at;
    }

    /** Copies the ints at a place. */
    void read(long at, int[] into) {
        int number = (int) (at / chunk);
        int offset = (int) (at % chunk);
        if (number < full.size()) {
            full.get(number).get(offset, into);
        } else {
            System.arraycopy(open, offset, into, 0, into.length);
        }
    }

    int read(long at) {
        int number = (int) (at / chunk);
        int offset = (int) (at % chunk);
        return number < full.size() ? full.get(number).get(offset) : open[offset];
    }

    private void close(int[] ints) {
        if (full.size() < ON_HEAP) {
            full.add(IntBuffer.wrap(ints));
            return;
        }
        try {
            FileChannel channel = file == null ? temporary() : file;
            file = channel;
            ByteBuffer bytes = ByteBuffer.allocate(ints.length * Integer.BYTES).order(ByteOrder.nativeOrder());
            bytes.asIntBuffer().put(ints);
            long start = channel.size();
            while (bytes.hasRemaining()) {
                channel.write(bytes, start + bytes.position());
            }
            full.add(channel.map(FileChannel.MapMode.READ_ONLY, start, bytes.capacity())
                    .order(ByteOrder.nativeOrder())
                    .asIntBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep tokens in a temporary file", e);
        }
    }

    private static FileChannel temporary() throws IOException {
        Path path = Files.createTempFile("tunebench-tokens", ".tmp");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
