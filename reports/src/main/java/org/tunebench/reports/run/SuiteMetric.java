package org.tunebench.reports.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The metric that a suite is ranked and compared by.
 *
 * @param name in results.json and in a sample's scores
 * @param scale what its numbers are
 */
public record SuiteMetric(String name, Scale scale) {

    /** What a metric's numbers are, and how small a difference counts as none. */
    public enum Scale {
        /** A share of items or of probability, shown in per cent. */
        SHARE(0.02, "points"),
        /** A judge's rating from 1 to 10. */
        RATING(0.2, "rating points"),
        /** Perplexity per token, lower is better; compared as mean negative log-likelihood per token, document by document. */
        PERPLEXITY(0.02, "nats a token"),
        /** Any other number, higher is better; no difference is called small. */
        QUANTITY(0, ""),
        /** Any other number, lower is better. */
        LOSS(0, "");

        private final double margin;
        private final String unit;

        Scale(double margin, String unit) {
            this.margin = margin;
            this.unit = unit;
        }

        /** Two models are called the same where the whole interval of their difference is smaller than this. */
        public double margin() {
            return margin;
        }

        /** The unit of a difference, as shown. */
        public String unit() {
            return unit;
        }
    }

    /** Suites whose own papers or reference harness name the metric to report. */
    private static final Map<String, SuiteMetric> BY_SUITE = Map.of(
            "mmlu", share("acc"),
            "mmlu_cloze", share("acc"),
            "hellaswag", share("acc_norm"),
            "arc", share("acc_norm"),
            "truthfulqa_mc", share("mc2"),
            "truthfulqa_gen", share("bleu_acc"),
            "gsm8k", share("exact_match_strict"),
            "humaneval", share("pass@1"),
            "ifeval", share("prompt_level_strict_acc"),
            "mt_bench", new SuiteMetric("score", Scale.RATING));

    /** For suites of one's own: the first of these that the results have. */
    private static final List<SuiteMetric> IN_ORDER = List.of(
            share("acc"),
            share("exact_match"),
            share("pass@1"),
            new SuiteMetric("score", Scale.RATING),
            new SuiteMetric("token_perplexity", Scale.PERPLEXITY),
            share("mc2"));

    private static final Pattern LOSSES =
            Pattern.compile("perplexity|bits_per_byte|loss|brier|(^|_)(ter|wer|cer)($|_)");

    private static SuiteMetric share(String name) {
        return new SuiteMetric(name, Scale.SHARE);
    }

    /**
     * The metric of a suite, of those its results have; empty where they have none.
     *
     * @param available metric → its values
     */
    public static Optional<SuiteMetric> of(String suite, Map<String, List<Double>> available) {
        SuiteMetric known = BY_SUITE.get(suite);
        if (known != null && available.containsKey(known.name())) {
            return Optional.of(known);
        }
        return IN_ORDER.stream()
                .filter(metric -> available.containsKey(metric.name()))
                .findFirst()
                .or(() -> available.entrySet().stream()
                        .min(Map.Entry.comparingByKey())
                        .map(entry -> unknown(entry.getKey(), entry.getValue())));
    }

    /** What its name and its values suggest. */
    private static SuiteMetric unknown(String name, List<Double> values) {
        Scale scale = lowerIsBetter(name)
                ? Scale.LOSS
                : values.stream().allMatch(v -> v >= 0 && v <= 1) ? Scale.SHARE : Scale.QUANTITY;
        return new SuiteMetric(name, scale);
    }

    /** Whether lower is better, as far as a metric's name says. */
    public static boolean lowerIsBetter(String metric) {
        return LOSSES.matcher(metric).find();
    }

    public boolean lowerIsBetter() {
        return scale == Scale.PERPLEXITY || scale == Scale.LOSS;
    }

    /** One sample's score in the unit of differences; empty where the sample has none. */
    public OptionalDouble itemScore(Map<String, Double> scores) {
        if (scale == Scale.PERPLEXITY) {
            @Nullable Double logLikelihood = scores.get("loglikelihood");
            @Nullable Double tokens = scores.get("tokens");
            return logLikelihood == null || tokens == null || !(tokens > 0)
                    ? OptionalDouble.empty()
                    : finite(-logLikelihood / tokens);
        }
        @Nullable Double score = scores.get(name);
        return score == null ? OptionalDouble.empty() : finite(score);
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
