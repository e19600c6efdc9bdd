package org.tunebench.core.text.jinja;

/** Backslash escapes of string literals, as Python's {@code unicode-escape} codec reads them. */
final class StringEscapes {
    private static final String SINGLE = "abfnrtv\\'\"";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000B\\'\"";

    private StringEscapes() {}

    static String decode(String text, int line) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(i);
            int single = SINGLE.indexOf(escape);
            if (single >= 0) {
                out.append(MEANING.charAt(single));
                i++;
            } else if (escape == '\n') {
                i++;
            } else if (escape == 'x' || escape == 'u' || escape == 'U') {
                int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
                out.append(codePoint(text, i + 1, digits, line));
                i += 1 + digits;
            } else if (escape >= '0' && escape <= '7') {
                int end = i;
                while (end < text.length() && end < i + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                    end++;
                }
                out.appendCodePoint(Integer.parseInt(text.substring(i, end), 8));
                i = end;
            } else if (escape == 'N') {
                int end = text.indexOf('}', i);
                if (end < 0 || !text.startsWith("N{", i)) {
                    throw new TemplateError("malformed \\N character escape", line);
                }
                out.append(named(text.substring(i + 2, end), line));
                i = end + 1;
            } else {
                out.append('\\');
            }
        }
        return out.toString();
    }

    private static String codePoint(String text, int from, int digits, int line) {
        String hex = text.substring(from, Math.min(text.length(), from + digits));
        if (hex.length() < digits || !hex.chars().allMatch(h -> Character.digit(h, 16) >= 0)) {
            throw new TemplateError("truncated \\x, \\u or \\U escape", line);
        }
        long value = Long.parseLong(hex, 16);
        if (value > Character.MAX_CODE_POINT) {
            throw new TemplateError("illegal Unicode character", line);
        }
        return Character.toString((int) value);
    }

    private static String named(String name, int line) {
        try {
            return Character.toString(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw new TemplateError("unknown Unicode character name " + name, line);
        }
    }
}
