package org.tunebench.core.text.jinja;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens inside a tag: numbers, names, strings, operators. */
final class TagTokens {
    private static final Pattern FLOAT =
            Pattern.compile("(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\\da-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private TagTokens() {}

    /** The token at a position that is neither whitespace nor the end of the tag. */
    static Token read(String source, int position, int line) {
        char c = source.charAt(position);
        if (c >= '0' && c <= '9') {
            return number(source, position, line);
        }
        if (c == '\'' || c == '"') {
            return string(source, position, line);
        }
        if (c == '_' || Character.isLetter(source.codePointAt(position))) {
            int end = position;
            while (end < source.length() && isNamePart(source.codePointAt(end))) {
                end += Character.charCount(source.codePointAt(end));
            }
            String name = source.substring(position, end);
            return new Token(Token.Type.NAME, name, name, line);
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, position)) {
                return new Token(Token.Type.OPERATOR, operator, operator, line);
            }
        }
        throw new TemplateError("unexpected char '" + Character.toString(source.codePointAt(position)) + "'", line);
    }

    private static boolean isNamePart(int codePoint) {
        return codePoint == '_' || Character.isLetterOrDigit(codePoint);
    }

    private static Token number(String source, int position, int line) {
        Matcher matcher = FLOAT.matcher(source).region(position, source.length());
        boolean afterDot = position > 0 && source.charAt(position - 1) == '.';
        if (!afterDot && matcher.lookingAt()) {
            String text = matcher.group();
            return new Token(Token.Type.FLOAT, text, Double.parseDouble(text.replace("_", "")), line);
        }
        matcher.usePattern(INTEGER);
        if (!matcher.lookingAt()) {
            throw new TemplateError("unexpected char '" + source.charAt(position) + "'", line);
        }
        String text = matcher.group();
        return new Token(Token.Type.INTEGER, text, Numbers.parseLiteral(text.replace("_", ""), line), line);
    }

    private static Token string(String source, int position, int line) {
        char quote = source.charAt(position);
        for (int i = position + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                String text = source.substring(position, i + 1);
                String value = StringEscapes.decode(text.substring(1, text.length() - 1), line);
                return new Token(Token.Type.STRING, text, value, line);
            }
        }
        throw new TemplateError("unexpected char '" + quote + "': the string has no end", line);
    }
}
