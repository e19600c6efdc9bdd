package org.tunebench.reports.html;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.reports.leaderboard.Figures;

/** How far raters agree with each other and with themselves, as the page shows it. */
final class RaterAgreementView {
    private RaterAgreementView() {}

    /**
     * @param alpha Krippendorff's
     * @param units responses, or pairs, that two raters or more rated
     */
    record OfDimension(
            String dimension,
            String level,
            RatingsView.@Nullable Mean alpha,
            String fleissKappa,
            String cohensKappa,
            String agreement,
            int units) {}

    /** The parts of each are one a dimension: {@code accuracy 0.31, coherence 0.02}. */
    record OfRater(
            String rater,
            int rows,
            String bias,
            String drift,
            String consistency,
            String gold,
            RatingsView.@Nullable Mean firstShare) {}

    static List<OfDimension> dimensions(@Nullable RatingAgreement agreement) {
        return agreement == null
                ? List.of()
                : agreement.dimensions().entrySet().stream()
                        .map(entry -> dimension(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static OfDimension dimension(String name, RatingAgreement.OfDimension of) {
        String kappas = of.pairs().stream()
                .filter(pair -> pair.kappa() != null || pair.kappaQuadratic() != null)
                .map(pair -> pair.rater() + " and " + pair.other() + " "
                        + number(pair.kappaQuadratic() == null ? pair.kappa() : pair.kappaQuadratic()))
                .collect(Collectors.joining(", "));
        return new OfDimension(
                name,
                of.level(),
                RatingsView.Mean.of(of.alpha()),
                number(of.fleissKappa()),
                kappas,
                of.agreement() == null ? Figures.NONE : percent(of.agreement()),
                of.units());
    }

    static List<OfRater> raters(@Nullable RatingAgreement agreement) {
        return agreement == null
                ? List.of()
                : agreement.raters().stream().map(RaterAgreementView::rater).toList();
    }

    private static OfRater rater(RatingAgreement.OfRater of) {
        return new OfRater(
                of.rater(),
                of.rows() + of.preferences(),
                joined(of.drift(), drift -> RatingsView.fixed(drift.bias().value())),
                joined(
                        of.drift(),
                        drift -> drift.slope() == null
                                ? ""
                                : RatingsView.fixed(drift.slope().value())),
                joined(of.consistency(), twice -> percent(twice.agreement())),
                joined(of.gold(), gold -> percent(gold.right())),
                RatingsView.Mean.of(of.firstShare()));
    }

    private static <T> String joined(@Nullable Map<String, T> byDimension, Function<T, String> text) {
        return byDimension == null
                ? ""
                : byDimension.entrySet().stream()
                        .map(entry -> Map.entry(entry.getKey(), text.apply(entry.getValue())))
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String number(@Nullable Double value) {
        return value == null ? Figures.NONE : RatingsView.fixed(value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
