package org.tunebench.train.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * An event file that TensorBoard reads while it grows. Every event is handed to the operating system at once; one that a
 * kill tears off is passed over by TensorBoard. A resumed run begins a new file, whose start event makes TensorBoard forget
 * the steps that are taken again.
 */
public final class EventFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private EventFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Begins a new file in a folder, which is made where it is missing.
     *
     * @param firstStep steps from this one on, in older files of the folder, are taken again
     */
    public static EventFile create(Path folder, int firstStep) {
        try {
            Files.createDirectories(folder);
            long second = System.currentTimeMillis() / 1000;
            while (Files.exists(file(folder, second))) {
                second++; // TensorBoard reads the files in the order of their names
            }
            Path file = file(folder, second);
            EventFile events = new EventFile(
                    file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            events.write(Events.fileVersion(now()));
            events.write(Events.start(now(), firstStep));
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
    }

    private static Path file(Path folder, long second) {
        return folder.resolve("events.out.tfevents." + second + ".tunebench");
    }

    /** Writes the values of one step. */
    public void scalars(int step, Map<String, Double> valuesByTag) {
        write(Events.scalars(now(), step, valuesByTag));
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private void write(byte[] event) {
        try {
            ByteBuffer frame = RecordFrame.of(event);
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
