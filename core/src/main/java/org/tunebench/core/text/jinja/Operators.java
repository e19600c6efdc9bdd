package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's binary arithmetic on template values. */
final class Operators {
    private Operators() {}

    static Object apply(Render render, String operator, Object a, Object b) {
        refuseUndefined(a);
        refuseUndefined(b);
        Object result = switch (operator) {
            case "+" -> add(render, a, b);
            case "*" -> multiply(render, a, b);
            case "%" -> Types.isString(a) ? PercentFormat.format(render, Texts.str(a), b) : null;
            default -> null;
        };
        if (result != null) {
            return result;
        }
        if (!Types.isNumber(a) || !Types.isNumber(b)) {
            throw new TemplateError("unsupported operand type(s) for " + operator + ": '" + Types.name(a) + "' and '"
                    + Types.name(b) + "'");
        }
        boolean integral = Numbers.isIntegral(a) && Numbers.isIntegral(b) && !operator.equals("/");
        try {
            return integral
                    ? integral(operator, Numbers.integer(a), Numbers.integer(b))
                    : (Object) real(operator, Numbers.real(a), Numbers.real(b));
        } catch (ArithmeticException e) {
            throw new TemplateError("integer result of " + operator + " needs more than 64 bits");
        }
    }

    private static void refuseUndefined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
    }

    private static @Nullable Object add(Render render, Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            render.charge((long) x.length() + y.length());
            return x.concat(y);
        } else if (Types.isString(a) && Types.isString(b)) {
            return new Markup(Markup.escape(a).text() + Markup.escape(b).text());
        } else if (a instanceof List<?> x && b instanceof List<?> y && isTuple(a) == isTuple(b) && !isRange(a, b)) {
            render.charge(64L * (x.size() + y.size()));
            List<Object> sum = new ArrayList<>(x);
            sum.addAll(y);
            return isTuple(a) ? new Tuple(sum) : sum;
        }
        return null;
    }

    private static boolean isTuple(Object value) {
        return value instanceof Tuple;
    }

    private static boolean isRange(Object a, Object b) {
        return a instanceof Range || b instanceof Range;
    }

    private static @Nullable Object multiply(Render render, Object a, Object b) {
        if (Numbers.isIntegral(a) && !Types.isNumber(b)) {
            return multiply(render, b, a);
        }
        if (!Numbers.isIntegral(b)) {
            return null;
        }
        long times = Math.max(0, Numbers.integer(b));
        if (a instanceof String s) {
            render.charge(size(s.length(), times));
            return s.repeat((int) times);
        } else if (a instanceof Markup m) {
            render.charge(size(m.text().length(), times));
            return new Markup(m.text().repeat((int) times));
        } else if (a instanceof List<?> list && !(a instanceof Range)) {
            render.charge(size(64L * list.size(), times));
            List<Object> product = new ArrayList<>();
            for (long i = 0; i < times && !list.isEmpty(); i++) {
                product.addAll(list);
            }
            return a instanceof Tuple ? new Tuple(product) : product;
        }
        return null;
    }

    private static long size(long length, long times) {
        return length == 0 ? 0 : times > Integer.MAX_VALUE ? Long.MAX_VALUE : length * times;
    }

    private static Object integral(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> {
                requireDivisor(b == 0);
                yield Math.floorDiv(a, b);
            }
            case "%" -> {
                requireDivisor(b == 0);
                yield Math.floorMod(a, b);
            }
            default -> b < 0 ? real("**", a, b) : power(a, b);
        };
    }

    private static Object power(long base, long exponent) {
        if (base >= -1 && base <= 1) {
            return base == -1 && exponent % 2 == 0 ? 1L : exponent == 0 ? 1L : base;
        }
        long result = 1;
        for (long i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static Double real(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> {
                requireDivisor(b == 0);
                yield a / b;
            }
            case "//" -> {
                requireDivisor(b == 0);
                yield Math.floor(a / b);
            }
            case "%" -> {
                requireDivisor(b == 0);
                double remainder = a % b;
                yield remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
            }
            default -> Math.pow(a, b);
        };
    }

    private static void requireDivisor(boolean zero) {
        if (zero) {
            throw new TemplateError("division by zero");
        }
    }

    static Object negate(Object value) {
        if (value instanceof Double d) {
            return -d;
        }
        return Math.negateExact(Numbers.integer(value));
    }
}
