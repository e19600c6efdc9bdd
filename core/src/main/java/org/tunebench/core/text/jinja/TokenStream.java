package org.tunebench.core.text.jinja;

import java.util.List;

/** Tokens read one by one, with one of lookahead. */
final class TokenStream {
    private final List<Token> tokens;
    private final Dialect dialect;
    private int position;

    TokenStream(List<Token> tokens, Dialect dialect) {
        this.tokens = tokens;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    Token current() {
        return tokens.get(position);
    }

    Token lookahead() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    /** The current token; moves on. */
    Token next() {
        Token token = current();
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    boolean skipName(String name) {
        if (current().isName(name)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipOperator(String operator) {
        if (current().isOperator(operator)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(Token.Type type) {
        if (!current().is(type)) {
            throw unexpected(type.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        }
        return next();
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected(name);
        }
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected(operator);
        }
    }

    private TemplateError unexpected(String wanted) {
        return error("expected token '" + wanted + "', got '" + current().description() + "'");
    }

    TemplateError error(String message) {
        return new TemplateError(message, current().line());
    }
}
