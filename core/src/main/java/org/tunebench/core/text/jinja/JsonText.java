package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code json.dumps}, which is transformers' {@code tojson}.
 *
 * @param indent null for one line
 */
record JsonText(boolean ascii, @Nullable String indent, String itemSeparator, String keySeparator, boolean sorted) {
    private static final int MOST_DEPTH = 200;

    /** The filter: {@code tojson(ensure_ascii=False, indent=None, separators=None, sort_keys=False)}. */
    static Object filter(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("tojson", "ensure_ascii?", "indent?", "separators?", "sort_keys?");
        String indent = null;
        if (bound[1] != null && bound[1] != None.NONE) {
            indent = Types.isString(bound[1])
                    ? Texts.str(bound[1])
                    : " ".repeat(Math.max(0, Math.min(1000, Numbers.clampedInteger(bound[1]))));
        }
        List<Object> separators = bound[2] == null || bound[2] == None.NONE
                ? List.of(indent == null ? ", " : ",", ": ")
                : Sequences.list(render, bound[2]);
        JsonText style = new JsonText(
                bound[0] != null && Types.truth(bound[0]),
                indent,
                Texts.str(separators.get(0)),
                Texts.str(separators.get(1)),
                bound[3] != null && Types.truth(bound[3]));
        StringBuilder out = new StringBuilder();
        style.write(render, value, out, 0);
        render.charge(out.length());
        return out.toString();
    }

    private void write(Render render, Object value, StringBuilder out, int depth) {
        render.step();
        if (depth > MOST_DEPTH || out.length() > Render.MOST_OUTPUT) {
            throw new TemplateError("the value is too large for JSON");
        }
        if (Types.isString(value)) {
            quote(Texts.str(value), out);
        } else if (value == None.NONE) {
            out.append("null");
        } else if (value instanceof Boolean || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double d) {
            out.append(number(d));
        } else if (value instanceof List<?> list && !(value instanceof Range)) {
            out.append('[');
            String separator = "";
            for (Object item : list) {
                out.append(separator);
                newLine(out, depth + 1);
                write(render, item, out, depth + 1);
                separator = itemSeparator;
            }
            end(out, depth, list.isEmpty(), ']');
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Iterator<? extends Map.Entry<?, ?>> it = entries(map); it.hasNext(); ) {
                Map.Entry<?, ?> entry = it.next();
                out.append(separator);
                newLine(out, depth + 1);
                quote(key(entry.getKey()), out);
                out.append(keySeparator);
                write(render, entry.getValue(), out, depth + 1);
                separator = itemSeparator;
            }
            end(out, depth, map.isEmpty(), '}');
        } else {
            throw new TemplateError("Object of type " + Types.name(value) + " is not JSON serializable");
        }
    }

    private Iterator<? extends Map.Entry<?, ?>> entries(Map<?, ?> map) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (sorted) {
            entries.sort((a, b) -> Comparisons.order(a.getKey(), b.getKey(), "<"));
        }
        return entries.iterator();
    }

    private void newLine(StringBuilder out, int depth) {
        if (indent != null) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void end(StringBuilder out, int depth, boolean empty, char close) {
        if (!empty) {
            newLine(out, depth);
        }
        out.append(close);
    }

    private static String key(Object key) {
        if (key instanceof Boolean b) {
            return b ? "true" : "false";
        } else if (key == None.NONE) {
            return "null";
        } else if (key instanceof Double d) {
            return number(d);
        } else if (key instanceof String || key instanceof Long) {
            return key.toString();
        }
        throw new TemplateError("keys must be str, int, float, bool or None, not " + Types.name(key));
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "NaN"
                : Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Numbers.repr(value);
    }

    private void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
