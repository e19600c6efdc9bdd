package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tunebench.core.record.Metric;
import org.tunebench.core.statistics.RatioEstimate;

/** The metrics of one task: {@code "acc,none": 0.25, "acc_stderr,none": 0.13}. */
final class HarnessMetrics {
    private static final String STDERR = "_stderr";
    private static final List<String> PREFERRED = List.of("none", "strict-match");

    private HarnessMetrics() {}

    /** The filter whose numbers stand for the task. */
    static String filter(JsonNode results) {
        Set<String> filters = new TreeSet<>();
        results.fieldNames().forEachRemaining(key -> {
            int comma = key.indexOf(',');
            if (comma >= 0) {
                filters.add(key.substring(comma + 1));
            }
        });
        return filters.stream()
                .min(Comparator.comparing((String filter) -> !PREFERRED.contains(filter))
                        .thenComparing(filter -> filter))
                .orElse("none");
    }

    /** Metrics by our names; those of another filter keep it: {@code exact_match,flexible-extract}. */
    static Map<String, Metric> of(JsonNode results, HarnessTask task) {
        String main = filter(results);
        Map<String, Metric> metrics = new LinkedHashMap<>();
        results.properties().forEach(entry -> {
            String key = entry.getKey();
            int comma = key.indexOf(',');
            if (comma < 0
                    || key.substring(0, comma).endsWith(STDERR)
                    || !entry.getValue().isNumber()) {
                return;
            }
            String name = key.substring(0, comma);
            String filter = key.substring(comma + 1);
            JsonNode stderr = results.path(name + STDERR + "," + filter);
            metrics.put(
                    task.metric(name, filter, main),
                    RatioEstimate.metric(entry.getValue().asDouble(), stderr.isNumber() ? stderr.asDouble() : null));
        });
        return metrics;
    }

    /** Of groups of samples taken together: means weighted by size, standard errors likewise. */
    static Map<String, Metric> pooled(Map<Map<String, Metric>, Integer> groups) {
        Map<String, Metric> pooled = new LinkedHashMap<>();
        groups.keySet().stream()
                .flatMap(metrics -> metrics.keySet().stream())
                .distinct()
                .forEach(name -> {
                    double n = 0;
                    double sum = 0;
                    double squares = 0;
                    for (Map.Entry<Map<String, Metric>, Integer> group : groups.entrySet()) {
                        Metric metric = group.getKey().get(name);
                        if (metric != null) {
                            double stderr = metric.stderr() == null ? Double.NaN : metric.stderr();
                            n += group.getValue();
                            sum += group.getValue() * metric.value();
                            squares += Math.pow(group.getValue() * stderr, 2);
                        }
                    }
                    double stderr = Math.sqrt(squares) / n;
                    pooled.put(name, RatioEstimate.metric(sum / n, Double.isNaN(stderr) ? null : stderr));
                });
        return pooled;
    }
}
