package org.tunebench.train.ort;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A flatbuffer table read by field numbers, without generated code. */
final class FlatTable extends Table {
    private FlatTable(int position, ByteBuffer buffer) {
        __reset(position, buffer);
    }

    /** The root table of a buffer, which is little-endian. */
    static FlatTable root(ByteBuffer buffer) {
        return new FlatTable(buffer.getInt(buffer.position()) + buffer.position(), buffer);
    }

    /** Whether a field is there: others have their default. */
    boolean has(int field) {
        return at(field) != 0;
    }

    long longValue(int field) {
        return has(field) ? bb.getLong(bb_pos + at(field)) : 0;
    }

    boolean flag(int field) {
        return has(field) && bb.get(bb_pos + at(field)) != 0;
    }

    String text(int field) {
        return __string(bb_pos + required(field));
    }

    FlatTable table(int field) {
        return new FlatTable(__indirect(bb_pos + required(field)), bb);
    }

    /** A vector of tables; empty where the field is not there. */
    List<FlatTable> tables(int field) {
        List<FlatTable> tables = new ArrayList<>();
        if (has(field)) {
            int start = __vector(at(field));
            int n = __vector_len(at(field));
            for (int i = 0; i < n; i++) {
                tables.add(new FlatTable(__indirect(start + i * Integer.BYTES), bb));
            }
        }
        return tables;
    }

    /** A vector of bytes, as a view, little-endian. */
    ByteBuffer bytes(int field) {
        required(field);
        return __vector_as_bytebuffer(slot(field), 1);
    }

    private int required(int field) {
        if (!has(field)) {
            throw new IllegalArgumentException("field " + field + " is missing");
        }
        return at(field);
    }

    private int at(int field) {
        return __offset(slot(field));
    }

    private static int slot(int field) {
        return 4 + 2 * field;
    }
}
