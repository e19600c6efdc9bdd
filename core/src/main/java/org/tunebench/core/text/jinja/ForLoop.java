package org.tunebench.core.text.jinja;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** {@code {% for target in items if filter recursive %}body{% else %}otherwise{% endfor %}} */
record ForLoop(
        Target target, Expression items, @Nullable Expression filter, boolean recursive, Block body, Block otherwise)
        implements Statement {
    @Override
    public Flow execute(Scope scope) {
        run(scope, items.evaluate(scope), 0);
        return Flow.NEXT;
    }

    private void run(Scope scope, Object values, int depth) {
        Iterator<Object> iterator = Sequences.iterator(values);
        long length = filter == null ? Sequences.lengthOrMinus1(values) : -1;
        Function deeper = recursive ? (render, arguments) -> deeper(scope, arguments, depth + 1) : null;
        LoopContext loop = new LoopContext(
                filter == null ? iterator : new Filtered(scope, iterator, target, filter), length, depth, deeper);
        boolean any = false;
        while (loop.hasNext()) {
            scope.render().step();
            any = true;
            Scope turn = scope.inner();
            target.assign(turn, loop.next());
            turn.set("loop", loop);
            if (body.execute(turn) == Flow.BREAK) {
                break;
            }
        }
        if (!any) {
            otherwise.execute(scope.inner());
        }
    }

    private Object deeper(Scope scope, Arguments arguments, int depth) {
        Object values = arguments.bind("loop", "iterable")[0];
        return scope.render().capture(() -> run(scope, java.util.Objects.requireNonNull(values), depth));
    }

    /** The items that pass the loop's filter, found as they are asked for. */
    private static final class Filtered implements Iterator<Object> {
        private final Scope scope;
        private final Iterator<Object> all;
        private final Target target;
        private final Expression filter;
        private @Nullable Object next;

        Filtered(Scope scope, Iterator<Object> all, Target target, Expression filter) {
            this.scope = scope;
            this.all = all;
            this.target = target;
            this.filter = filter;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                scope.render().step();
                Object candidate = all.next();
                Scope test = scope.inner();
                target.assign(test, candidate);
                if (Types.truth(filter.evaluate(test))) {
                    next = candidate;
                }
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
