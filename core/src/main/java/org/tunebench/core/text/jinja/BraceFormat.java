package org.tunebench.core.text.jinja;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code "…".format(…)} with the common format specifications: fill, alignment, width, precision, d, f, s, x. */
final class BraceFormat {
    private static final Pattern FIELD =
            Pattern.compile("\\{\\{|\\}\\}|\\{([^{}!:]*)(?:!([rs]))?(?::([^{}]*))?\\}|[{}]");
    private static final Pattern SPECIFICATION =
            Pattern.compile("(?:(.)?([<>^=]))?([-+ ])?(0)?(\\d{1,7})?(,)?(?:\\.(\\d{1,4}))?([a-zA-Z%])?");

    private BraceFormat() {}

    static String format(Render render, String text, Arguments arguments) {
        Matcher field = FIELD.matcher(text);
        StringBuilder out = new StringBuilder();
        int end = 0;
        int automatic = 0;
        while (field.find()) {
            out.append(text, end, field.start());
            end = field.end();
            String found = field.group();
            if (found.equals("{{") || found.equals("}}")) {
                out.append(found.charAt(0));
            } else if (found.length() == 1) {
                throw new TemplateError("Single '" + found + "' encountered in format string");
            } else {
                String name = field.group(1);
                Object value = value(name.isEmpty() ? Integer.toString(automatic++) : name, arguments);
                Object shown = "r".equals(field.group(2)) ? Texts.repr(value) : value;
                out.append(one(render, shown, field.group(3) == null ? "" : field.group(3)));
            }
        }
        return out.append(text.substring(end)).toString();
    }

    private static Object value(String name, Arguments arguments) {
        String[] parts = name.split("(?=[.\\[])", -1);
        Object value;
        if (parts[0].matches("[0-9]{1,4}")) {
            int index = Integer.parseInt(parts[0]);
            if (index >= arguments.positional().size()) {
                throw new TemplateError("Replacement index " + index + " out of range for positional args tuple");
            }
            value = arguments.positional().get(index);
        } else if (arguments.keyword().containsKey(parts[0])) {
            value = arguments.keyword().get(parts[0]);
        } else {
            throw new TemplateError("KeyError: '" + parts[0] + "'");
        }
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].startsWith(".") ? parts[i].substring(1) : parts[i].replaceAll("^\\[|\\]$", "");
            boolean index = parts[i].startsWith("[") && part.matches("[0-9]{1,9}");
            value = parts[i].startsWith(".")
                    ? Attributes.attribute(value, part)
                    : Attributes.item(value, index ? (Object) Long.parseLong(part) : part);
        }
        return value;
    }

    private static String one(Render render, Object value, String specification) {
        Matcher matcher = SPECIFICATION.matcher(specification);
        if (!matcher.matches()) {
            throw new TemplateError("Invalid format specifier '" + specification + "'");
        }
        boolean number = Types.isNumber(value) && !(value instanceof Boolean && specification.isEmpty());
        String body = number ? number(value, matcher) : Texts.str(value);
        if (!number && matcher.group(7) != null) {
            int most = Integer.parseInt(matcher.group(7));
            body = Texts.length(body) > most ? body.substring(0, Texts.index(body, most)) : body;
        }
        int width = matcher.group(5) == null ? 0 : Integer.parseInt(matcher.group(5));
        render.charge(width);
        int missing = Math.max(0, width - Texts.length(body));
        String fill = matcher.group(1) != null ? matcher.group(1) : matcher.group(4) != null ? "0" : " ";
        String align =
                matcher.group(2) != null ? matcher.group(2) : matcher.group(4) != null ? "=" : number ? ">" : "<";
        return switch (align) {
            case "<" -> body + fill.repeat(missing);
            case "^" -> fill.repeat(missing / 2) + body + fill.repeat(missing - missing / 2);
            case "=" -> {
                int sign = body.startsWith("-") || body.startsWith("+") ? 1 : 0;
                yield body.substring(0, sign) + fill.repeat(missing) + body.substring(sign);
            }
            default -> fill.repeat(missing) + body;
        };
    }

    private static String number(Object value, Matcher specification) {
        String kind = specification.group(8);
        int precision = specification.group(7) == null ? 6 : Integer.parseInt(specification.group(7));
        String group = specification.group(6) == null ? "" : ",";
        String body;
        if ("f".equals(kind) || "%".equals(kind)) {
            double scaled = "%".equals(kind) ? Numbers.real(value) * 100 : Numbers.real(value);
            body = String.format(
                            Locale.ROOT,
                            "%" + group + "." + precision + "f",
                            new java.math.BigDecimal(scaled).setScale(precision, java.math.RoundingMode.HALF_EVEN))
                    + ("%".equals(kind) ? "%" : "");
        } else if ("x".equals(kind)) {
            body = Long.toHexString(Numbers.integer(value));
        } else if (kind == null || kind.equals("d")) {
            body = value instanceof Double d && kind == null
                    ? Numbers.repr(d)
                    : String.format(Locale.ROOT, "%" + group + "d", Numbers.integer(value));
        } else {
            throw new TemplateError("Unknown format code '" + kind + "'");
        }
        return "+".equals(specification.group(3)) && !body.startsWith("-") ? "+" + body : body;
    }
}
