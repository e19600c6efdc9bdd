package org.tunebench.eval.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tunebench.core.record.Judgment;

/**
 * A judge that needs no model: it compares the last answer with its reference answer, word by word. The rating is
 * {@code 1 + 9 · F1}, rounded to two decimals, with F1 the harmonic mean of precision and recall over words as SQuAD counts
 * them (lower case, without punctuation and articles); of two answers the one with the higher F1 is the better. It says so in
 * each judgment. It sees wording, not quality: use it to try things out and to compare answers to questions that have one
 * short right answer.
 */
public final class ReferenceJudge implements Judge {
    static final String RULE = "word-overlap";
    private static final String NO_REFERENCE = "the question has no reference answer";

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String identity() {
        return name();
    }

    @Override
    public boolean wantsAllReferences() {
        return true;
    }

    @Override
    public List<Judgment> rate(List<Exchange> exchanges, JudgeRun run) {
        return exchanges.stream().map(this::rate).toList();
    }

    private Judgment rate(Exchange exchange) {
        if (exchange.references().isEmpty()) {
            return new Judgment(name(), RULE, null, null, NO_REFERENCE, null, null);
        }
        double f1 = f1(exchange);
        double rating = Math.round(100 * (1 + 9 * f1)) / 100.0;
        String text = String.format(
                Locale.ROOT,
                "Compared word by word with the reference answer '%s': F1 %.4f, rating %.2f. No model judged.",
                lastReference(exchange),
                f1,
                rating);
        return new Judgment(name(), RULE, text, rating, null, null, null);
    }

    @Override
    public List<Preference> compare(List<Comparison> comparisons, JudgeRun run) {
        return comparisons.stream().map(this::compare).toList();
    }

    private Preference compare(Comparison comparison) {
        if (comparison.a().references().isEmpty()) {
            return new Preference(name(), RULE, null, null, NO_REFERENCE, null, null);
        }
        double a = f1(comparison.a());
        double b = f1(comparison.b());
        Preference.Side side = a > b ? Preference.Side.A : a < b ? Preference.Side.B : Preference.Side.TIE;
        String text = String.format(
                Locale.ROOT,
                "Compared word by word with the reference answer '%s': F1 of A %.4f, of B %.4f. No model judged.",
                lastReference(comparison.a()),
                a,
                b);
        return new Preference(name(), RULE, text, side, null, null, null);
    }

    private static double f1(Exchange exchange) {
        return wordF1(exchange.lastAnswer(), lastReference(exchange));
    }

    private static String lastReference(Exchange exchange) {
        return exchange.references().get(exchange.answers().size() - 1);
    }

    /** F1 over words in [0, 1]; 1 where both are empty. */
    static double wordF1(String answer, String reference) {
        List<String> answerWords = words(answer);
        List<String> referenceWords = words(reference);
        if (answerWords.isEmpty() || referenceWords.isEmpty()) {
            return answerWords.equals(referenceWords) ? 1 : 0;
        }
        Map<String, Integer> left = new HashMap<>();
        referenceWords.forEach(word -> left.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : answerWords) {
            int count = left.getOrDefault(word, 0);
            if (count > 0) {
                common++;
                left.put(word, count - 1);
            }
        }
        return 2.0 * common / (answerWords.size() + referenceWords.size());
    }

    private static List<String> words(String text) {
        String plain = text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\p{S}]", "")
                .replaceAll("(?U)\\b(a|an|the)\\b", " ")
                .strip();
        return plain.isEmpty() ? List.of() : List.of(plain.split("(?U)\\s+"));
    }
}
