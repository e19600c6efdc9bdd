package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code loop} variable: where a loop is, and what comes before and after. Looks ahead only when asked. */
final class LoopContext implements Function {
    private Iterator<Object> items;
    private long length;
    private final int depth;
    private final @Nullable Function recursion;
    private long index0 = -1;
    private @Nullable Object after;
    private @Nullable Object current;
    private @Nullable Object before;
    private @Nullable Object lastChanged;

    /**
     * @param length -1 where the iterable has none
     * @param depth of recursion, from 0
     */
    LoopContext(Iterator<Object> items, long length, int depth, @Nullable Function recursion) {
        this.items = items;
        this.length = length;
        this.depth = depth;
        this.recursion = recursion;
    }

    boolean hasNext() {
        return after != null || items.hasNext();
    }

    Object next() {
        Object item = after != null ? after : items.next();
        after = null;
        index0++;
        before = current;
        current = item;
        return item;
    }

    long index() {
        return index0 + 1;
    }

    long length() {
        if (length < 0) {
            List<Object> rest = new ArrayList<>();
            items.forEachRemaining(rest::add);
            items = rest.iterator();
            length = rest.size() + index() + (after == null ? 0 : 1);
        }
        return length;
    }

    private @Nullable Object peek() {
        if (after == null && items.hasNext()) {
            after = items.next();
        }
        return after;
    }

    /** An attribute of {@code loop}; null where there is none of the name. */
    @Nullable
    Object attribute(String name) {
        return switch (name) {
            case "index" -> index();
            case "index0" -> index0;
            case "first" -> index0 == 0;
            case "last" -> peek() == null;
            case "length" -> length();
            case "revindex" -> length() - index0;
            case "revindex0" -> length() - index();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> before == null ? new Undefined("there is no previous item") : before;
            case "nextitem" -> {
                Object next = peek();
                yield next == null ? new Undefined("there is no next item") : next;
            }
            case "cycle" -> (Function) (render, arguments) -> cycle(arguments.positional());
            case "changed" -> (Function) (render, arguments) -> changed(new Tuple(arguments.positional()));
            default -> null;
        };
    }

    private Object cycle(List<Object> values) {
        if (values.isEmpty()) {
            throw new TemplateError("no items for cycling given");
        }
        return values.get((int) (index0 % values.size()));
    }

    private Object changed(Object value) {
        if (lastChanged != null && Comparisons.equal(lastChanged, value)) {
            return false;
        }
        lastChanged = value;
        return true;
    }

    /** {@code loop(items)} in a recursive loop. */
    @Override
    public Object call(Render render, Arguments arguments) {
        if (recursion == null) {
            throw new TemplateError("The loop must have the 'recursive' marker to be called recursively.");
        }
        return recursion.call(render, arguments);
    }
}
