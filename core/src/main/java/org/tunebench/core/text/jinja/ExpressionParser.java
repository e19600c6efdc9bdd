package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.jinja.Expression.CallArguments;

/** Tokens to expressions, by jinja2's grammar and precedences. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final NameUse names = new NameUse();

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    NameUse names() {
        return names;
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

    private Expression primary() {
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

    private Expression postfix(Expression value) {
        while (true) {
            if (tokens.current().isOperator(".") || tokens.current().isOperator("[")) {
                value = subscript(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(value, arguments());
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

    private CallArguments arguments() {
        Token open = tokens.current();
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> keyword = new LinkedHashMap<>();
        Expression spread = null;
        Expression spreadKeywords = null;
        while (!tokens.current().isOperator(")")) {
            boolean valid = spreadKeywords == null;
            if (tokens.skipOperator("*")) {
                valid &= spread == null;
                spread = expression();
            } else if (tokens.skipOperator("**")) {
                spreadKeywords = expression();
            } else if (tokens.current().is(Token.Type.NAME)
                    && tokens.lookahead().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                valid &= keyword.put(name, expression()) == null;
            } else {
                valid &= spread == null && keyword.isEmpty();
                positional.add(expression());
            }
            if (!valid) {
                throw new TemplateError("invalid syntax for function call expression", open.line());
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return new CallArguments(positional, keyword, spread, spreadKeywords);
    }

    private Expression filtersAndTests(Expression value) {
        while (true) {
            if (tokens.current().isOperator("|")) {
                value = filters(value, false);
            } else if (tokens.current().isName("is")) {
                value = test(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    /** {@code |a|b(…)}; with {@code begun} the first filter stands without its bar. */
    Expression filters(Expression value, boolean begun) {
        boolean first = begun;
        while (first || tokens.skipOperator("|")) {
            first = false;
            Token name = tokens.expect(Token.Type.NAME);
            CallArguments arguments = tokens.current().isOperator("(") ? arguments() : CallArguments.NONE;
            Filter filter = Filters.ALL.get(name.text());
            if (filter == null) {
                names.unknown("filter", name.text(), name.line());
            }
            value = new Expression.FilterCall(value, name.text(), filter, arguments);
        }
        return value;
    }

    private Expression test(Expression value) {
        tokens.next();
        boolean negated = tokens.skipName("not");
        Token name = tokens.expect(Token.Type.NAME);
        CallArguments arguments = CallArguments.NONE;
        if (tokens.current().isOperator("(")) {
            arguments = arguments();
        } else if (startsOperand(tokens.current())) {
            if (tokens.current().isName("is")) {
                throw tokens.error("You cannot chain multiple tests with is");
            }
            arguments = new CallArguments(List.of(postfix(primary())), Map.of(), null, null);
        }
        Test test = Tests.ALL.get(name.text());
        if (test == null) {
            names.unknown("test", name.text(), name.line());
        }
        Expression call = new Expression.TestCall(value, name.text(), test, arguments);
        return negated ? new Expression.Not(call) : call;
    }

    private static boolean startsOperand(Token token) {
        return switch (token.type()) {
            case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }
}
