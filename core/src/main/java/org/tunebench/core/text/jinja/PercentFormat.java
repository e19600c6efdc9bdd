package org.tunebench.core.text.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code "…" % values} for the conversions s, r, d, i, f, x, X, c and %%. */
final class PercentFormat {
    private static final Pattern CONVERSION =
            Pattern.compile("%(?:\\(([^)]*)\\))?([-+ #0]*)(\\d{1,7})?(?:\\.(\\d{1,4}))?([a-zA-Z%])");

    private PercentFormat() {}

    static String format(Render render, String text, Object values) {
        List<?> arguments = values instanceof Tuple tuple ? tuple : List.of(values);
        Matcher matcher = CONVERSION.matcher(text);
        StringBuilder out = new StringBuilder();
        int end = 0;
        int next = 0;
        while (matcher.find()) {
            out.append(plain(text.substring(end, matcher.start())));
            end = matcher.end();
            char kind = matcher.group(5).charAt(0);
            if (kind == '%') {
                out.append('%');
                continue;
            }
            Object value;
            if (matcher.group(1) != null && values instanceof Map<?, ?> map && map.get(matcher.group(1)) != null) {
                value = map.get(matcher.group(1));
            } else if (matcher.group(1) == null && next < arguments.size()) {
                value = arguments.get(next++);
            } else {
                throw new TemplateError("not enough arguments for format string");
            }
            render.charge(matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
            out.append(one(kind, matcher, value));
        }
        out.append(plain(text.substring(end)));
        if (next < arguments.size() && !(values instanceof Map)) {
            throw new TemplateError("not all arguments converted during string formatting");
        }
        return out.toString();
    }

    private static String plain(String text) {
        if (text.indexOf('%') >= 0) {
            throw new TemplateError("unsupported format character in '" + text + "'");
        }
        return text;
    }

    private static String one(char kind, Matcher matcher, Object value) {
        String flags = matcher.group(2);
        int precision = matcher.group(4) == null ? -1 : Integer.parseInt(matcher.group(4));
        String body = switch (kind) {
            case 's' -> Texts.str(value);
            case 'r' -> Texts.repr(value);
            case 'd', 'i' -> Long.toString(value instanceof Double d ? (long) d.doubleValue() : Numbers.integer(value));
            case 'f', 'F' ->
                String.format(
                        Locale.ROOT,
                        "%." + (precision < 0 ? 6 : precision) + "f",
                        new java.math.BigDecimal(Numbers.real(value))
                                .setScale(precision < 0 ? 6 : precision, java.math.RoundingMode.HALF_EVEN));
            case 'x' -> Long.toHexString(Numbers.integer(value));
            case 'X' -> Long.toHexString(Numbers.integer(value)).toUpperCase(Locale.ROOT);
            case 'c' -> value instanceof Long l ? Character.toString(l.intValue()) : Texts.str(value);
            default -> throw new TemplateError("unsupported format character '" + kind + "'");
        };
        boolean text = kind == 's' || kind == 'r' || kind == 'c';
        if (text && precision >= 0 && precision < Texts.length(body)) {
            body = body.substring(0, Texts.index(body, precision));
        }
        if (!text && !body.startsWith("-") && flags.contains("+")) {
            body = "+" + body;
        }
        return pad(body, flags, matcher.group(3), text);
    }

    private static String pad(String body, String flags, String width, boolean text) {
        int missing = width == null ? 0 : Integer.parseInt(width) - Texts.length(body);
        if (missing <= 0) {
            return body;
        }
        if (flags.contains("-")) {
            return body + " ".repeat(missing);
        }
        if (flags.contains("0") && !text) {
            int sign = body.startsWith("-") || body.startsWith("+") ? 1 : 0;
            return body.substring(0, sign) + "0".repeat(missing) + body.substring(sign);
        }
        return " ".repeat(missing) + body;
    }
}
