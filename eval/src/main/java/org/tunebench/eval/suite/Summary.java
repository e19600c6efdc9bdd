package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.statistics.Clusters;
import org.tunebench.core.statistics.MeanEstimate;

/** Samples' scores as metrics, over all of them and by group. */
final class Summary {
    private Summary() {}

    /** Samples by group, groups by name; those without group are left out. */
    static Map<String, List<SampleRecord>> byGroup(List<SampleRecord> samples) {
        Map<String, List<SampleRecord>> groups = new TreeMap<>();
        for (SampleRecord sample : samples) {
            if (sample.group() != null) {
                groups.computeIfAbsent(sample.group(), g -> new ArrayList<>()).add(sample);
            }
        }
        return groups;
    }

    /**
     * What the standard error of every score's mean is when the samples of a group vary together. Empty where groups are
     * missing, or there are fewer than two, or none holds several samples.
     */
    static Map<String, Double> clusteredErrors(List<SampleRecord> samples) {
        List<String> groups = samples.stream()
                .map(SampleRecord::group)
                .filter(Objects::nonNull)
                .toList();
        long clusters = groups.stream().distinct().count();
        Map<String, Double> errors = new LinkedHashMap<>();
        if (groups.size() < samples.size() || clusters < 2 || clusters == samples.size()) {
            return errors;
        }
        for (String name : samples.get(0).scores().keySet()) {
            if (samples.stream().allMatch(sample -> sample.scores().containsKey(name))) {
                double[] scores =
                        samples.stream().mapToDouble(s -> s.scores().get(name)).toArray();
                Clusters.mean(scores, groups).map(Metric::stderr).ifPresent(stderr -> errors.put(name, stderr));
            }
        }
        return errors;
    }

    /** The mean of every score. */
    static Map<String, Metric> means(List<SampleRecord> samples) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String name : samples.get(0).scores().keySet()) {
            metrics.put(name, mean(samples, name).toMetric());
        }
        return metrics;
    }

    /** The mean of every score with the standard error pooled over groups, as the reference does for MMLU. */
    static Map<String, Metric> pooledMeans(Collection<List<SampleRecord>> groups) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String name : groups.iterator().next().get(0).scores().keySet()) {
            List<MeanEstimate> means = groups.stream().map(g -> mean(g, name)).toList();
            metrics.put(name, MeanEstimate.pooled(means).orElseThrow().toMetric());
        }
        return metrics;
    }

    /** The means within each group. */
    static Map<String, SuiteResult.Group> groupMeans(List<SampleRecord> samples) {
        Map<String, SuiteResult.Group> groups = new LinkedHashMap<>();
        byGroup(samples).forEach((group, own) -> groups.put(group, new SuiteResult.Group(own.size(), means(own))));
        return groups;
    }

    /** The means within each group, then those of each category, its groups weighed by size and their standard errors pooled. */
    static Map<String, SuiteResult.Group> groupMeans(List<SampleRecord> samples, Map<String, String> categories) {
        Map<String, SuiteResult.Group> all = groupMeans(samples);
        Map<String, List<SampleRecord>> groups = byGroup(samples);
        new LinkedHashSet<>(categories.values()).forEach(category -> {
            List<List<SampleRecord>> own = groups.entrySet().stream()
                    .filter(group -> category.equals(categories.get(group.getKey())))
                    .map(Map.Entry::getValue)
                    .toList();
            if (!own.isEmpty()) {
                int n = own.stream().mapToInt(List::size).sum();
                all.put(category, new SuiteResult.Group(n, pooledMeans(own)));
            }
        });
        return all;
    }

    private static MeanEstimate mean(List<SampleRecord> samples, String metric) {
        double[] values =
                samples.stream().mapToDouble(s -> s.scores().get(metric)).toArray();
        return MeanEstimate.of(values).orElseThrow();
    }
}
