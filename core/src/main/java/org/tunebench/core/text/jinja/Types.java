package org.tunebench.core.text.jinja;

import java.util.List;
import java.util.Map;

/** Python's view of a value's type. */
final class Types {
    private Types() {}

    /** Python's name of the type, for messages. */
    static String name(Object value) {
        if (value instanceof Tuple) {
            return "tuple";
        } else if (value instanceof Range) {
            return "range";
        } else if (value instanceof List) {
            return "list";
        } else if (value instanceof Map) {
            return "dict";
        } else if (value instanceof String) {
            return "str";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof Long) {
            return "int";
        } else if (value instanceof Double) {
            return "float";
        } else if (value == None.NONE) {
            return "NoneType";
        } else if (value instanceof DictView view) {
            return view.kind();
        }
        return value.getClass().getSimpleName();
    }

    static boolean isString(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** Truth as Python tests it. */
    static boolean truth(Object value) {
        if (value instanceof Boolean b) {
            return b;
        } else if (value instanceof String s) {
            return !s.isEmpty();
        } else if (value instanceof Markup m) {
            return !m.text().isEmpty();
        } else if (value instanceof Undefined || value == None.NONE) {
            return false;
        } else if (value instanceof Long l) {
            return l != 0;
        } else if (value instanceof Double d) {
            return d != 0;
        } else if (value instanceof List<?> list) {
            return !list.isEmpty();
        } else if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        } else if (value instanceof DictView view) {
            return !view.items().isEmpty();
        } else if (value instanceof LoopContext loop) {
            return loop.length() > 0;
        }
        return true;
    }
}
