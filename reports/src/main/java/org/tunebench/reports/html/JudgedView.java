package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/**
 * A suite whose answers a judge rates from 1 to 10: by turn, by category, and beside other models.
 *
 * @param turns whether the suite has several turns
 * @param pairwise empty where no answers were judged beside another model's
 */
record JudgedView(
        String suite, String anchor, boolean turns, List<Line> runs, List<PairwiseView> pairwise, Radar radar) {
    private static final SuiteMetric RATING = new SuiteMetric("score", SuiteMetric.Scale.RATING);
    private static final List<String> METRICS = List.of("score", "turn1", "turn2");

    /**
     * @param scores over all turns, of the first, of the second
     * @param judge which, and what it left without a rating
     */
    record Line(String run, String anchor, List<@Nullable Mean> scores, String judge, String samples) {}

    record Mean(String text, String sort, String interval) {}

    /**
     * What the chart shows.
     *
     * @param values run → metric → one mean rating a category
     */
    record Radar(String suite, List<String> categories, List<String> runs, List<List<List<@Nullable Double>>> values) {}

    static List<JudgedView> of(Experiment experiment) {
        List<JudgedView> views = new ArrayList<>();
        experiment.suites().forEach((suite, metric) -> {
            if (metric.scale() == SuiteMetric.Scale.RATING) {
                views.add(of(experiment, suite));
            }
        });
        return views;
    }

    private static JudgedView of(Experiment experiment, String suite) {
        List<Run> runs = experiment.runs().stream()
                .filter(run -> run.suites().containsKey(suite))
                .toList();
        List<SuiteResult> results = runs.stream()
                .map(run -> Objects.requireNonNull(run.suites().get(suite)))
                .toList();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            lines.add(line(suite, runs.get(i), results.get(i)));
        }
        boolean turns = results.stream().anyMatch(result -> result.metrics().containsKey("turn2"));
        return new JudgedView(
                suite,
                Anchor.of("judged", suite),
                turns,
                lines,
                PairwiseView.of(suite, runs),
                radar(suite, runs, results, turns ? METRICS : METRICS.subList(0, 1)));
    }

    private static Line line(String suite, Run run, SuiteResult result) {
        List<@Nullable Mean> scores = new ArrayList<>();
        METRICS.forEach(name -> scores.add(mean(result.metrics().get(name))));
        return new Line(
                run.name(),
                Anchor.of("judged", suite, run.name()),
                scores,
                judge(result.details() == null ? Map.of() : result.details()),
                Anchor.route("samples", suite, run.name(), run.name(), ""));
    }

    private static @Nullable Mean mean(@Nullable Metric metric) {
        if (metric == null) {
            return null;
        }
        List<Double> ends = metric.ci95();
        return new Mean(
                Figures.score(RATING, metric.value()),
                Double.toString(metric.value()),
                ends == null ? "" : Figures.score(RATING, ends.get(0)) + " to " + Figures.score(RATING, ends.get(1)));
    }

    /** For example {@code gpt-4, 160 rated, 3 unparsed}. */
    private static String judge(Map<String, Object> details) {
        Object judge = details.get("judge");
        Map<?, ?> facts = judge instanceof Map<?, ?> map ? map : details;
        List<String> said = new ArrayList<>();
        said.add(
                judge == null
                        ? ""
                        : judge instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : judge.toString());
        for (String count : List.of("judged", "calls", "unparsed", "judge_failed", "failed")) {
            if (facts.get(count) instanceof Number n && n.longValue() > 0) {
                said.add(n + " " + count.replace('_', ' '));
            }
        }
        return String.join(", ", said);
    }

    private static Radar radar(String suite, List<Run> runs, List<SuiteResult> results, List<String> metrics) {
        Set<String> categories = new LinkedHashSet<>();
        results.forEach(result -> categories.addAll(groups(result).keySet()));
        List<List<List<@Nullable Double>>> values = new ArrayList<>();
        for (SuiteResult result : results) {
            List<List<@Nullable Double>> ofRun = new ArrayList<>();
            for (String metric : metrics) {
                List<@Nullable Double> means = new ArrayList<>();
                for (String category : categories) {
                    SuiteResult.Group group = groups(result).get(category);
                    Metric mean = group == null ? null : group.metrics().get(metric);
                    means.add(mean == null ? null : Math.round(mean.value() * 1e3) / 1e3);
                }
                ofRun.add(means);
            }
            values.add(ofRun);
        }
        return new Radar(
                suite, List.copyOf(categories), runs.stream().map(Run::name).toList(), values);
    }

    private static Map<String, SuiteResult.Group> groups(SuiteResult result) {
        return result.groups() == null ? Map.of() : result.groups();
    }
}
