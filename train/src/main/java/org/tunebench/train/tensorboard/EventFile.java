package org.tunebench.train.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
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
 *
 * <p>Messages are those of tensorflow/core/util/event.proto and framework/summary.proto: Event {wall_time = 1, step = 2,
 * file_version = 3, summary = 5, session_log = 7}, Summary {value = 1}, Value {tag = 1, simple_value = 2}, SessionLog
 * {status = 1, START being 1}.
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
            Path file = folder.resolve(name(second));
            while (Files.exists(file)) {
                file = folder.resolve(name(++second)); // TensorBoard reads the files in the order of their names
            }
            EventFile events = new EventFile(
                    file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            events.event(0, out -> out.writeString(3, "brain.Event:2"));
            events.event(firstStep, out -> out.writeByteArray(7, message(log -> log.writeEnum(1, 1))));
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
    }

    private static String name(long second) {
        return "events.out.tfevents." + second + ".tunebench";
    }

    /** Writes the values of one step. */
    public void scalars(int step, Map<String, Double> valuesByTag) {
        event(
                step,
                out -> out.writeByteArray(5, message(summary -> {
                    for (Map.Entry<String, Double> scalar : valuesByTag.entrySet()) {
                        summary.writeByteArray(1, message(value -> {
                            value.writeString(1, scalar.getKey());
                            value.writeFloat(2, scalar.getValue().floatValue());
                        }));
                    }
                })));
    }

    private void event(int step, Fields what) {
        try {
            ByteBuffer frame = RecordFrame.of(message(event -> {
                event.writeDouble(1, System.currentTimeMillis() / 1e3);
                event.writeInt64(2, step);
                what.writeTo(event);
            }));
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What fills a message. */
    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }
}
