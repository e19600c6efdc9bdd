package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.engine.Scored;
import org.tunebench.eval.engine.TextRequest;

/**
 * Items whose choices are scored by log-likelihood. Plain, a space parts prompt and choice; through a chat template nothing
 * does, as in the reference.
 *
 * @param shots few-shot examples in the prompts; null where the suite has none
 * @param categories of the groups; then the overall standard error is pooled over the groups, a category's over its own;
 *     null where the overall score is a plain mean
 * @param delimiter between a plain prompt and a choice
 * @param dataSha256 of the files that the items came from
 */
record MultipleChoice(
        List<ChoiceItem> items,
        @Nullable Integer shots,
        PromptFormat format,
        @Nullable Map<String, String> categories,
        String delimiter,
        String dataSha256)
        implements LoadedSuite {
    static final String DELIMITER = " ";

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public List<String> texts() {
        return items.stream()
                .flatMap(item -> Stream.concat(Stream.of(item.shown()), item.choices().stream()))
                .toList();
    }

    @Override
    public Outcome run(Engine engine) {
        List<Scored> scores = engine.score(requests(engine.model()));
        List<SampleRecord> samples = new ArrayList<>();
        int first = 0;
        for (ChoiceItem item : items) {
            int end = first + item.choices().size();
            samples.add(sample(item, scores.subList(first, end)));
            first = end;
        }
        Map<String, List<SampleRecord>> groups = Summary.byGroup(samples);
        return new Outcome(
                samples,
                format.chat(),
                categories == null ? Summary.means(samples) : Summary.pooledMeans(groups.values()),
                categories == null ? Summary.groupMeans(samples) : Summary.groupMeans(samples, categories),
                details(samples, engine.model()));
    }

    /** One for each choice of each item. */
    List<TextRequest> requests(LanguageModel model) {
        List<TextRequest> requests = new ArrayList<>();
        for (ChoiceItem item : items) {
            String context = format.text(item.prompt(), model);
            for (String choice : item.choices()) {
                requests.add(new TextRequest(context, (format.chat() ? "" : delimiter) + choice));
            }
        }
        return requests;
    }

    private static SampleRecord sample(ChoiceItem item, List<Scored> choices) {
        double[] logLikelihoods =
                choices.stream().mapToDouble(Scored::logLikelihood).toArray();
        Grading.Grade grade = item.grading().grade(logLikelihoods);
        return new SampleRecord(
                item.id(),
                item.group(),
                item.shown(),
                item.choices(),
                choices.stream().map(Scored::logLikelihood).toList(),
                choices.stream().map(Scored::tokens).toList(),
                null,
                grade.prediction(),
                item.target(),
                grade.scores(),
                flags(choices, logLikelihoods, grade.prediction()));
    }

    private static @Nullable List<String> flags(List<Scored> choices, double[] logLikelihoods, int prediction) {
        List<String> flags = new ArrayList<>();
        if (choices.stream().anyMatch(Scored::contextCut)) {
            flags.add("truncated");
        }
        if (choices.stream().anyMatch(Scored::continuationCut)) {
            flags.add("choice_truncated");
        }
        if (IntStream.range(0, logLikelihoods.length)
                .anyMatch(i -> i != prediction && logLikelihoods[i] == logLikelihoods[prediction])) {
            flags.add("tie");
        }
        return flags.isEmpty() ? null : flags;
    }

    private Map<String, Object> details(List<SampleRecord> samples, LanguageModel model) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("data_sha256", dataSha256);
        details.putAll(format.details(items.stream().map(ChoiceItem::prompt).toList(), model));
        for (String flag : List.of("truncated", "choice_truncated", "tie")) {
            details.put(flag, flagged(samples, flag));
        }
        int choices = items.get(0).choices().size();
        // where items differ in their number of choices, a position says nothing
        if (items.stream().allMatch(i -> i.choices().size() == choices)) {
            details.put("confusion", Confusion.byGroup(samples, choices));
        }
        return details;
    }

    static long flagged(List<SampleRecord> samples, String flag) {
        return samples.stream()
                .filter(s -> s.flags() != null && s.flags().contains(flag))
                .count();
    }
}
