package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code owner.name} and {@code owner[key]} as the sandboxed environment resolves them. */
final class Attributes {
    private Attributes() {}

    /** The attribute, else the item of that name, else undefined. */
    static Object attribute(Object owner, String name) {
        if (owner instanceof Undefined undefined) {
            throw undefined.error();
        }
        Object own = own(owner, name);
        if (own != null) {
            return own;
        }
        Object item = owner instanceof Map<?, ?> map ? map.get(name) : null;
        return item != null ? item : Undefined.element(owner, name);
    }

    /** The item, else, where the key is a string, the attribute of that name, else undefined. */
    static Object item(Object owner, Object key) {
        if (owner instanceof Undefined undefined) {
            throw undefined.error();
        }
        Object item = null;
        if (owner instanceof Map<?, ?> map) {
            boolean hashable = !(key instanceof Map) && (!(key instanceof List) || key instanceof Tuple);
            item = hashable ? Sequences.find(map, key) : null;
        } else if (owner instanceof List<?> list && Numbers.isIntegral(key)) {
            item = element(list, Numbers.integer(key));
        } else if (Types.isString(owner) && Numbers.isIntegral(key)) {
            item = character(owner, Numbers.integer(key));
        }
        if (item == null && Types.isString(key)) {
            item = own(owner, Texts.str(key));
        }
        return item != null ? item : Undefined.element(owner, key);
    }

    private static @Nullable Object element(List<?> list, long index) {
        long at = index < 0 ? index + list.size() : index;
        return at >= 0 && at < list.size() ? list.get((int) at) : null;
    }

    private static @Nullable Object character(Object owner, long index) {
        String text = Texts.str(owner);
        int length = Texts.length(text);
        long at = index < 0 ? index + length : index;
        if (at < 0 || at >= length) {
            return null;
        }
        String character = Character.toString(text.codePointAt(Texts.index(text, (int) at)));
        return owner instanceof Markup ? new Markup(character) : character;
    }

    /** A method or attribute that the type itself has; null where it has none that the sandbox lets through. */
    private static @Nullable Object own(Object owner, String name) {
        if (owner instanceof Map<?, ?> map) {
            return dict(map, name);
        } else if (owner instanceof String text) {
            StringMethods.Method method = StringMethods.ALL.get(name);
            return method == null ? null : bound(method, text);
        } else if (owner instanceof Markup markup) {
            StringMethods.Method method = StringMethods.ALL.get(name);
            return method == null ? null : markup(bound(method, markup.text()));
        } else if (owner instanceof List<?> list) {
            return list(list, name);
        } else if (owner instanceof Namespace namespace) {
            return namespace.attributes().get(name);
        } else if (owner instanceof LoopContext loop) {
            return loop.attribute(name);
        } else if (owner instanceof Macro macro && name.equals("name")) {
            return macro.definition().name();
        } else if (owner instanceof Globals.Cycler cycler) {
            return cycler.attribute(name);
        }
        return null;
    }

    private static Function bound(StringMethods.Method method, String text) {
        return (render, arguments) -> {
            render.charge(text.length());
            Object result = method.call(render, text, arguments);
            if (result instanceof String made) {
                render.charge(made.length());
            }
            return result;
        };
    }

    private static Function markup(Function method) {
        return (render, arguments) -> {
            Object result = method.call(render, arguments);
            return result instanceof String text ? new Markup(text) : result;
        };
    }

    private static @Nullable Object dict(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" ->
                (Function) (render, arguments) -> {
                    arguments.bind("items");
                    return new DictView("dict_items", pairs(map));
                };
            case "keys" ->
                (Function) (render, arguments) -> {
                    arguments.bind("keys");
                    return new DictView("dict_keys", new ArrayList<>(map.keySet()));
                };
            case "values" ->
                (Function) (render, arguments) -> {
                    arguments.bind("values");
                    return new DictView("dict_values", new ArrayList<>(map.values()));
                };
            case "get" ->
                (Function) (render, arguments) -> {
                    @Nullable Object[] bound = arguments.bind("get", "key", "default?");
                    Object value = Sequences.find(map, java.util.Objects.requireNonNull(bound[0]));
                    return value != null ? value : bound[1] != null ? bound[1] : None.NONE;
                };
            case "copy" -> (Function) (render, arguments) -> new java.util.LinkedHashMap<Object, Object>(map);
            default -> null;
        };
    }

    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>(map.size());
        map.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
        return pairs;
    }

    private static @Nullable Object list(List<?> list, String name) {
        return switch (name) {
            case "count" ->
                (Function) (render, arguments) -> {
                    Object wanted = java.util.Objects.requireNonNull(arguments.bind("count", "value")[0]);
                    return list.stream()
                            .filter(item -> Comparisons.equal(item, wanted))
                            .count();
                };
            case "index" ->
                (Function) (render, arguments) -> {
                    Object wanted = java.util.Objects.requireNonNull(arguments.bind("index", "value")[0]);
                    for (int i = 0; i < list.size(); i++) {
                        if (Comparisons.equal(list.get(i), wanted)) {
                            return (long) i;
                        }
                    }
                    throw new TemplateError(Texts.repr(wanted) + " is not in list");
                };
            case "copy" -> list instanceof Tuple ? null : (Function) (render, arguments) -> new ArrayList<Object>(list);
            default -> null;
        };
    }
}
