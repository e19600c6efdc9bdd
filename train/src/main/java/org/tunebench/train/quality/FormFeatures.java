package org.tunebench.train.quality;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Numbers about the form of a response: length, how it begins and ends, characters, capitals, brackets. */
final class FormFeatures {
    private static final Pattern SENTENCE_START = Pattern.compile("[.!?]\\s+(\\p{L})");
    private static final Pattern WORD_START = Pattern.compile("(?<=[\\p{L},;] )\\p{Lu}");
    private static final String CLOSING = ".!?\"”')]}`*|>:;…";

    private FormFeatures() {}

    static void put(String response, List<String> tokens, Map<String, Double> features) {
        String text = response.strip();
        double length = Math.max(1, text.length());
        double words = Math.max(1, tokens.stream().filter(FormFeatures::isWord).count());
        features.put("log_words", Math.log1p(words));
        features.put("empty", text.isEmpty() ? 1.0 : 0.0);
        features.put(
                "ends_as_a_sentence",
                !text.isEmpty() && CLOSING.indexOf(text.charAt(text.length() - 1)) >= 0 ? 1.0 : 0.0);
        features.put("begins_with_capital", !text.isEmpty() && Character.isLowerCase(text.charAt(0)) ? 0.0 : 1.0);
        features.put(
                "mean_word_length",
                tokens.stream()
                                .filter(FormFeatures::isWord)
                                .mapToInt(String::length)
                                .sum()
                        / words);
        features.put("letters", count(text, Character::isLetter) / length);
        features.put("digits", count(text, Character::isDigit) / length);
        features.put("spaces", count(text, Character::isWhitespace) / length);
        features.put("beyond_ascii", count(text, c -> c > 127 && Character.isLetter(c)) / length);
        features.put("line_ends", count(text, c -> c == '\n') / length);
        features.put(
                "function_words",
                tokens.stream()
                                .filter(t -> WordClasses.isFunctionWord(t.toLowerCase(java.util.Locale.ROOT)))
                                .count()
                        / words);
        features.put(
                "one_letter_words",
                tokens.stream()
                                .filter(t -> t.length() == 1 && isWord(t) && !"aAI".contains(t))
                                .count()
                        / words);
        features.put("sentence_starts_small", share(SENTENCE_START, text, words, true));
        features.put("capitals_inside", share(WORD_START, text, words, false));
        features.put(
                "vowelless_words",
                tokens.stream()
                                .filter(t -> t.length() > 3 && isWord(t) && t.matches("(?i)[a-z&&[^aeiouy]]+"))
                                .count()
                        / words);
        features.put("open_brackets", Math.min(3, Math.abs(count(text, c -> c == '(') - count(text, c -> c == ')'))));
        features.put("open_quotes", count(text, c -> c == '"') % 2.0);
        features.put("open_fence", text.split("```", -1).length % 2 == 0 ? 1.0 : 0.0);
    }

    private static boolean isWord(String token) {
        return Character.isLetterOrDigit(token.codePointAt(0));
    }

    private static double count(String text, java.util.function.IntPredicate wanted) {
        return text.codePoints().filter(wanted).count();
    }

    private static double share(Pattern pattern, String text, double words, boolean smallOnly) {
        return pattern.matcher(text)
                        .results()
                        .filter(m ->
                                !smallOnly || Character.isLowerCase(m.group(1).codePointAt(0)))
                        .count()
                / words;
    }
}
