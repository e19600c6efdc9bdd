package org.tunebench.eval.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import opennlp.tools.sentdetect.SentenceDetectorME;
import org.tunebench.eval.engine.Whitespace;

/** Words as NLTK 3.10's {@code NLTKWordTokenizer} parts them, a sentence at a time: its rules, in its order. */
final class WordTokenizer {
    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String expression, String replacement, int... flags) {
            return new Rule(PythonPattern.compile(expression, flags), replacement);
        }

        static Rule contraction(String expression) {
            return of(expression, " $1 $2 ", Pattern.CASE_INSENSITIVE);
        }
    }

    private static final List<Rule> UP_TO_DASHES = List.of(
            // opening quotes
            Rule.of("([«“‘„]|[`]+)", " $1 "),
            Rule.of("^\"", "``"),
            Rule.of("(``)", " $1 "),
            Rule.of("([ (\\[{<])(\"|'{2})", "$1 `` "),
            Rule.of("(?<!\\w)(')(?!(?:re|ve|ll|m|t|s|d|n)\\b)(?=\\w)", "$1 ", Pattern.CASE_INSENSITIVE),
            // punctuation
            Rule.of("([^.])(\\.)([\\])}>\"'»”’ ]*+)\\s*$", "$1 $2 $3 "),
            Rule.of("([:,])([^\\p{Nd}])", " $1 $2"),
            Rule.of("([:,])$", " $1 "),
            Rule.of("\\.{2,}", " $0 "),
            Rule.of("[;@#$%&]", " $0 "),
            Rule.of("[\\u2012-\\u2015]", " $0 "),
            Rule.of("([^.])(\\.)([\\])}>\"']*)\\s*$", "$1 $2$3 "),
            Rule.of("[?!]", " $0 "),
            Rule.of("([^'])' ", "$1 ' "),
            Rule.of("[*]", " $0 "),
            // brackets and dashes
            Rule.of("[\\]\\[(){}<>]", " $0 "),
            Rule.of("--", " -- "));

    private static final List<Rule> AFTER_DASHES = List.of(
            // closing quotes
            Rule.of("([»”’])", " $1 "),
            Rule.of("''", " '' "),
            Rule.of("\"", " '' "),
            Rule.of("\\s+", " "),
            Rule.of("([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
            Rule.of("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
            // contractions
            Rule.contraction("\\b(can)(not)\\b"),
            Rule.contraction("\\b(d)('ye)\\b"),
            Rule.contraction("\\b(gim)(me)\\b"),
            Rule.contraction("\\b(gon)(na)\\b"),
            Rule.contraction("\\b(got)(ta)\\b"),
            Rule.contraction("\\b(lem)(me)\\b"),
            Rule.contraction("\\b(more)('n)\\b"),
            Rule.contraction("\\b(wan)(na)(?=\\s)"),
            Rule.contraction(" ('t)(is)\\b"),
            Rule.contraction(" ('t)(was)\\b"));

    private WordTokenizer() {}

    static List<String> words(String text) {
        SentenceDetectorME sentences = Models.sentences();
        List<String> words = new ArrayList<>();
        for (String sentence : sentences.sentDetect(text)) {
            words.addAll(wordsOfSentence(sentence));
        }
        return words;
    }

    static List<String> wordsOfSentence(String sentence) {
        String text = applied(UP_TO_DASHES, sentence);
        text = applied(AFTER_DASHES, " " + text + " ");
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || Whitespace.isSpace(text.charAt(i));
            if (space && start >= 0) {
                words.add(text.substring(start, i));
            }
            start = space ? -1 : start < 0 ? i : start;
        }
        return words;
    }

    private static String applied(List<Rule> rules, String text) {
        String result = text;
        for (Rule rule : rules) {
            result = rule.pattern().matcher(result).replaceAll(rule.replacement());
        }
        return result;
    }
}
