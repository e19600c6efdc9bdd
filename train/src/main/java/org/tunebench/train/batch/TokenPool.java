package org.tunebench.train.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A growing sequence of ints. The first 64 MiB are on the heap, the rest in a temporary file without a name, gone when the
 * process ends, of which one block at a time is in memory: the file is not mapped, so that the process stays as small as it is
 * however much there is. Several threads may read at once.
 */
final class TokenPool {
    /** Ints of a chunk: 16 MiB. */
    static final int CHUNK = 1 << 22;

    private static final int ON_HEAP = 4;
    private static final int BLOCK = 1 << 12;

    private final int chunk;
    private final List<int[]> onHeap = new ArrayList<>();
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(BLOCK * Integer.BYTES).order(ByteOrder.nativeOrder());
    private final int[] block = new int[BLOCK];
    private long blockNumber = -1;
    private int[] open = new int[1 << 12];
    private int used;
    private long full;
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
            close();
        }
        if (used + count > open.length) {
            open = Arrays.copyOf(open, Math.min(chunk, Math.max(2 * open.length, used + count)));
        }
        System.arraycopy(ints, 0, open, used, count);
        long at = full * chunk + used;
        used += count;
        return at;
    }

    /** Copies the ints at a place. */
    void read(long at, int[] into) {
        long number = at / chunk;
        int offset = (int) (at % chunk);
        if (number == full) {
            System.arraycopy(open, offset, into, 0, into.length);
        } else if (number < onHeap.size()) {
            System.arraycopy(onHeap.get((int) number), offset, into, 0, into.length);
        } else {
            readFile(at - (long) ON_HEAP * chunk, into);
        }
    }

    int read(long at) {
        int[] one = new int[1];
        read(at, one);
        return one[0];
    }

    private void close() {
        if (full < ON_HEAP) {
            onHeap.add(open.length == chunk ? open : Arrays.copyOf(open, chunk));
            open = new int[chunk];
        } else {
            writeFile();
        }
        full++;
        used = 0;
    }

    private synchronized void writeFile() {
        try {
            file = file == null ? temporary() : file;
            blockNumber = -1;
            for (int done = 0; done < chunk; done += BLOCK) {
                bytes.clear().limit(Math.min(BLOCK, chunk - done) * Integer.BYTES);
                bytes.asIntBuffer().put(open, done, Math.min(BLOCK, chunk - done));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep tokens in a temporary file", e);
        }
    }

    private synchronized void readFile(long at, int[] into) {
        for (int done = 0; done < into.length; ) {
            int offset = (int) ((at + done) % BLOCK);
            load((at + done) / BLOCK);
            int count = Math.min(into.length - done, BLOCK - offset);
            System.arraycopy(block, offset, into, done, count);
            done += count;
        }
    }

    private void load(long number) {
        if (number == blockNumber) {
            return;
        }
        try {
            FileChannel channel = Objects.requireNonNull(file);
            bytes.clear();
            long start = number * BLOCK * Integer.BYTES;
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {}
            bytes.flip();
            bytes.asIntBuffer().get(block, 0, bytes.limit() / Integer.BYTES);
            blockNumber = number;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read tokens from a temporary file", e);
        }
    }

    private static FileChannel temporary() throws IOException {
        Path path = Files.createTempFile("tunebench-tokens", ".tmp");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
