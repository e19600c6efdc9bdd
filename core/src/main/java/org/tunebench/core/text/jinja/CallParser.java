package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.text.jinja.Expression.CallArguments;

/** The parts of expressions that take arguments: calls, filters and tests. */
final class CallParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    CallParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    CallArguments arguments() {
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
                spread = expressions.expression();
            } else if (tokens.skipOperator("**")) {
                spreadKeywords = expressions.expression();
            } else if (tokens.current().is(Token.Type.NAME)
                    && tokens.lookahead().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                valid &= keyword.put(name, expressions.expression()) == null;
            } else {
                valid &= spread == null && keyword.isEmpty();
                positional.add(expressions.expression());
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

    /** {@code |a|b(…)}; with {@code begun} the first filter stands without its bar. */
    Expression filters(Expression value, boolean begun) {
        boolean first = begun;
        while (first || tokens.skipOperator("|")) {
            first = false;
            Token name = tokens.expect(Token.Type.NAME);
            CallArguments arguments = tokens.current().isOperator("(") ? arguments() : CallArguments.NONE;
            Filter filter = tokens.dialect().filters().get(name.text());
            if (filter == null) {
                expressions.names().unknown("filter", name.text(), name.line());
            }
            value = new Expression.FilterCall(value, name.text(), filter, arguments);
        }
        return value;
    }

    Expression test(Expression value) {
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
            arguments = new CallArguments(List.of(expressions.postfix(expressions.primary())), Map.of(), null, null);
        }
        Test test = Tests.ALL.get(name.text());
        if (test == null) {
            expressions.names().unknown("test", name.text(), name.line());
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
