package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The filters on sequences and dicts; those that are lazy in jinja2 are lazy here ({@link LazyFilters}). */
final class ListFilters {
    private ListFilters() {}

    static void addTo(Map<String, Filter> all) {
        all.put("list", (r, v, a) -> Sequences.list(r, v));
        all.put("items", (r, v, a) -> items(v));
        all.put("dictsort", ListFilters::dictSort);
        all.put("sort", ListFilters::sort);
        all.put("join", ListFilters::join);
        all.put("first", (r, v, a) -> {
            Iterator<Object> it = Sequences.iterator(v);
            return it.hasNext() ? it.next() : new Undefined("No first item, sequence was empty.");
        });
        all.put("last", (r, v, a) -> {
            requireReversible(v);
            List<Object> items = Sequences.list(r, v);
            return items.isEmpty() ? new Undefined("No last item, sequence was empty.") : items.get(items.size() - 1);
        });
        all.put("reverse", (r, v, a) -> reverse(r, v));
        all.put("sum", ListFilters::sum);
        all.put("min", (r, v, a) -> extreme(r, v, a, -1));
        all.put("max", (r, v, a) -> extreme(r, v, a, 1));
        all.put("groupby", ListFilters::groupBy);
        all.put("batch", ListFilters::batch);
        all.put("slice", ListFilters::slice);
        LazyFilters.addTo(all);
    }

    private static Object items(Object value) {
        if (value instanceof Undefined) {
            return new Generator(Collections.emptyIterator());
        } else if (value instanceof Map<?, ?> map) {
            return new Generator(Attributes.pairs(map).iterator());
        }
        throw new TemplateError("Can only get item pairs from a mapping.");
    }

    private static void requireReversible(Object value) {
        if (value instanceof Generator || value == None.NONE || Types.isNumber(value)) {
            throw new TemplateError("'" + Types.name(value) + "' object is not reversible");
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
    }

    private static Object reverse(Render render, Object value) {
        if (Types.isString(value)) {
            return new StringBuilder(Texts.str(value)).reverse().toString();
        }
        List<Object> items = Sequences.list(render, value);
        Collections.reverse(items);
        return value instanceof Generator ? items : new Generator(items.iterator());
    }

    /** The text in lower case, anything else as it is: how filters compare unless told to mind the case. */
    static Object ignoreCase(Object value) {
        return Types.isString(value) ? Texts.str(value).toLowerCase(Locale.ROOT) : value;
    }

    private static boolean flag(@Nullable Object value) {
        return value != null && Types.truth(value);
    }

    private static Object dictSort(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("dictsort", "case_sensitive?", "by?", "reverse?");
        String by = bound[1] == null ? "key" : StringMethods.text(bound[1]);
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateError("You can only sort by either \"key\" or \"value\"");
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw value instanceof Undefined undefined
                    ? undefined.error()
                    : new TemplateError("'" + Types.name(value) + "' object has no attribute 'items'");
        }
        boolean caseSensitive = flag(bound[0]);
        Comparator<Object> order = (x, y) -> {
            render.step();
            Object a = ((Tuple) x).get(by.equals("key") ? 0 : 1);
            Object b = ((Tuple) y).get(by.equals("key") ? 0 : 1);
            return Comparisons.order(caseSensitive ? a : ignoreCase(a), caseSensitive ? b : ignoreCase(b), "<");
        };
        List<Object> pairs = Attributes.pairs(map);
        pairs.sort(flag(bound[2]) ? order.reversed() : order);
        return pairs;
    }

    private static Object sort(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("sort", "reverse?", "case_sensitive?", "attribute?");
        Object attribute = bound[2];
        boolean caseSensitive = flag(bound[1]);
        Comparator<Object> order = (x, y) -> {
            render.step();
            return Comparisons.order(sortKey(x, attribute, caseSensitive), sortKey(y, attribute, caseSensitive), "<");
        };
        List<Object> items = Sequences.list(render, value);
        items.sort(flag(bound[0]) ? order.reversed() : order);
        return items;
    }

    private static Object sortKey(Object item, @Nullable Object attribute, boolean caseSensitive) {
        List<Object> parts = new ArrayList<>();
        if (attribute == null || attribute == None.NONE) {
            parts.add(item);
        } else if (Types.isString(attribute)) {
            for (String path : List.of(Texts.str(attribute).split(",", -1))) {
                parts.add(Filters.follow(item, path));
            }
        } else {
            parts.add(Filters.follow(item, attribute));
        }
        if (!caseSensitive) {
            parts.replaceAll(ListFilters::ignoreCase);
        }
        return parts;
    }

    private static Object join(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("join", "d?", "attribute?");
        List<String> parts = new ArrayList<>();
        for (Object item : Sequences.list(render, value)) {
            Object part = bound[1] == null || bound[1] == None.NONE ? item : Filters.follow(item, bound[1]);
            parts.add(Texts.str(part));
        }
        return StringMethods.joined(render, bound[0] == null ? "" : Texts.str(bound[0]), parts);
    }

    private static Object sum(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("sum", "attribute?", "start?");
        Object sum = bound[1] == null ? (Object) 0L : bound[1];
        for (Object item : Sequences.list(render, value)) {
            Object part = bound[0] == null || bound[0] == None.NONE ? item : Filters.follow(item, bound[0]);
            sum = Operators.apply(render, "+", sum, part);
        }
        return sum;
    }

    /** @param sign 1 for the largest, -1 for the smallest; the first of equals wins */
    private static Object extreme(Render render, Object value, Arguments arguments, int sign) {
        @Nullable Object[] bound = arguments.bind(sign > 0 ? "max" : "min", "case_sensitive?", "attribute?");
        Object best = null;
        Object bestKey = null;
        for (Object item : Sequences.list(render, value)) {
            Object key = bound[1] == null || bound[1] == None.NONE ? item : Filters.follow(item, bound[1]);
            key = flag(bound[0]) ? key : ignoreCase(key);
            if (bestKey == null || sign * Comparisons.order(key, bestKey, "<") > 0) {
                best = item;
                bestKey = key;
            }
        }
        return best == null ? new Undefined("No aggregated item, sequence was empty.") : best;
    }

    private static Object groupBy(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("groupby", "attribute", "default?", "case_sensitive?");
        Object path = Objects.requireNonNull(bound[0]);
        boolean caseSensitive = flag(bound[2]);
        List<Object> items = Sequences.list(render, value);
        items.sort((x, y) -> Comparisons.order(
                groupKey(x, path, bound[1], caseSensitive), groupKey(y, path, bound[1], caseSensitive), "<"));
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            group.add(items.get(i));
            boolean last = i + 1 == items.size()
                    || !Comparisons.equal(
                            groupKey(items.get(i), path, bound[1], caseSensitive),
                            groupKey(items.get(i + 1), path, bound[1], caseSensitive));
            if (last) {
                groups.add(Tuple.of(groupKey(group.get(0), path, bound[1], true), group));
                group = new ArrayList<>();
            }
        }
        return groups;
    }

    private static Object groupKey(Object item, Object path, @Nullable Object otherwise, boolean caseSensitive) {
        Object key = Filters.follow(item, path);
        key = key instanceof Undefined && otherwise != null ? otherwise : key;
        return caseSensitive ? key : ignoreCase(key);
    }

    private static Object batch(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("batch", "linecount", "fill_with?");
        long size = Numbers.integer(Objects.requireNonNull(bound[0]));
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : Sequences.list(render, value)) {
            if (batch.size() == size) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            if (bound[1] != null && bound[1] != None.NONE) {
                render.charge(64 * Math.max(0, size));
                while (batch.size() < size) {
                    batch.add(bound[1]);
                }
            }
            batches.add(batch);
        }
        return new Generator(batches.iterator());
    }

    private static Object slice(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("slice", "slices", "fill_with?");
        List<Object> items = Sequences.list(render, value);
        int slices = Numbers.clampedInteger(Objects.requireNonNull(bound[0]));
        if (slices == 0) {
            throw new TemplateError("division by zero");
        }
        render.charge(64L * Math.max(0, slices));
        List<Object> parts = new ArrayList<>();
        int longer = Math.floorMod(items.size(), slices);
        int from = 0;
        for (int i = 0; i < slices; i++) {
            int to = from + items.size() / slices + (i < longer ? 1 : 0);
            List<Object> part = new ArrayList<>(items.subList(from, to));
            if (bound[1] != null && bound[1] != None.NONE && i >= longer) {
                part.add(bound[1]);
            }
            parts.add(part);
            from = to;
        }
        return new Generator(parts.iterator());
    }
}
