package org.tunebench.core.text.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Template source to tokens, with jinja2's whitespace rules: {@code -} strips all whitespace on its side. Under
 * {@code trim_blocks} and {@code lstrip_blocks}, which chat templates have and prompts have not, the newline after a block
 * tag goes, so do the spaces before it on its line; {@code +} keeps them.
 */
final class Lexer {
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(?:-%\\}\\s*|%\\})");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
    private static final Pattern RAW_END_KEPT = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\})");

    private final String source;
    private final boolean trimsBlocks;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private boolean lineStarting = true;

    private Lexer(String source, boolean trimsBlocks) {
        this.source = source;
        this.trimsBlocks = trimsBlocks;
    }

    static List<Token> tokens(String source, boolean trimsBlocks) {
        String normal = source.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(normal.endsWith("\n") ? normal.substring(0, normal.length() - 1) : normal, trimsBlocks);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(source.substring(position));
                advance(source.length());
                break;
            }
            char kind = source.charAt(tag + 1);
            Matcher raw = RAW_BEGIN.matcher(source).region(tag, source.length());
            boolean isRaw = kind == '%' && raw.lookingAt();
            char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            boolean signed = sign == '-' || sign == '+';
            data(stripBefore(source.substring(position, tag), signed ? sign : ' ', kind != '{'));
            advance(isRaw ? raw.end() : tag + (signed ? 3 : 2));
            if (isRaw) {
                rawBlock();
            } else if (kind == '#') {
                comment();
            } else {
                tag(kind == '{');
            }
        }
        tokens.add(new Token(Token.Type.END, "", "", line));
    }

    /** The position of the next {@code {{}, {@code {%} or {@code {#}; -1 where there is none. */
    private int nextTag() {
        for (int i = source.indexOf('{', position); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            char next = source.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    private String stripBefore(String text, char sign, boolean lstrip) {
        if (sign == '-') {
            return Whitespace.stripEnd(text);
        }
        if (sign != '+' && lstrip && trimsBlocks) {
            int lineStart = text.lastIndexOf('\n') + 1;
            boolean blank = lineStart < text.length() && Whitespace.isBlank(text.substring(lineStart));
            if (blank && (lineStart > 0 || lineStarting)) {
                return text.substring(0, lineStart);
            }
        }
        return text;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Token.Type.DATA, text, text, line));
        }
    }

    private void comment() {
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw new TemplateError("missing end of comment tag", line);
        }
        boolean strips = end > position && source.charAt(end - 1) == '-';
        boolean keeps = end > position && source.charAt(end - 1) == '+';
        advance(afterTag(end + 2, strips, !keeps));
    }

    private void rawBlock() {
        Matcher end = (trimsBlocks ? RAW_END : RAW_END_KEPT).matcher(source);
        if (!end.find(position)) {
            throw new TemplateError("missing end of raw directive", line);
        }
        String sign = end.group(1);
        data(stripBefore(source.substring(position, end.start()), sign.isEmpty() ? ' ' : sign.charAt(0), true));
        advance(end.end());
    }

    /** The tokens of one {@code {{ … }}} or {@code {% … %}}, from behind its opening. */
    private void tag(boolean variable) {
        add(variable ? Token.Type.VARIABLE_BEGIN : Token.Type.BLOCK_BEGIN, "");
        Deque<Character> open = new ArrayDeque<>();
        String close = variable ? "}}" : "%}";
        while (true) {
            if (open.isEmpty()) {
                int end = closing(close, variable);
                if (end >= 0) {
                    add(variable ? Token.Type.VARIABLE_END : Token.Type.BLOCK_END, "");
                    advance(end);
                    return;
                }
            }
            if (position >= source.length()) {
                throw new TemplateError("unexpected end of template, expected '" + close + "'", line);
            }
            if (Whitespace.is(source.charAt(position))) {
                advance(position + 1);
            } else {
                Token token = TagTokens.read(source, position, line);
                balance(token, open);
                tokens.add(token);
                advance(position + token.text().length());
            }
        }
    }

    /** Where the source goes on after the tag's end, if the tag ends here; -1 otherwise. */
    private int closing(String close, boolean variable) {
        if (source.startsWith("-" + close, position)) {
            return afterTag(position + 3, true, false);
        }
        if (!variable && source.startsWith("+" + close, position)) {
            return position + 3;
        }
        return source.startsWith(close, position) ? afterTag(position + 2, false, !variable) : -1;
    }

    private int afterTag(int end, boolean strips, boolean trimsNewline) {
        int after = end;
        if (strips) {
            while (after < source.length() && Whitespace.is(source.charAt(after))) {
                after++;
            }
        } else if (trimsNewline && trimsBlocks && after < source.length() && source.charAt(after) == '\n') {
            after++;
        }
        return after;
    }

    private static void balance(Token token, Deque<Character> open) {
        if (!token.is(Token.Type.OPERATOR)) {
            return;
        }
        switch (token.text()) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty() || open.pop() != token.text().charAt(0)) {
                    throw new TemplateError("unexpected '" + token.text() + "'", token.line());
                }
            }
            default -> {}
        }
    }

    private void add(Token.Type type, String text) {
        tokens.add(new Token(type, text, text, line));
    }

    private void advance(int to) {
        for (int i = position; i < to; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        if (to > position) {
            lineStarting = source.charAt(to - 1) == '\n';
        }
        position = to;
    }
}
