package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands for a value. Each kind carries its meaning. */
sealed interface Expression {
    Object evaluate(Scope scope);

    record Literal(Object value) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return value;
        }
    }

    record Name(String name) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.get(name);
        }
    }

    record ListOf(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return all(items, scope);
        }
    }

    record TupleOf(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return new Tuple(all(items, scope));
        }
    }

    record DictOf(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Sequences.put(dict, keys.get(i).evaluate(scope), values.get(i).evaluate(scope));
            }
            return dict;
        }
    }

    /** {@code owner.name} */
    record Attribute(Expression owner, String name) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Attributes.attribute(owner.evaluate(scope), name);
        }
    }

    /** {@code owner[key]} */
    record Item(Expression owner, Expression key) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Attributes.item(owner.evaluate(scope), key.evaluate(scope));
        }
    }

    /** {@code owner[start:stop:step]} */
    record Slice(
            Expression owner,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object value = owner.evaluate(scope);
            scope.render().charge(Math.max(0, Sequences.lengthOrMinus1(value)));
            return Sequences.slice(value, part(start, scope), part(stop, scope), part(step, scope));
        }

        private static @Nullable Object part(@Nullable Expression part, Scope scope) {
            return part == null ? null : part.evaluate(scope);
        }
    }

    record Call(Expression callee, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return call(callee.evaluate(scope), scope.render(), arguments.evaluate(scope));
        }

        static Object call(Object callee, Render render, Arguments arguments) {
            render.step();
            if (callee instanceof Function function) {
                return function.call(render, arguments);
            } else if (callee instanceof Undefined undefined) {
                throw undefined.error();
            }
            throw new TemplateError("'" + Types.name(callee) + "' object is not callable");
        }
    }

    /** {@code value|filter(arguments)}; without a function, the name is not known and evaluating it says so. */
    record FilterCall(
            Expression value, String name, @Nullable Filter filter, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            if (filter == null) {
                throw new TemplateError("No filter named '" + name + "' found.");
            }
            scope.render().step();
            return filter.apply(scope.render(), value.evaluate(scope), arguments.evaluate(scope));
        }
    }

    /** {@code value is test(arguments)} */
    record TestCall(Expression value, String name, @Nullable Test test, CallArguments arguments) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            if (test == null) {
                throw new TemplateError("No test named '" + name + "' found.");
            }
            return test.holds(scope.render(), value.evaluate(scope), arguments.evaluate(scope));
        }
    }

    record Not(Expression value) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return !Types.truth(value.evaluate(scope));
        }
    }

    record And(Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object first = left.evaluate(scope);
            return Types.truth(first) ? right.evaluate(scope) : first;
        }
    }

    record Or(Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object first = left.evaluate(scope);
            return Types.truth(first) ? first : right.evaluate(scope);
        }
    }

    /** {@code then if condition else otherwise} */
    record Conditional(
            Expression condition, Expression then, @Nullable Expression otherwise) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            if (Types.truth(condition.evaluate(scope))) {
                return then.evaluate(scope);
            }
            return otherwise == null
                    ? new Undefined("the inline if-expression evaluated to false and no else section was defined.")
                    : otherwise.evaluate(scope);
        }
    }

    /** {@code a < b <= c}: every neighbouring pair holds, each operand evaluated once. */
    record Comparison(Expression first, List<String> operators, List<Expression> others) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object left = first.evaluate(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = others.get(i).evaluate(scope);
                if (!Comparisons.apply(scope.render(), operators.get(i), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    record Binary(String operator, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return Operators.apply(scope.render(), operator, left.evaluate(scope), right.evaluate(scope));
        }
    }

    record Sign(boolean negative, Expression value) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Object number = value.evaluate(scope);
            if (!Types.isNumber(number)) {
                throw number instanceof Undefined undefined
                        ? undefined.error()
                        : new TemplateError("bad operand type for unary sign: '" + Types.name(number) + "'");
            }
            Object plain = number instanceof Boolean ? (Object) Numbers.integer(number) : number;
            return negative ? Operators.negate(plain) : plain;
        }
    }

    /** {@code a ~ b}: the texts of both. */
    record Concatenation(List<Expression> parts) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            StringBuilder text = new StringBuilder();
            for (Expression part : parts) {
                String one = Texts.str(part.evaluate(scope));
                scope.render().charge((long) text.length() + one.length());
                text.append(one);
            }
            return text.toString();
        }
    }

    /** The unevaluated arguments of a call, with {@code *list} and {@code **dict}. */
    record CallArguments(
            List<Expression> positional,
            Map<String, Expression> keyword,
            @Nullable Expression spread,
            @Nullable Expression spreadKeywords) {
        static final CallArguments NONE = new CallArguments(List.of(), Map.of(), null, null);

        Arguments evaluate(Scope scope) {
            if (positional.isEmpty() && keyword.isEmpty() && spread == null && spreadKeywords == null) {
                return Arguments.NONE;
            }
            List<Object> values = all(positional, scope);
            Map<String, Object> named = new HashMap<>();
            keyword.forEach((name, value) -> named.put(name, value.evaluate(scope)));
            if (spread != null) {
                values.addAll(Sequences.list(scope.render(), spread.evaluate(scope)));
            }
            if (spreadKeywords != null) {
                if (!(spreadKeywords.evaluate(scope) instanceof Map<?, ?> map)) {
                    throw new TemplateError("argument after ** must be a mapping");
                }
                map.forEach((name, value) -> named.put(Texts.str(name), value));
            }
            return new Arguments(values, named);
        }
    }

    private static List<Object> all(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(expression.evaluate(scope));
        }
        return values;
    }
}
