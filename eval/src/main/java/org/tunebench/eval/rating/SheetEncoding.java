package org.tunebench.eval.rating;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The characters of a file that some program saved: UTF-8, UTF-16 or Windows-1252, with or without a byte order mark. */
final class SheetEncoding {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SheetEncoding() {}

    static String decode(byte[] bytes) {
        String text = characters(bytes);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** Windows-1252 holds any bytes at all, so it comes last. */
    private static String characters(byte[] bytes) {
        Charset wide = wide(bytes);
        if (wide != null) {
            return new String(bytes, wide);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, WINDOWS);
        }
    }

    /** UTF-16 by its byte order mark, or by the zero bytes of the Latin letters that every header has. */
    private static @Nullable Charset wide(byte[] bytes) {
        if (bytes.length < 4) {
            return null;
        }
        int mark = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        if (mark == 0xFEFF || (bytes[0] == 0 && bytes[2] == 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return mark == 0xFFFE || (bytes[1] == 0 && bytes[3] == 0) ? StandardCharsets.UTF_16LE : null;
    }
}
