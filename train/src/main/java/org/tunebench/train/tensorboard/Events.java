package org.tunebench.train.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * TensorBoard's event messages as bytes, after tensorflow/core/util/event.proto and framework/summary.proto: Event
 * {wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7}, Summary {value = 1}, Value {tag = 1,
 * simple_value = 2}, SessionLog {status = 1, START being 1}. Wall times are seconds since 1970.
 */
final class Events {
    private Events() {}

    /** The first event of every file. */
    static byte[] fileVersion(double wallTime) {
        return event(wallTime, 0, out -> out.writeString(3, "brain.Event:2"));
    }

    /** Makes TensorBoard forget this step and all after it. */
    static byte[] start(double wallTime, int step) {
        return event(wallTime, step, out -> out.writeByteArray(7, message(log -> log.writeEnum(1, 1))));
    }

    static byte[] scalars(double wallTime, int step, Map<String, Double> valuesByTag) {
        return event(
                wallTime,
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

    private static byte[] event(double wallTime, int step, Fields what) {
        return message(event -> {
            event.writeDouble(1, wallTime);
            if (step != 0) {
                event.writeInt64(2, step);
            }
            what.writeTo(event);
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** What fills a message. */
    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }
}
