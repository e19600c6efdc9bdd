package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to statements, by jinja2's grammar; expressions are read by {@link ExpressionParser}. */
final class Parser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private boolean inLoop;

    /** Whether {@code break} may stand in a body: a captured body is outside the loop around it. */
    private enum Loop {
        INSIDE,
        OUTSIDE,
        AS_AROUND
    }

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    /** The statements of a template. */
    static Block parse(String source, Dialect dialect) {
        Parser parser = new Parser(new TokenStream(Lexer.tokens(source, dialect.trimsBlocks()), dialect));
        Block block = parser.block(Set.of());
        parser.expressions.names().refuseUnknown(false);
        return block;
    }

    /** Statements up to a tag of one of the names, which is left as the current token; or to the end of the source. */
    private Block block(Set<String> ends) {
        List<Statement> statements = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        while (!tokens.current().is(Token.Type.END)) {
            Token token = tokens.next();
            lines.add(token.line());
            if (token.is(Token.Type.DATA)) {
                statements.add(new Statement.Data(token.text()));
            } else if (token.is(Token.Type.VARIABLE_BEGIN)) {
                statements.add(new Statement.Print(expressions.tuple(true, Set.of(), false)));
                tokens.expect(Token.Type.VARIABLE_END);
            } else {
                Token tag = tokens.current();
                if (tag.is(Token.Type.NAME) && ends.contains(tag.text())) {
                    lines.remove(lines.size() - 1);
                    return new Block(statements, toArray(lines));
                }
                statements.add(statement());
                tokens.expect(Token.Type.BLOCK_END);
            }
        }
        if (!ends.isEmpty()) {
            throw tokens.error("Unexpected end of template. Jinja was looking for the following tags: "
                    + String.join(" or ", new java.util.TreeSet<>(ends)));
        }
        return new Block(statements, toArray(lines));
    }

    private static int[] toArray(List<Integer> lines) {
        return lines.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The body of a tag: behind its head, up to one of the end tags, whose name is consumed. */
    private Block body(boolean soft, Loop loop, String... ends) {
        if (tokens.current().isOperator(":")) {
            tokens.next();
        }
        tokens.expect(Token.Type.BLOCK_END);
        boolean outer = expressions.names().enter(soft);
        boolean outerLoop = inLoop;
        inLoop = loop == Loop.INSIDE || (loop == Loop.AS_AROUND && inLoop);
        Block block = block(Set.of(ends));
        inLoop = outerLoop;
        expressions.names().leave(outer);
        return block;
    }

    private Statement statement() {
        Token tag = tokens.expect(Token.Type.NAME);
        return switch (tag.text()) {
            case "if" -> ifStatement();
            case "for" -> forLoop();
            case "set" -> set();
            case "macro" ->
                new Macro.Define(definition(tokens.expect(Token.Type.NAME).text()));
            case "call" -> callBlock();
            case "filter" -> {
                Expression filter = expressions.filters(new Expression.Name(Block.CAPTURED), true);
                yield new Statement.FilterBlock(filter, ended(body(false, Loop.OUTSIDE, "endfilter")));
            }
            case "with" -> with();
            case "print" -> print();
            case "generation" -> new Statement.Generation(ended(body(false, Loop.OUTSIDE, "endgeneration")));
            case "break" -> loopControl(tag, Statement.Flow.BREAK);
            case "continue" -> loopControl(tag, Statement.Flow.CONTINUE);
            default -> throw new TemplateError("Encountered unknown tag '" + tag.text() + "'.", tag.line());
        };
    }

    /** Consumes the name of the end tag behind a block. */
    private Block ended(Block block) {
        tokens.next();
        return block;
    }

    private Statement loopControl(Token tag, Statement.Flow flow) {
        if (!inLoop) {
            throw new TemplateError("'" + tag.text() + "' outside loop", tag.line());
        }
        return new Statement.LoopControl(flow);
    }

    private Statement ifStatement() {
        boolean outer = expressions.names().enter(true);
        Expression condition = expressions.tuple(false, Set.of(), false);
        Block then = body(true, Loop.AS_AROUND, "elif", "else", "endif");
        Token end = tokens.next();
        Block otherwise = Block.EMPTY;
        if (end.isName("elif")) {
            int line = end.line();
            otherwise = new Block(List.of(ifStatement()), new int[] {line});
        } else if (end.isName("else")) {
            otherwise = ended(body(true, Loop.AS_AROUND, "endif"));
        }
        expressions.names().leave(outer);
        return new Statement.If(condition, then, otherwise);
    }

    private Statement forLoop() {
        Target target = target(Set.of("in"));
        tokens.expectName("in");
        Expression items = expressions.tuple(false, Set.of("recursive"), false);
        Expression filter = tokens.skipName("if") ? expressions.expression() : null;
        boolean recursive = tokens.skipName("recursive");
        Block body = body(false, Loop.INSIDE, "endfor", "else");
        Block otherwise = tokens.next().isName("else") ? ended(body(false, Loop.AS_AROUND, "endfor")) : Block.EMPTY;
        return new ForLoop(target, items, filter, recursive, body, otherwise);
    }

    private Statement set() {
        Target target = target(Set.of());
        if (tokens.skipOperator("=")) {
            return new Statement.Set(target, expressions.tuple(true, Set.of(), false));
        }
        @Nullable
        Expression filter = tokens.current().isOperator("|")
                ? expressions.filters(new Expression.Name(Block.CAPTURED), false)
                : null;
        return new Statement.SetBlock(target, filter, ended(body(false, Loop.OUTSIDE, "endset")));
    }

    private Statement with() {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().is(Token.Type.BLOCK_END)) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(target(Set.of()));
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        return new Statement.With(targets, values, ended(body(false, Loop.AS_AROUND, "endwith")));
    }

    private Statement print() {
        List<Expression> parts = new ArrayList<>();
        while (!tokens.current().is(Token.Type.BLOCK_END)) {
            if (!parts.isEmpty()) {
                tokens.expectOperator(",");
            }
            parts.add(expressions.expression());
        }
        return new Statement.Print(new Expression.Concatenation(parts));
    }

    private Statement callBlock() {
        Set<String> uses = expressions.names().startMacro();
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        if (tokens.current().isOperator("(")) {
            signature(parameters, defaults);
        }
        int line = tokens.current().line();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw new TemplateError("expected call", line);
        }
        Block body = ended(body(false, Loop.OUTSIDE, "endcall"));
        expressions.names().endMacro();
        return new Macro.CallBlock(new Macro.Definition("caller", parameters, defaults, body, uses), call);
    }

    private Macro.Definition definition(String name) {
        Set<String> uses = expressions.names().startMacro();
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        signature(parameters, defaults);
        Block body = ended(body(false, Loop.OUTSIDE, "endmacro"));
        expressions.names().endMacro();
        return new Macro.Definition(name, parameters, defaults, body, new HashSet<>(uses));
    }

    private void signature(List<String> parameters, List<Expression> defaults) {
        tokens.expectOperator("(");
        while (!tokens.current().isOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            parameters.add(tokens.expect(Token.Type.NAME).text());
            if (tokens.skipOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw tokens.error("non-default argument follows default argument");
            }
        }
        tokens.expectOperator(")");
    }

    /** Names, parted by commas or in parentheses, or {@code namespace.attribute}. */
    private Target target(Set<String> ends) {
        List<Target> parts = new ArrayList<>();
        boolean tuple = false;
        while (true) {
            parts.add(single());
            if (!tokens.skipOperator(",")) {
                break;
            }
            tuple = true;
            Token next = tokens.current();
            if (next.isOperator("=")
                    || next.isOperator(")")
                    || (next.is(Token.Type.NAME) && ends.contains(next.text()))) {
                break;
            }
        }
        return tuple ? new Target.Unpacked(parts) : parts.get(0);
    }

    private Target single() {
        if (tokens.skipOperator("(")) {
            Target inner = target(Set.of());
            tokens.expectOperator(")");
            return inner;
        }
        Token name = tokens.expect(Token.Type.NAME);
        if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
            throw new TemplateError("can't assign to '" + name.text() + "'", name.line());
        }
        return tokens.skipOperator(".")
                ? new Target.NamespaceAttribute(
                        name.text(), tokens.expect(Token.Type.NAME).text())
                : new Target.Variable(name.text());
    }
}
