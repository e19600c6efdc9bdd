package org.tunebench.core.text.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template does at one place. Each kind carries its meaning. */
sealed interface Statement
        permits Statement.Data,
                Statement.Print,
                Statement.If,
                Statement.Set,
                Statement.SetBlock,
                Statement.With,
                Statement.FilterBlock,
                Statement.Generation,
                Statement.LoopControl,
                ForLoop,
                Macro.Define,
                Macro.CallBlock {
    /** How a loop goes on after a statement. */
    enum Flow {
        NEXT,
        CONTINUE,
        BREAK
    }

    Flow execute(Scope scope);

    record Data(String text) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            scope.render().write(text);
            return Flow.NEXT;
        }
    }

    record Print(Expression value) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            scope.render().write(Texts.str(value.evaluate(scope)));
            return Flow.NEXT;
        }
    }

    record If(Expression condition, Block then, Block otherwise) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            return (Types.truth(condition.evaluate(scope)) ? then : otherwise).execute(scope);
        }
    }

    record Set(Target target, Expression value) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            target.assign(scope, value.evaluate(scope));
            return Flow.NEXT;
        }
    }

    /** {@code {% set x %}…{% endset %}}; the filter's value is the variable {@link Block#CAPTURED}. */
    record SetBlock(Target target, @Nullable Expression filter, Block body) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            target.assign(scope, body.captureFiltered(scope, filter));
            return Flow.NEXT;
        }
    }

    /** {@code {% filter f %}…{% endfilter %}} */
    record FilterBlock(Expression filter, Block body) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            scope.render().write(Texts.str(body.captureFiltered(scope, filter)));
            return Flow.NEXT;
        }
    }

    record With(List<Target> targets, List<Expression> values, Block body) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            Scope inner = scope.inner();
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(inner, values.get(i).evaluate(scope));
            }
            return body.execute(inner);
        }
    }

    /** {@code {% generation %}…{% endgeneration %}}: what the assistant is to produce. */
    record Generation(Block body) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            scope.render().generation(() -> body.execute(scope.inner()));
            return Flow.NEXT;
        }
    }

    /** {@code {% break %}} and {@code {% continue %}} */
    record LoopControl(Flow flow) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            return flow;
        }
    }
}
