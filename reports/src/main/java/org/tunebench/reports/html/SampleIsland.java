package org.tunebench.reports.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.JsonLines;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.Run;
import org.tunebench.reports.comparison.SuiteMetric;
import org.tunebench.reports.leaderboard.VisibleText;

/**
 * One suite's samples for the explorer: what is the same for every run stands once, what each run made of it follows. Keys
 * are short because there may be hundreds of thousands.
 *
 * @param lower whether a lower score is better
 */
record SampleIsland(
        String suite, String metric, boolean lower, List<String> runs, List<String> groups, List<Item> items) {

    /**
     * @param i id
     * @param g group, an index
     * @param q prompt
     * @param c choices
     * @param t target
     * @param r one answer a run, null where it has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String i,
            @Nullable Integer g,
            @Nullable String q,
            @Nullable JsonNode c,
            @Nullable JsonNode t,
            @Nullable Answer[] r) {}

    /**
     * @param s score by the metric
     * @param p prediction
     * @param l log-likelihoods, to 4 decimals
     * @param a response
     * @param f flags
     * @param j the judge's words
     * @param q its prompt, where it differs from the first run's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            @Nullable Double s,
            @Nullable JsonNode p,
            double @Nullable [] l,
            @Nullable String a,
            @Nullable JsonNode f,
            @Nullable String j,
            @Nullable String q) {}

    static List<SampleIsland> of(Experiment experiment) {
        List<SampleIsland> islands = new ArrayList<>();
        experiment.suites().forEach((suite, metric) -> {
            List<Run> runs = experiment.runs().stream()
                    .filter(run -> run.folder().samplesFiles().containsKey(suite))
                    .toList();
            if (!runs.isEmpty()) {
                islands.add(of(suite, metric, runs));
            }
        });
        return islands;
    }

    private static SampleIsland of(String suite, SuiteMetric metric, List<Run> runs) {
        Map<String, Item> items = new LinkedHashMap<>();
        TreeSet<String> groups = new TreeSet<>();
        for (Run run : runs) {
            try (Stream<JsonNode> samples = samples(run, suite)) {
                samples.forEach(sample -> group(sample, groups));
            }
        }
        List<String> ordered = List.copyOf(groups);
        for (int r = 0; r < runs.size(); r++) {
            int index = r;
            try (Stream<JsonNode> samples = samples(runs.get(r), suite)) {
                samples.forEach(sample -> {
                    Item item = items.computeIfAbsent(
                            sample.path("id").asText(), id -> item(id, sample, ordered, runs.size()));
                    Objects.requireNonNull(item.r())[index] = answer(sample, metric, item);
                });
            }
        }
        return new SampleIsland(
                VisibleText.of(suite),
                metric.lowerIsBetter() ? "negative log-likelihood a token" : metric.name(),
                metric.lowerIsBetter(),
                runs.stream().map(run -> VisibleText.of(run.name())).toList(),
                ordered,
                List.copyOf(items.values()));
    }

    private static Stream<JsonNode> samples(Run run, String suite) {
        return JsonLines.read(run.folder().samplesFile(suite), JsonNode.class);
    }

    private static void group(JsonNode sample, TreeSet<String> groups) {
        String group = text(sample, "group");
        if (group != null) {
            groups.add(group);
        }
    }

    private static Item item(String id, JsonNode sample, List<String> groups, int runs) {
        String group = text(sample, "group");
        return new Item(
                id,
                group == null ? null : groups.indexOf(group),
                text(sample, "prompt"),
                sample.get("choices"),
                sample.get("target"),
                new Answer[runs]);
    }

    private static Answer answer(JsonNode sample, SuiteMetric metric, Item item) {
        String prompt = text(sample, "prompt");
        return new Answer(
                score(sample.path("scores"), metric),
                sample.get("prediction"),
                rounded(sample.path("loglikelihoods")),
                text(sample, "response"),
                sample.get("flags"),
                text(sample.path("judgment"), "text"),
                Objects.equals(prompt, item.q()) ? null : prompt);
    }

    private static @Nullable Double score(JsonNode scores, SuiteMetric metric) {
        if (metric.lowerIsBetter()) {
            double tokens = scores.path("tokens").asDouble();
            return tokens > 0 ? round(-scores.path("loglikelihood").asDouble() / tokens) : null;
        }
        JsonNode score = scores.get(metric.name());
        return score == null ? null : round(score.asDouble());
    }

    private static double @Nullable [] rounded(JsonNode array) {
        if (!array.isArray()) {
            return null;
        }
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = round(array.get(i).asDouble());
        }
        return values;
    }

    private static double round(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : value;
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.get(key).asText() : null;
    }
}
