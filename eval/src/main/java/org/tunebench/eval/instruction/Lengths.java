package org.tunebench.eval.instruction;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tunebench.eval.engine.Whitespace;

/** How many words, sentences and paragraphs an answer has. */
final class Lengths {
    /** With combining marks: NLTK, which counts words, matches by Unicode's own rules rather than {@code re}'s. */
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern DIVIDER = PythonPattern.compile("\\s?\\*\\*\\*\\s?");
    private static final String ENDS_A_WORD = ".,?!'\"";

    private Lengths() {}

    static void add(Map<String, Function<Instruction.Arguments, Instruction>> kinds) {
        kinds.put("length_constraints:number_words", arguments -> {
            Instruction.Bound bound = arguments.bound("relation", "num_words");
            return answer -> bound.holds(PythonPattern.count(WORD, answer));
        });
        // The reference counts with NLTK's Punkt, here it is Apache OpenNLP: the counts may differ by abbreviations.
        kinds.put("length_constraints:number_sentences", arguments -> {
            Instruction.Bound bound = arguments.bound("relation", "num_sentences");
            return answer -> bound.holds(Models.sentences().sentDetect(answer).length);
        });
        kinds.put("length_constraints:number_paragraphs", arguments -> {
            int wanted = arguments.number("num_paragraphs");
            return answer -> paragraphs(answer) == wanted;
        });
        kinds.put("length_constraints:nth_paragraph_first_word", arguments -> {
            int wanted = arguments.number("num_paragraphs");
            int position = arguments.number("nth_paragraph");
            String word = arguments.text("first_word").toLowerCase(Locale.ROOT);
            return answer -> beginsWith(answer, wanted, position, word);
        });
    }

    /** Parts between dividers of three asterisks, without an empty one at either end; −1 where one between is empty. */
    private static int paragraphs(String answer) {
        String[] parts = DIVIDER.split(answer, -1);
        int count = parts.length;
        for (int i = 0; i < parts.length; i++) {
            if (Whitespace.strip(parts[i]).isEmpty()) {
                if (i > 0 && i < parts.length - 1) {
                    return -1;
                }
                count--;
            }
        }
        return count;
    }

    private static boolean beginsWith(String answer, int wanted, int position, String word) {
        String[] parts = answer.split("\n\n", -1);
        int count = 0;
        for (String part : parts) {
            count += Whitespace.strip(part).isEmpty() ? 0 : 1;
        }
        if (position < 1 || position > count) {
            return false;
        }
        String paragraph = Whitespace.strip(parts[position - 1]);
        return count == wanted && !paragraph.isEmpty() && firstWord(paragraph).equals(word);
    }

    /** Up to whitespace or punctuation, without quotes before it, in lower case. */
    private static String firstWord(String paragraph) {
        int start = 0;
        for (char quote : new char[] {'\'', '"'}) {
            while (start < paragraph.length() && paragraph.charAt(start) == quote) {
                start++;
            }
        }
        int end = start;
        while (end < paragraph.length()
                && !Whitespace.isSpace(paragraph.charAt(end))
                && ENDS_A_WORD.indexOf(paragraph.charAt(end)) < 0) {
            end++;
        }
        return paragraph.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
