package org.tunebench.core.text.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters that make numbers. */
final class NumberFilters {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}(?:_\\d+)*");
    private static final Pattern REAL =
            Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?(?i:inf|infinity|nan)");

    /** More digits than a double or a 64-bit integer has. */
    private static final int MOST_DIGITS = 400;

    private NumberFilters() {}

    static Object toInteger(Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("int", "default?", "base?");
        Object otherwise = bound[0] == null ? (Object) 0L : bound[0];
        if (Types.isString(value)) {
            String text = StringMethods.strip(Texts.str(value), null, true, true);
            int base = bound[1] == null ? 10 : Numbers.clampedInteger(bound[1]);
            if (base == 10 ? INTEGER.matcher(text).matches() : base >= 2 && base <= 36) {
                try {
                    String digits = text.replace("_", "");
                    String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : " ";
                    return Long.parseLong(digits.startsWith(prefix) ? digits.substring(2) : digits, base);
                } catch (NumberFormatException e) {
                    return otherwise;
                }
            }
            return REAL.matcher(text).matches() ? truncated(parse(text), otherwise) : otherwise;
        } else if (value instanceof Double d) {
            return truncated(d, otherwise);
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        return Types.isNumber(value) ? Numbers.integer(value) : otherwise;
    }

    private static Object truncated(double value, Object otherwise) {
        return Double.isNaN(value) || Double.isInfinite(value) ? otherwise : (Object) (long) value;
    }

    static Object toReal(Object value, Arguments arguments) {
        Object given = arguments.bind("float", "default?")[0];
        Object otherwise = given == null ? 0.0 : given;
        if (Types.isString(value)) {
            String text = StringMethods.strip(Texts.str(value), null, true, true);
            return REAL.matcher(text).matches() ? (Object) parse(text) : otherwise;
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        return Types.isNumber(value) ? (Object) Numbers.real(value) : otherwise;
    }

    private static double parse(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        double sign = lower.startsWith("-") ? -1 : 1;
        if (lower.contains("inf")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        return lower.contains("nan") ? Double.NaN : Double.parseDouble(text);
    }

    static Object round(Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("round", "precision?", "method?");
        int precision = bound[0] == null ? 0 : Numbers.clampedInteger(bound[0]);
        if (Math.abs((long) precision) > MOST_DIGITS) {
            return precision > 0 ? value : (Object) (Numbers.isIntegral(value) ? (Object) 0L : (Object) 0.0);
        }
        String method = bound[1] == null ? "common" : StringMethods.text(bound[1]);
        if (method.equals("common")) {
            if (Numbers.isIntegral(value)) {
                BigDecimal rounded =
                        BigDecimal.valueOf(Numbers.integer(value)).setScale(precision, RoundingMode.HALF_EVEN);
                return precision >= 0 ? (Object) Numbers.integer(value) : rounded.longValue();
            }
            return new BigDecimal(Numbers.real(value))
                    .setScale(precision, RoundingMode.HALF_EVEN)
                    .doubleValue();
        }
        double scale = Math.pow(10, precision);
        double scaled = Numbers.real(value) * scale;
        return switch (method) {
            case "ceil" -> Math.ceil(scaled) / scale;
            case "floor" -> Math.floor(scaled) / scale;
            default -> throw new TemplateError("method must be common, ceil or floor");
        };
    }
}
