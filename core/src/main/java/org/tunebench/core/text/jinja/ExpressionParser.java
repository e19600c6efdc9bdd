package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to expressions, by jinja2's grammar and precedences. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final NameUse names = new NameUse();
    private final CallParser calls;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.calls = new CallParser(tokens, this);
    }

    NameUse names() {
        return names;
    }

    /** {@code |a|b(…)} behind a value; with {@code begun} the first filter stands without its bar. */
    Expression filters(Expression value, boolean begun) {
        return calls.filters(value, begun);
    }

    Expression expression() {
        int mark = names.mark();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Expression otherwise = tokens.skipName("else") ? expression() : null;
            value = new Expression.Conditional(condition, value, otherwise);
            names.forgiveSince(mark);
        }
        return value;
    }

    /**
     * One expression, or several parted by commas as a tuple.
     *
     * @param conditional whether {@code a if b} belongs to it
     * @param ends names that end it
     * @param parenthesised whether nothing at all is the empty tuple
     */
    Expression tuple(boolean conditional, Set<String> ends, boolean parenthesised) {
        List<Expression> parts = new ArrayList<>();
        boolean tuple = false;
        while (!endsTuple(ends)) {
            parts.add(conditional ? expression() : or());
            if (!tokens.skipOperator(",")) {
                break;
            }
            tuple = true;
        }
        if (!tuple && parts.size() == 1) {
            return parts.get(0);
        }
        if (!tuple && !parenthesised) {
            throw tokens.error(
                    "Expected an expression, got '" + tokens.current().description() + "'");
        }
        return new Expression.TupleOf(parts);
    }

    private boolean endsTuple(Set<String> ends) {
        Token token = tokens.current();
        return token.is(Token.Type.VARIABLE_END)
                || token.is(Token.Type.BLOCK_END)
                || token.isOperator(")")
                || (token.is(Token.Type.NAME) && ends.contains(token.text()));
    }

    private Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        return tokens.skipName("not") ? new Expression.Not(not()) : comparison();
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.is(Token.Type.OPERATOR) && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.skipName("in")) {
                operators.add("in");
            } else if (token.isName("not") && tokens.lookahead().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                break;
            }
            others.add(sum());
        }
        return operators.isEmpty() ? first : new Expression.Comparison(first, operators, others);
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            left = new Expression.Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Concatenation(parts);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.current().is(Token.Type.OPERATOR)
                && Set.of("*", "/", "//", "%").contains(tokens.current().text())) {
            left = new Expression.Binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (tokens.skipOperator("**")) {
            left = new Expression.Binary("**", left, unary(true));
        }
        return left;
    }

    private Expression unary(boolean filtered) {
        Expression value;
        if (tokens.skipOperator("-")) {
            value = new Expression.Sign(true, unary(false));
        } else if (tokens.skipOperator("+")) {
            value = new Expression.Sign(false, unary(false));
        } else {
            value = primary();
        }
        value = postfix(value);
        return filtered ? filtersAndTests(value) : value;
    }

    Expression primary() {
        Token token = tokens.next();
        switch (token.type()) {
            case NAME:
                return name(token.text());
            case INTEGER, FLOAT:
                return new Expression.Literal(token.value());
            case STRING:
                StringBuilder text = new StringBuilder((String) token.value());
                while (tokens.current().is(Token.Type.STRING)) {
                    text.append((String) tokens.next().value());
                }
                return new Expression.Literal(text.toString());
            case OPERATOR:
                if (token.text().equals("(")) {
                    Expression inner = tuple(true, Set.of(), true);
                    tokens.expectOperator(")");
                    return inner;
                } else if (token.text().equals("[")) {
                    return list();
                } else if (token.text().equals("{")) {
                    return dict();
                }
                break;
            default:
        }
        throw new TemplateError("unexpected '" + token.description() + "'", token.line());
    }

    private Expression name(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Literal(true);
            case "false", "False" -> new Expression.Literal(false);
            case "none", "None" -> new Expression.Literal(None.NONE);
            default -> {
                names.read(name);
                yield new Expression.Name(name);
            }
        };
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!tokens.current().isOperator("]")) {
            items.add(expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("]");
        return new Expression.ListOf(items);
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().isOperator("}")) {
            keys.add(expression());
            tokens.expectOperator(":");
            values.add(expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
        return new Expression.DictOf(keys, values);
    }

    Expression postfix(Expression value) {
        while (true) {
            if (tokens.current().isOperator(".") || tokens.current().isOperator("[")) {
                value = subscript(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(value, calls.arguments());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression owner) {
        if (tokens.next().isOperator(".")) {
            Token name = tokens.next();
            if (name.is(Token.Type.NAME)) {
                return new Expression.Attribute(owner, name.text());
            } else if (name.is(Token.Type.INTEGER)) {
                return new Expression.Item(owner, new Expression.Literal(name.value()));
            }
            throw new TemplateError("expected name or number", name.line());
        }
        @Nullable Expression start = tokens.current().isOperator(":") ? null : expression();
        if (tokens.skipOperator(":")) {
            Expression stop = slicePart();
            Expression step = tokens.skipOperator(":") ? slicePart() : null;
            tokens.expectOperator("]");
            return new Expression.Slice(owner, start, stop, step);
        }
        List<Expression> keys = new ArrayList<>();
        if (start != null) {
            keys.add(start);
        }
        while (tokens.skipOperator(",")) {
            keys.add(expression());
        }
        tokens.expectOperator("]");
        return new Expression.Item(owner, keys.size() == 1 ? keys.get(0) : new Expression.TupleOf(keys));
    }

    private @Nullable Expression slicePart() {
        Token token = tokens.current();
        return token.isOperator(":") || token.isOperator("]") ? null : expression();
    }

    private Expression filtersAndTests(Expression value) {
        while (true) {
            if (tokens.current().isOperator("|")) {
                value = calls.filters(value, false);
            } else if (tokens.current().isName("is")) {
                value = calls.test(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(value, calls.arguments());
            } else {
                return value;
            }
        }
    }
}
