package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.reports.run.Samples;

/**
 * The samples that the harness has logged.
 *
 * @param files suite → its tasks' files
 */
record HarnessSamples(Map<String, List<Source>> files) implements Samples {

    /** @param filter whose numbers stand for the task: each item has a line for every filter */
    record Source(HarnessTask task, Path file, String filter) {}

    static HarnessSamples of(Map<HarnessTask, HarnessFile> tasks) {
        Map<String, List<Source>> files = new LinkedHashMap<>();
        tasks.forEach((task, file) -> file.samples(task.task()).ifPresent(samples -> {
            String filter = HarnessMetrics.filter(file.tree().path("results").path(task.task()));
            files.computeIfAbsent(task.suite(), suite -> new ArrayList<>()).add(new Source(task, samples, filter));
        }));
        return new HarnessSamples(files);
    }

    @Override
    public Set<String> suites() {
        return files.keySet();
    }

    @Override
    public Stream<SampleRecord> of(String suite) {
        return files.getOrDefault(suite, List.of()).stream().flatMap(source -> {
            Stream<JsonNode> lines = JsonLines.read(source.file(), JsonNode.class);
            return lines.filter(
                            line -> line.path("filter").asText(source.filter()).equals(source.filter()))
                    .map(line -> HarnessSample.of(line, source))
                    .onClose(lines::close);
        });
    }

    @Override
    public Stream<Scored> scored(String suite) {
        return of(suite).map(sample -> new Scored(sample.id(), sample.group(), sample.scores()));
    }

    @Override
    public Map<String, List<PairwiseRecord>> pairwise() {
        return Map.of();
    }

    @Override
    public String where(String suite) {
        List<Source> sources = files.getOrDefault(suite, List.of());
        return sources.isEmpty() ? suite : sources.get(0).file().toString();
    }
}
