package org.tunebench.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Rankings;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.record.Ratings;

/** Agreement, raters, rankings and judge as text for the terminal. */
final class AgreementText {
    /** Krippendorff's own bounds: from the first on reliable, from the second on for tentative conclusions. */
    private static final double RELIABLE = 0.8;

    private static final double TENTATIVE = 0.667;

    private final StringBuilder text = new StringBuilder();

    private AgreementText() {}

    static String of(Ratings ratings) {
        AgreementText made = new AgreementText();
        if (ratings.agreement() != null) {
            made.dimensions(ratings.agreement().dimensions());
            made.raters(ratings.agreement().raters());
        }
        if (ratings.rankings() != null) {
            made.rankings(ratings.rankings());
        }
        if (ratings.judge() != null) {
            made.judge(ratings.judge());
        }
        return made.text.toString();
    }

    private void dimensions(Map<String, RatingAgreement.OfDimension> dimensions) {
        line("Agreement of raters");
        dimensions.forEach((name, agreement) -> {
            line(
                    "  %-14s alpha (%s) %s  %s; Fleiss' kappa %s, equal %s, %d items with %d ratings",
                    name,
                    agreement.level(),
                    metric(agreement.alpha()),
                    verdict(agreement.alpha()),
                    number(agreement.fleissKappa()),
                    share(agreement.agreement()),
                    agreement.units(),
                    agreement.ratings());
            for (RatingAgreement.Pair pair : agreement.pairs()) {
                line(
                        "    %s – %s: kappa %s%s, equal %s, n %d",
                        pair.rater(),
                        pair.other(),
                        number(pair.kappa()),
                        pair.kappaQuadratic() == null ? "" : ", quadratic " + number(pair.kappaQuadratic()),
                        share(pair.agreement()),
                        pair.n());
            }
        });
    }

    private static String verdict(@Nullable Metric alpha) {
        if (alpha == null) {
            return "not defined";
        }
        return alpha.value() >= RELIABLE ? "reliable" : alpha.value() >= TENTATIVE ? "tentative" : "not reliable";
    }

    private void raters(List<RatingAgreement.OfRater> raters) {
        line("Raters");
        for (RatingAgreement.OfRater rater : raters) {
            line("  %s: %d ratings, %d pairs", rater.rater(), rater.rows(), rater.preferences());
            rater.drift()
                    .forEach((name, drift) -> line(
                            "    %-14s %s than the %s by %s; per 100 rows %s",
                            name,
                            drift.bias().value() < 0 ? "stricter" : "milder",
                            drift.against().equals("raters") ? "others" : "model's mean",
                            absolute(drift.bias()),
                            metric(drift.slope())));
            rater.consistency()
                    .forEach((name, c) -> line(
                            "    %-14s the same a second time %s, n %d%s",
                            name, share(c.agreement()), c.n(), distance(c.distance())));
            rater.gold()
                    .forEach((name, g) -> line(
                            "    %-14s right on gold %s, n %d%s",
                            name, share(g.right()), g.n(), distance(g.distance())));
            if (rater.firstShare() != null) {
                line("    the first of two chosen %s", metric(rater.firstShare()));
            }
        }
    }

    private void rankings(Rankings rankings) {
        line(
                "Ranking from %s: %d comparisons, %d ties, %d both bad",
                rankings.source().equals("pairs") ? "compared pairs" : "ratings of the same prompt",
                rankings.comparisons(),
                rankings.ties(),
                rankings.bothBad());
        for (Rankings.Ranked model : rankings.models()) {
            line(
                    "  %-24s strength %s, place %d to %d, won %s of %d",
                    model.model(),
                    metric(model.strength()),
                    model.bestRank(),
                    model.worstRank(),
                    share(model.winShare().value()),
                    model.comparisons());
        }
    }

    private void judge(JudgeAgreement judge) {
        line("Judge %s on %s against raters: %d responses", judge.judge(), judge.suite(), judge.responses());
        judge.correlations()
                .forEach((name, c) -> line(
                        "  %-14s Spearman %s, Pearson %s, n %d",
                        name, metric(c.spearman()), number(c.pearson()), c.n()));
        if (judge.pairs() != null) {
            line(
                    "  pairs          the same %s of %d, without ties %s of %d, kappa %s",
                    share(judge.pairs().agreement()),
                    judge.pairs().n(),
                    share(judge.pairs().withoutTies()),
                    judge.pairs().decided(),
                    number(judge.pairs().kappa()));
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String absolute(Metric bias) {
        return number(Math.abs(bias.value())) + (bias.stderr() == null ? "" : " ± " + number(1.96 * bias.stderr()));
    }

    private static String metric(@Nullable Metric metric) {
        if (metric == null) {
            return "–";
        }
        List<Double> ends = metric.ci95();
        return number(metric.value())
                + (ends == null ? "" : " [" + number(ends.get(0)) + ", " + number(ends.get(1)) + "]");
    }

    private static String number(@Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String share(@Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * value);
    }

    private static String distance(@Nullable Double points) {
        return points == null ? "" : String.format(Locale.ROOT, ", %.2f points apart", points);
    }
}
