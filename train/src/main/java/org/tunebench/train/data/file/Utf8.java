package org.tunebench.train.data.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict UTF-8: no byte is guessed or replaced. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] bytes, int from, int length) {
        return isAscii(bytes, from, length) || decoded(bytes, from, length) != null;
    }

    /** The text, or null where the bytes are not UTF-8. */
    static @Nullable String text(byte[] bytes, int from, int length) {
        return isAscii(bytes, from, length)
                ? new String(bytes, from, length, StandardCharsets.ISO_8859_1)
                : decoded(bytes, from, length);
    }

    private static @Nullable String decoded(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isAscii(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
