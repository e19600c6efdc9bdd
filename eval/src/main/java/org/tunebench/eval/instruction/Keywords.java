package org.tunebench.eval.instruction;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Words and letters that are to be there, or not. Keywords are regular expressions, as in the reference. */
final class Keywords {
    private Keywords() {}

    static void add(Map<String, Function<Instruction.Arguments, Instruction>> kinds) {
        kinds.put("keywords:existence", arguments -> {
            List<Pattern> keywords = patterns(arguments.texts("keywords"), "");
            return answer -> keywords.stream()
                    .allMatch(keyword -> keyword.matcher(answer).find());
        });
        kinds.put("keywords:forbidden_words", arguments -> {
            List<Pattern> words = patterns(arguments.texts("forbidden_words"), "\\b");
            return answer ->
                    words.stream().noneMatch(word -> word.matcher(answer).find());
        });
        kinds.put("keywords:frequency", arguments -> {
            Pattern keyword = pattern(arguments.text("keyword").strip());
            Instruction.Bound bound = arguments.bound("relation", "frequency");
            return answer -> bound.holds(PythonPattern.count(keyword, answer));
        });
        // The reference takes a letter at random where the one asked for is not from a to z; here it is the one asked
        // for.
        kinds.put("keywords:letter_frequency", arguments -> {
            int letter =
                    arguments.text("letter").strip().toLowerCase(Locale.ROOT).codePointAt(0);
            Instruction.Bound bound = arguments.bound("let_relation", "let_frequency");
            return answer -> bound.holds((int) answer.toLowerCase(Locale.ROOT)
                    .codePoints()
                    .filter(c -> c == letter)
                    .count());
        });
    }

    private static List<Pattern> patterns(List<String> words, String edge) {
        return words.stream().map(word -> pattern(edge + word + edge)).toList();
    }

    private static Pattern pattern(String expression) {
        return PythonPattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }
}
