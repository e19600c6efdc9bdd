package org.tunebench.eval.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tunebench.core.record.Judgment;

/**
 * A judge that needs no model: it compares the last answer with its reference answer, word by word. The rating is
 * {@code 1 + 9 · F1}, rounded to two decimals, with F1 the harmonic mean of precision and recall over words as SQuAD counts
 * them (lower case, without punctuation and articles). It says so in each judgment. It sees wording, not quality: use it to
 * try things out and to compare answers to questions that have one short right answer.
 */
public final class ReferenceJudge implements Judge {
    static final String RULE = "word-overlap";

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
    public List<Judgment> judge(List<Exchange> exchanges) {
        return exchanges.stream().map(this::judge).toList();
    }

    private Judgment judge(Exchange exchange) {
        if (exchange.references().isEmpty()) {
            return Judgments.failed(name(), RULE, "the question has no reference answer");
        }
        int turn = exchange.answers().size() - 1;
        String reference = exchange.references().get(turn);
        double f1 = wordF1(exchange.answers().get(turn), reference);
        double rating = Math.round(100 * (1 + 9 * f1)) / 100.0;
        String text = String.format(
                Locale.ROOT,
                "Compared word by word with the reference answer '%s': F1 %.4f, rating %.2f. No model judged.",
                reference,
                f1,
                rating);
        return new Judgment(name(), RULE, text, rating, null, null, null);
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
