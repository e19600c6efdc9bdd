package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.OpenQuestion;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.engine.Response;
import org.tunebench.eval.judge.Exchange;
import org.tunebench.eval.judge.Judge;

/** Items whose generated answer a judge rates from 1 to 10: {@code score}. */
record JudgedItems(
        OwnSuiteFile file,
        List<Item> items,
        PromptFormat format,
        long seed,
        @Nullable Judge judge,
        String dataSha256) implements LoadedSuite {
    record Item(String id, @Nullable String group, String prompt, List<String> references) {}

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public List<String> texts() {
        return items.stream()
                .flatMap(item -> Stream.concat(Stream.of(item.prompt()), item.references().stream()))
                .toList();
    }

    @Override
    public Map<String, Integer> openItems() {
        Map<String, Integer> open = new LinkedHashMap<>();
        items.forEach(item -> open.put(item.id(), 1));
        return open;
    }

    @Override
    public List<JudgedQuestion> judgedQuestions() {
        return items.stream()
                .map(item ->
                        new JudgedQuestion(item.id(), item.group(), List.of(item.prompt()), item.references(), false))
                .toList();
    }

    @Override
    public Outcome run(Engine engine) {
        List<Response> responses = engine
                .answer(
                        items.stream()
                                .map(item -> OpenQuestion.of(item.id(), item.prompt()))
                                .toList(),
                        file.answering(format, seed))
                .stream()
                .map(each -> each.get(0))
                .toList();
        List<Judging.Answer> answers = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Exchange exchange = new Exchange(
                    item.id(), List.of(item.prompt()), List.of(responses.get(i).text()), item.references());
            answers.add(new Judging.Answer(item.id(), 1, item.group(), exchange, responses.get(i)));
        }
        List<SampleRecord> samples = Judging.samples(answers, judge, engine);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("data_sha256", dataSha256);
        details.put("max_new_tokens", file.maxNewTokens());
        details.putAll(Judging.details(samples, judge));
        return new Outcome(
                samples,
                format.chat(),
                Judging.metrics(answers, samples, false),
                Judging.groups(answers, samples, false),
                details);
    }
}
