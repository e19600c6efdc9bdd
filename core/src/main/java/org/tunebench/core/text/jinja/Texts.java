package org.tunebench.core.text.jinja;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Python's {@code str()} and {@code repr()}, and strings by code point. */
final class Texts {
    private static final int MOST_DEPTH = 200;

    private Texts() {}

    static String str(Object value) {
        if (value instanceof String s) {
            return s;
        } else if (value instanceof Markup m) {
            return m.text();
        } else if (value instanceof Undefined) {
            return "";
        }
        return repr(value);
    }

    static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        repr(value, out, 0);
        return out.toString();
    }

    private static void repr(Object value, StringBuilder out, int depth) {
        if (depth > MOST_DEPTH || out.length() > Render.MOST_OUTPUT) {
            throw new TemplateError("the value is too large to print");
        }
        if (value instanceof String s) {
            quote(s, out);
        } else if (value instanceof Markup m) {
            out.append("Markup(");
            quote(m.text(), out);
            out.append(')');
        } else if (value instanceof Boolean b) {
            out.append(b ? "True" : "False");
        } else if (value instanceof Double d) {
            out.append(Numbers.repr(d));
        } else if (value == None.NONE) {
            out.append("None");
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else if (value instanceof Range r) {
            out.append(r.repr());
        } else if (value instanceof Tuple t) {
            items(t, "(", t.size() == 1 ? ",)" : ")", out, depth);
        } else if (value instanceof List<?> list) {
            items(list, "[", "]", out, depth);
        } else if (value instanceof DictView view) {
            items(view.items(), view.kind() + "([", "])", out, depth);
        } else if (value instanceof Map<?, ?> map) {
            dict(map, out, depth);
        } else if (value instanceof Namespace ns) {
            out.append("<Namespace ");
            dict(ns.attributes(), out, depth);
            out.append('>');
        } else if (value instanceof LoopContext loop) {
            out.append("<LoopContext ")
                    .append(loop.index())
                    .append('/')
                    .append(loop.length())
                    .append('>');
        } else if (value instanceof Macro macro) {
            out.append("<Macro '").append(macro.definition().name()).append("'>");
        } else if (value instanceof Long l) {
            out.append(l.longValue());
        } else {
            out.append('<').append(Types.name(value)).append(" object>");
        }
    }

    private static void items(Collection<?> items, String open, String close, StringBuilder out, int depth) {
        out.append(open);
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            repr(item, out, depth + 1);
            separator = ", ";
        }
        out.append(close);
    }

    private static void dict(Map<?, ?> map, StringBuilder out, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            repr(entry.getKey(), out, depth + 1);
            out.append(": ");
            repr(entry.getValue(), out, depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private static void quote(String text, StringBuilder out) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c == ' ' || isPrintable(c)) {
                out.appendCodePoint(c);
            } else if (c < 0x100) {
                out.append(String.format("\\x%02x", c));
            } else {
                out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        out.append(quote);
    }

    /** As {@code str.isprintable}: neither a separator other than the space nor of the "other" categories. */
    static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The UTF-16 index of a code point. */
    static int index(String text, int codePoint) {
        return text.offsetByCodePoints(0, codePoint);
    }

    static int compare(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
