package org.tunebench.train.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record as TFRecord files hold it: its length (8 bytes), the masked CRC-32C of these, the bytes, their masked CRC-32C; all
 * little-endian. Source: tensorflow/core/lib/io/record_writer.h and lib/hash/crc32c.h.
 */
final class RecordFrame {
    private static final int MASK = 0xa282ead8;

    private RecordFrame() {}

    static ByteBuffer of(byte[] record) {
        ByteBuffer frame = ByteBuffer.allocate(8 + 4 + record.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(record.length);
        frame.putInt(maskedCrc(frame.array(), 8));
        frame.put(record);
        frame.putInt(maskedCrc(record, record.length));
        return frame.flip();
    }

    private static int maskedCrc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
