package org.tunebench.core.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Jinja2's tests by name. */
final class Tests {
    static final Map<String, Test> ALL = all();

    private Tests() {}

    private static Map<String, Test> all() {
        Map<String, Test> all = new HashMap<>();
        all.put("defined", (r, v, a) -> !(v instanceof Undefined));
        all.put("undefined", (r, v, a) -> v instanceof Undefined);
        all.put("none", (r, v, a) -> v == None.NONE);
        all.put("boolean", (r, v, a) -> v instanceof Boolean);
        all.put("true", (r, v, a) -> Boolean.TRUE.equals(v));
        all.put("false", (r, v, a) -> Boolean.FALSE.equals(v));
        all.put("integer", (r, v, a) -> v instanceof Long);
        all.put("float", (r, v, a) -> v instanceof Double);
        all.put("number", (r, v, a) -> Types.isNumber(v));
        all.put("string", (r, v, a) -> Types.isString(v));
        all.put("mapping", (r, v, a) -> v instanceof Map);
        all.put("iterable", (r, v, a) -> Sequences.isIterable(v));
        all.put(
                "sequence",
                (r, v, a) -> v instanceof List || v instanceof Map || Types.isString(v) || v instanceof Undefined);
        all.put("callable", (r, v, a) -> v instanceof Function);
        all.put("escaped", (r, v, a) -> v instanceof Markup);
        all.put("odd", (r, v, a) -> remainder(r, v, 2L) == 1);
        all.put("even", (r, v, a) -> remainder(r, v, 2L) == 0);
        all.put("divisibleby", (r, v, a) -> remainder(r, v, argument(a)) == 0);
        all.put("lower", (r, v, a) -> StringMethods.isCase(Texts.str(v), Character::isLowerCase));
        all.put("upper", (r, v, a) -> StringMethods.isCase(Texts.str(v), Character::isUpperCase));
        all.put("sameas", (r, v, a) -> same(v, argument(a)));
        all.put("in", (r, v, a) -> Comparisons.contains(r, argument(a), v));
        all.put("filter", (r, v, a) -> Filters.ALL.containsKey(Texts.str(v)));
        all.put("test", (r, v, a) -> isTest(Texts.str(v)));
        comparison(all, "==", "eq", "equalto");
        comparison(all, "!=", "ne");
        comparison(all, ">", "gt", "greaterthan");
        comparison(all, ">=", "ge");
        comparison(all, "<", "lt", "lessthan");
        comparison(all, "<=", "le");
        return Map.copyOf(all);
    }

    private static void comparison(Map<String, Test> all, String operator, String... names) {
        Test test = (r, v, a) -> Comparisons.apply(r, operator, v, argument(a));
        all.put(operator, test);
        for (String name : names) {
            all.put(name, test);
        }
    }

    private static boolean isTest(String name) {
        return ALL.containsKey(name);
    }

    private static Object argument(Arguments arguments) {
        return Objects.requireNonNull(arguments.bind("test", "other")[0]);
    }

    private static double remainder(Render render, Object value, Object divisor) {
        return Numbers.real(Operators.apply(render, "%", value, divisor));
    }

    private static boolean same(Object a, Object b) {
        boolean plain = a instanceof Boolean || a instanceof Long;
        return plain ? a.equals(b) : a == b;
    }
}
