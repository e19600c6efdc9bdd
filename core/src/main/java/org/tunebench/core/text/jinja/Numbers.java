package org.tunebench.core.text.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's numbers: {@code int} (here of 64 bits; larger ones are refused), {@code float}, {@code bool} as 0 and 1. */
final class Numbers {
    private Numbers() {}

    static Long parseLiteral(String text, int line) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0o") ? 8 : lower.startsWith("0b") ? 2 : 10;
        try {
            return Long.parseLong(radix == 10 ? text : text.substring(2), radix);
        } catch (NumberFormatException e) {
            throw new TemplateError("integer " + text + " needs more than 64 bits", line);
        }
    }

    /** An index or count. */
    static long integer(Object value) {
        if (value instanceof Long l) {
            return l;
        } else if (value instanceof Boolean b) {
            return b ? 1 : 0;
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw new TemplateError("'" + Types.name(value) + "' object cannot be interpreted as an integer");
    }

    static int clampedInteger(Object value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, integer(value)));
    }

    static boolean isIntegral(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    static double real(Object value) {
        return value instanceof Double d ? d : integer(value);
    }

    /** The shortest decimal that reads back as the same double, in Python's form. */
    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        } else if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(value);
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                shortest = rounded;
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            return sign
                    + mantissa
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain = shortest.abs().toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
}
