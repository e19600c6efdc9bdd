package org.tunebench.train.data.filter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;

/** Examples for tests, numbered by line. */
final class Examples {
    private Examples() {}

    static Example of(int line, String instruction, String response) {
        return new Example.Conversation(
                Origin.of(0, Path.of("a.json"), line), List.of(Message.user(instruction), Message.assistant(response)));
    }

    static Example answer(String response) {
        return of(1, "Tell me about it.", response);
    }

    static Example raw(String text) {
        return new Example.RawText(Origin.of(0, Path.of("a.txt"), 1), text);
    }

    /** What a filter says of one example by itself. */
    static Verdict judge(ExampleFilter filter, Example example) {
        return filter.start(FilterInputs.NONE, ExampleSource.NONE).judge(example);
    }

    /** What becomes of examples behind filters one after the other: {@code filter: objection}, null where one is kept. */
    static List<@Nullable String> run(List<ExampleFilter> filters, FilterInputs inputs, List<Example> examples) {
        List<@Nullable String> outcomes = new ArrayList<>();
        List<Example> left = new ArrayList<>(examples);
        examples.forEach(e -> outcomes.add(null));
        for (ExampleFilter filter : filters) {
            FilterPass pass = filter.start(
                    inputs,
                    sink -> left.stream()
                            .filter(e -> outcomes.get(left.indexOf(e)) == null)
                            .forEach(sink));
            for (int i = 0; i < left.size(); i++) {
                if (outcomes.get(i) == null) {
                    Verdict verdict = pass.judge(left.get(i));
                    if (verdict.score() != null) {
                        left.set(i, left.get(i).with(left.get(i).origin().withScore(filter.reason(), verdict.score())));
                    }
                    outcomes.set(i, verdict.keeps() ? null : filter.reason() + ": " + verdict.objection());
                }
            }
        }
        return outcomes;
    }
}
