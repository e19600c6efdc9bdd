package org.tunebench.benchmarks.tokens;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The printable stand-ins that byte-level encodings write for the 256 bytes: printable Latin-1 stands for itself, every
 * other byte for a character from U+0100 on, in order. From the GPT-2 encoder ({@code bytes_to_unicode}).
 */
final class ByteAlphabet {
    private static final char[] STAND_INS = standIns();

    private ByteAlphabet() {}

    /** The stand-ins in the order of GPT-2's vocabulary: the printable ones first. */
    static List<String> symbols() {
        List<String> printable = new ArrayList<>();
        List<String> shifted = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            (isPrintable(b) ? printable : shifted).add(String.valueOf(STAND_INS[b]));
        }
        printable.addAll(shifted);
        return printable;
    }

    /** A text's UTF-8 bytes, one character each. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(STAND_INS[b & 0xFF]);
        }
        return encoded.toString();
    }

    private static char[] standIns() {
        char[] standIns = new char[256];
        int shifted = 0;
        for (int b = 0; b < 256; b++) {
            standIns[b] = (char) (isPrintable(b) ? b : 256 + shifted++);
        }
        return standIns;
    }

    private static boolean isPrintable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
    }
}
