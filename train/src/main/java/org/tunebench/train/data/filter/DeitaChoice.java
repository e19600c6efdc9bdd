package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Words;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;

/** {@link Deita} at work: looks at every example, chooses greedily, then says what it chose. */
final class DeitaChoice implements FilterPass {
    private final Deita filter;
    private final @Nullable Rater rater;
    private final List<String> ids = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final TermVectors vectors = new TermVectors();
    private final Map<String, Verdict> verdicts = new HashMap<>();

    DeitaChoice(Deita filter, @Nullable Rater rater) {
        this.filter = filter;
        this.rater = rater;
    }

    /** Scores one example, in order, and keeps its vector. */
    void look(Example example) {
        List<Exchange> exchanges = Exchange.of(example);
        if (exchanges.isEmpty()) {
            return;
        }
        OptionalDouble score = score(example, exchanges);
        if (score.isEmpty()) {
            verdicts.put(example.id(), Verdict.drop("has no complexity or no quality score"));
            return;
        }
        ids.add(example.id());
        scores.add(score.getAsDouble());
        vectors.add(Words.normalised(filter.of().of(example)));
    }

    /** Chooses among all that was looked at. */
    void choose() {
        vectors.weigh();
        Comparator<Integer> bestFirst =
                Comparator.comparing((Integer i) -> scores.get(i)).reversed();
        int kept = 0;
        SimilarVectors chosen = new SimilarVectors();
        for (int i : IntStream.range(0, ids.size()).boxed().sorted(bestFirst).toList()) {
            double score = scores.get(i);
            String objection = null;
            if (kept == filter.budget()) {
                objection = String.format(Locale.ROOT, "scores %.2f, and the budget is full", score);
            } else {
                SimilarVectors.Match nearest = chosen.nearest(vectors.terms(i), vectors.weights(i));
                if (nearest != null && nearest.cosine() > filter.threshold()) {
                    objection = String.format(
                            Locale.ROOT, "is like %s (cosine %.2f)", ids.get(nearest.number()), nearest.cosine());
                } else {
                    chosen.add(i, vectors.terms(i), vectors.weights(i));
                    kept++;
                }
            }
            verdicts.put(ids.get(i), Verdict.scored(score, objection));
        }
    }

    @Override
    public Verdict judge(Example example) {
        Verdict verdict = verdicts.get(example.id());
        if (verdict == null && example instanceof Example.Conversation) {
            throw new IllegalStateException("not looked over: " + example.id());
        }
        return verdict == null ? Verdict.KEEP : verdict;
    }

    private OptionalDouble score(Example example, List<Exchange> exchanges) {
        double sum = 0;
        for (Exchange exchange : exchanges) {
            OptionalDouble complexity = part(filter.complexity(), RatingScale.COMPLEXITY, example, exchange);
            OptionalDouble quality = part(filter.quality(), RatingScale.QUALITY, example, exchange);
            if (complexity.isEmpty() || quality.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += complexity.getAsDouble() * quality.getAsDouble();
        }
        return OptionalDouble.of(sum);
    }

    private OptionalDouble part(String source, RatingScale scale, Example example, Exchange exchange) {
        if (rater != null && source.equals(Deita.JUDGE)) {
            Rater.Answer answer = scale.ask(rater, example, exchange);
            return answer.failed() ? OptionalDouble.empty() : scale.rating(answer.text());
        }
        Double given = example.origin().scores().get(source);
        return given == null ? OptionalDouble.empty() : OptionalDouble.of(given);
    }
}
