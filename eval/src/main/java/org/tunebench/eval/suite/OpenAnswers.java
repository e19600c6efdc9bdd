package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Response;

/**
 * Items whose answers are generated and graded by rule.
 *
 * @param shots few-shot examples in the prompts; null where the suite has none
 * @param metrics samples' scores as metrics
 * @param dataSha256 of the files that the items came from
 */
record OpenAnswers(List<OpenItem> items, @Nullable Integer shots, Answering how, Metrics metrics, String dataSha256)
        implements LoadedSuite {
    /** Samples' scores as metrics; called for all of them, and for each group. */
    @FunctionalInterface
    interface Metrics {
        Map<String, Metric> of(List<SampleRecord> samples);
    }

    /** Whose metrics are the means of the samples' scores. */
    OpenAnswers(List<OpenItem> items, @Nullable Integer shots, Answering how, String dataSha256) {
        this(items, shots, how, Summary::means, dataSha256);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public List<String> texts() {
        return items.stream()
                .flatMap(item -> Stream.of(item.shown(), String.valueOf(item.target())))
                .toList();
    }

    @Override
    public Map<String, Integer> openItems() {
        Map<String, Integer> open = new LinkedHashMap<>();
        items.forEach(item -> open.put(item.id(), 1));
        return open;
    }

    @Override
    public Outcome run(Engine engine) {
        List<List<Response>> answers =
                engine.answer(items.stream().map(OpenItem::question).toList(), how);
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            samples.add(sample(items.get(i), answers.get(i).get(0)));
        }
        Map<String, SuiteResult.Group> groups = new LinkedHashMap<>();
        Summary.byGroup(samples)
                .forEach((group, own) -> groups.put(group, new SuiteResult.Group(own.size(), metrics.of(own))));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("data_sha256", dataSha256);
        details.putAll(how.format().details(items.stream().map(OpenItem::prompt).toList(), engine.model()));
        details.put("max_new_tokens", how.maxNewTokens());
        for (String flag : List.of("truncated", "length_limit", "unparsed")) {
            details.put(flag, MultipleChoice.flagged(samples, flag));
        }
        return new Outcome(samples, how.chat(), metrics.of(samples), groups, details);
    }

    private static SampleRecord sample(OpenItem item, Response response) {
        OpenItem.Grade grade = item.grading().apply(response.text());
        List<String> flags = new ArrayList<>();
        if (response.promptCut()) {
            flags.add("truncated");
        }
        if (!response.stopped()) {
            flags.add("length_limit");
        }
        if (grade.flag() != null) {
            flags.add(grade.flag());
        }
        return new SampleRecord(
                item.id(),
                item.group(),
                item.shown(),
                null,
                null,
                null,
                response.text(),
                grade.prediction(),
                item.target(),
                grade.scores(),
                flags.isEmpty() ? null : flags);
    }
}
