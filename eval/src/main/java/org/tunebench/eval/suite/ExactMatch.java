package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.OpenQuestion;
import org.tunebench.eval.engine.Response;

/** Items whose generated answer, normalised, must equal one of their targets, normalised alike: {@code exact_match}. */
record ExactMatch(OwnSuiteFile file, List<Item> items, boolean chat, long seed, String dataSha256)
        implements LoadedSuite {
    record Item(String id, @Nullable String group, String prompt, List<String> targets) {}

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Map<String, Integer> openItems() {
        Map<String, Integer> open = new LinkedHashMap<>();
        items.forEach(item -> open.put(item.id(), 1));
        return open;
    }

    @Override
    public Outcome run(Engine engine) {
        List<Response> responses = answers(
                engine,
                file,
                chat,
                seed,
                items.stream()
                        .map(item -> OpenQuestion.of(item.id(), item.prompt()))
                        .toList());
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            samples.add(sample(items.get(i), responses.get(i)));
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("data_sha256", dataSha256);
        details.put("max_new_tokens", file.maxNewTokens());
        details.put("truncated", MultipleChoice.flagged(samples, "truncated"));
        details.put("length_limit", MultipleChoice.flagged(samples, "length_limit"));
        return new Outcome(samples, chat, Summary.means(samples), Summary.groupMeans(samples), details);
    }

    private SampleRecord sample(Item item, Response response) {
        String prediction = Normalisation.apply(file.normalise(), response.text());
        boolean match = item.targets().stream()
                .anyMatch(
                        target -> Normalisation.apply(file.normalise(), target).equals(prediction));
        List<String> flags = new ArrayList<>();
        if (response.promptCut()) {
            flags.add("truncated");
        }
        if (!response.stopped()) {
            flags.add("length_limit");
        }
        return new SampleRecord(
                item.id(),
                item.group(),
                item.prompt(),
                null,
                null,
                null,
                response.text(),
                prediction,
                item.targets().size() == 1 ? item.targets().get(0) : item.targets(),
                Map.of("exact_match", match ? 1.0 : 0.0),
                flags.isEmpty() ? null : flags);
    }

    /** One answer a question, generated as the suite's file says. */
    static List<Response> answers(
            Engine engine, OwnSuiteFile file, boolean chat, long seed, List<OpenQuestion> questions) {
        Sampling sampling = Sampling.at(file.temperature(), seed);
        return engine.answer(questions, new Answering(chat, file.maxNewTokens(), sampling, file.stop())).stream()
                .map(answers -> answers.get(0))
                .toList();
    }
}
