package org.tunebench.core.text.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements in order.
 *
 * @param lines the template line of each, for errors
 */
record Block(List<Statement> statements, int[] lines) {
    static final Block EMPTY = new Block(List.of(), new int[0]);

    /** The name under which a block's filter finds the captured text; no template can write it. */
    static final String CAPTURED = " captured";

    Statement.Flow execute(Scope scope) {
        for (int i = 0; i < lines.length; i++) {
            scope.render().step();
            try {
                Statement.Flow flow = statements.get(i).execute(scope);
                if (flow != Statement.Flow.NEXT) {
                    return flow;
                }
            } catch (TemplateError e) {
                throw e.in(lines[i]);
            }
        }
        return Statement.Flow.NEXT;
    }

    /** What the block writes, in a scope of its own, after the filter where there is one. */
    Object captureFiltered(Scope scope, @Nullable Expression filter) {
        Scope inner = scope.inner();
        String text = scope.render().capture(() -> execute(inner));
        if (filter == null) {
            return text;
        }
        inner.set(CAPTURED, text);
        return filter.evaluate(inner);
    }
}
