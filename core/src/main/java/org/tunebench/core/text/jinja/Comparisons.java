package org.tunebench.core.text.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's {@code ==}, {@code <} and {@code in} on template values. */
final class Comparisons {
    private Comparisons() {}

    static boolean apply(Render render, String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> equal(a, b);
            case "!=" -> !equal(a, b);
            case "<" -> order(a, b, operator) < 0;
            case "<=" -> order(a, b, operator) <= 0;
            case ">" -> order(a, b, operator) > 0;
            case ">=" -> order(a, b, operator) >= 0;
            case "in" -> contains(render, b, a);
            default -> !contains(render, b, a);
        };
    }

    static boolean equal(Object a, Object b) {
        if (Types.isString(a) && Types.isString(b)) {
            return Texts.str(a).equals(Texts.str(b));
        } else if (Types.isNumber(a) && Types.isNumber(b)) {
            return Numbers.isIntegral(a) && Numbers.isIntegral(b)
                    ? Numbers.integer(a) == Numbers.integer(b)
                    : Numbers.real(a) == Numbers.real(b);
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            return a instanceof Tuple == b instanceof Tuple && equalLists(x, y);
        } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return equalMaps(x, y);
        } else if (a instanceof Undefined) {
            return b instanceof Undefined;
        }
        return a == b;
    }

    private static boolean equalLists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** Negative, zero or positive as {@code a} sorts before, with or behind {@code b}. */
    static int order(Object a, Object b, String operator) {
        if (Types.isString(a) && Types.isString(b)) {
            return Texts.compare(Texts.str(a), Texts.str(b));
        } else if (Types.isNumber(a) && Types.isNumber(b)) {
            return Numbers.isIntegral(a) && Numbers.isIntegral(b)
                    ? Long.compare(Numbers.integer(a), Numbers.integer(b))
                    : Double.compare(Numbers.real(a), Numbers.real(b));
        } else if (a instanceof List<?> x && b instanceof List<?> y && a instanceof Tuple == b instanceof Tuple) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                if (!equal(x.get(i), y.get(i))) {
                    return order(x.get(i), y.get(i), operator);
                }
            }
            return Integer.compare(x.size(), y.size());
        } else if (a instanceof Undefined undefined) {
            throw undefined.error();
        } else if (b instanceof Undefined undefined) {
            throw undefined.error();
        }
        throw new TemplateError("'" + operator + "' not supported between instances of '" + Types.name(a) + "' and '"
                + Types.name(b) + "'");
    }

    static boolean contains(Render render, Object container, Object item) {
        if (Types.isString(container)) {
            String text = Texts.str(container);
            render.charge(text.length());
            if (!Types.isString(item)) {
                throw new TemplateError("'in <string>' requires string as left operand, not " + Types.name(item));
            }
            return text.contains(Texts.str(item));
        } else if (container instanceof Map<?, ?> map) {
            return Sequences.find(map, item) != null;
        }
        for (Iterator<Object> it = Sequences.iterator(container); it.hasNext(); ) {
            render.step();
            if (equal(it.next(), item)) {
                return true;
            }
        }
        return false;
    }
}
