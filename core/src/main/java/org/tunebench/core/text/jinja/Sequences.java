package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's iteration, length and slices. */
final class Sequences {
    private Sequences() {}

    static Iterator<Object> iterator(Object value) {
        if (value instanceof List<?> list) {
            return Collections.<Object>unmodifiableList(list).iterator();
        } else if (value instanceof Map<?, ?> map) {
            return Collections.<Object>unmodifiableSet(map.keySet()).iterator();
        } else if (Types.isString(value)) {
            return Texts.str(value)
                    .codePoints()
                    .<Object>mapToObj(Character::toString)
                    .iterator();
        } else if (value instanceof Generator generator) {
            return generator.items();
        } else if (value instanceof DictView view) {
            return view.items().iterator();
        } else if (value instanceof Undefined) {
            return Collections.emptyIterator();
        }
        throw new TemplateError("'" + Types.name(value) + "' object is not iterable");
    }

    static boolean isIterable(Object value) {
        return value instanceof List
                || value instanceof Map
                || Types.isString(value)
                || value instanceof Generator
                || value instanceof DictView
                || value instanceof Undefined
                || value instanceof LoopContext;
    }

    /** A new list of what the value iterates over. */
    static List<Object> list(Render render, Object value) {
        List<Object> items = new ArrayList<>();
        iterator(value).forEachRemaining(item -> {
            render.step();
            items.add(item);
        });
        return items;
    }

    /** {@code len(value)}; -1 where it has none. */
    static long lengthOrMinus1(Object value) {
        if (value instanceof List<?> list) {
            return list.size();
        } else if (value instanceof Map<?, ?> map) {
            return map.size();
        } else if (Types.isString(value)) {
            return Texts.length(Texts.str(value));
        } else if (value instanceof DictView view) {
            return view.items().size();
        } else if (value instanceof Undefined) {
            return 0;
        } else if (value instanceof LoopContext loop) {
            return loop.length();
        }
        return -1;
    }

    static long length(Object value) {
        long length = lengthOrMinus1(value);
        if (length < 0) {
            throw new TemplateError("object of type '" + Types.name(value) + "' has no len()");
        }
        return length;
    }

    /** The form in which a value is a dict's key: markup counts as its text. */
    static Object key(Object value) {
        if (value instanceof Markup markup) {
            return markup.text();
        } else if ((value instanceof List && !(value instanceof Tuple)) || value instanceof Map) {
            throw new TemplateError("unhashable type: '" + Types.name(value) + "'");
        }
        return value;
    }

    /** The value of a key; null where there is none. Numbers that are equal are one key: 1, 1.0 and true. */
    static @Nullable Object find(Map<?, ?> map, Object key) {
        Object plain = key(key);
        Object value = map.get(plain);
        if (value == null && Types.isNumber(plain)) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (Comparisons.equal(entry.getKey(), plain)) {
                    return entry.getValue();
                }
            }
        }
        return value;
    }

    /** Sets the value of a key; a number keeps the form in which it came first. */
    static void put(Map<Object, Object> map, Object key, Object value) {
        Object plain = key(key);
        if (Types.isNumber(plain) && !map.containsKey(plain)) {
            for (Object known : map.keySet()) {
                if (Comparisons.equal(known, plain)) {
                    plain = known;
                    break;
                }
            }
        }
        map.put(plain, value);
    }

    /** {@code value[start:stop:step]}, each part null where left out. */
    static Object slice(Object value, @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        boolean text = Types.isString(value);
        if (!text && !(value instanceof List)) {
            throw new TemplateError("'" + Types.name(value) + "' object is not subscriptable by a slice");
        }
        String string = text ? Texts.str(value) : "";
        int[] points = text ? string.codePoints().toArray() : new int[0];
        List<?> list = text ? List.of() : (List<?>) value;
        int length = text ? points.length : list.size();
        int by = step == null || step == None.NONE ? 1 : Numbers.clampedInteger(step);
        if (by == 0) {
            throw new TemplateError("slice step cannot be zero");
        }
        int first = bound(start, length, by, by > 0 ? 0 : length - 1);
        int last = bound(stop, length, by, by > 0 ? length : -1);
        StringBuilder characters = new StringBuilder();
        List<Object> items = new ArrayList<>();
        for (long i = first; by > 0 ? i < last : i > last; i += by) {
            if (text) {
                characters.appendCodePoint(points[(int) i]);
            } else {
                items.add(list.get((int) i));
            }
        }
        if (text) {
            return value instanceof Markup ? new Markup(characters.toString()) : characters.toString();
        }
        return value instanceof Tuple ? new Tuple(items) : items;
    }

    private static int bound(@Nullable Object given, int length, int step, int otherwise) {
        if (given == null || given == None.NONE) {
            return otherwise;
        }
        long at = Numbers.integer(given);
        at = at < 0 ? at + length : at;
        int least = step > 0 ? 0 : -1;
        int most = step > 0 ? length : length - 1;
        return (int) Math.max(least, Math.min(most, at));
    }
}
