package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code map}, {@code select}, {@code reject}, their attribute forms and {@code unique}: generators, as in jinja2. */
final class LazyFilters {
    private LazyFilters() {}

    static void addTo(Map<String, Filter> all) {
        all.put("map", LazyFilters::map);
        all.put("select", (r, v, a) -> chosen(r, v, a, false, true));
        all.put("reject", (r, v, a) -> chosen(r, v, a, false, false));
        all.put("selectattr", (r, v, a) -> chosen(r, v, a, true, true));
        all.put("rejectattr", (r, v, a) -> chosen(r, v, a, true, false));
        all.put("unique", LazyFilters::unique);
    }

    private static Object map(Render render, Object value, Arguments arguments) {
        UnaryOperator<Object> each;
        if (arguments.positional().isEmpty() && arguments.keyword().containsKey("attribute")) {
            Object path = Objects.requireNonNull(arguments.keyword().get("attribute"));
            Object otherwise = arguments.keyword().get("default");
            each = item -> {
                Object found = Filters.follow(item, path);
                return found instanceof Undefined && otherwise != null && otherwise != None.NONE ? otherwise : found;
            };
        } else if (arguments.positional().isEmpty()) {
            throw new TemplateError("map requires a filter argument");
        } else {
            String name = Texts.str(arguments.positional().get(0));
            each = item -> Filters.apply(name, render, item, arguments.from(1));
        }
        Iterator<Object> items = items(value);
        return new Generator(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                render.step();
                return each.apply(items.next());
            }
        });
    }

    private static Object chosen(Render render, Object value, Arguments arguments, boolean attribute, boolean wanted) {
        int first = attribute ? 1 : 0;
        List<Object> positional = arguments.positional();
        if (attribute && positional.isEmpty()) {
            throw new TemplateError("Missing parameter for attribute name");
        }
        Test test = (r, v, a) -> Types.truth(v);
        if (positional.size() > first) {
            String name = Texts.str(positional.get(first));
            test = Tests.ALL.get(name);
            if (test == null) {
                throw new TemplateError("No test named '" + name + "'.");
            }
        }
        Test chosen = test;
        Arguments rest = arguments.from(Math.min(positional.size(), first + 1));
        return new Generator(new Matching(items(value), item -> {
            render.step();
            Object tested = attribute ? Filters.follow(item, positional.get(0)) : item;
            return chosen.holds(render, tested, rest) == wanted;
        }));
    }

    private static Object unique(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("unique", "case_sensitive?", "attribute?");
        boolean caseSensitive = bound[0] != null && Types.truth(bound[0]);
        List<Object> seen = new ArrayList<>();
        return new Generator(new Matching(Sequences.iterator(value), item -> {
            Object key = bound[1] == null || bound[1] == None.NONE ? item : Filters.follow(item, bound[1]);
            key = Sequences.key(caseSensitive ? key : ListFilters.ignoreCase(key));
            for (Object other : seen) {
                render.step();
                if (Comparisons.equal(other, key)) {
                    return false;
                }
            }
            return seen.add(key);
        }));
    }

    /** The items of a value; none where it is false, whatever its type. */
    private static Iterator<Object> items(Object value) {
        return Types.truth(value) ? Sequences.iterator(value) : List.of().iterator();
    }

    /** The items that hold, found as they are asked for. */
    private static final class Matching implements Iterator<Object> {
        private final Iterator<Object> all;
        private final Predicate<Object> test;
        private @Nullable Object next;

        Matching(Iterator<Object> all, Predicate<Object> test) {
            this.all = all;
            this.test = test;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                Object candidate = all.next();
                next = test.test(candidate) ? candidate : null;
            }
            return next != null;
        }

        @Override
        public Object next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Object found = next;
            next = null;
            return found;
        }
    }
}
