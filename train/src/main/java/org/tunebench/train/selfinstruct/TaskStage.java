package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A stage that asks one question about each instruction, greedily, some at a time. */
final class TaskStage {
    private static final int REQUESTS_AT_ONCE = 64;

    private final String name;
    private final Asking asking;
    private final Listener listener;

    TaskStage(String name, Asking asking, Listener listener) {
        this.name = name;
        this.asking = asking;
        this.listener = listener;
    }

    /** A template with as many examples as the context has room for beside the longest instruction. */
    FewShotTemplate fitting(FewShotTemplate template, String end, Decoding decoding, List<MadeInstruction> made) {
        Optional<String> longest =
                made.stream().map(MadeInstruction::instruction).max(Comparator.comparingInt(String::length));
        return longest.map(instruction -> template.fitting(
                        t -> asking.fits(new CompletionRequest(name, t.prompt(instruction, end), decoding, 0))))
                .orElse(template);
    }

    /** An answer for each instruction, where there is one. @param request by the instruction's place */
    List<Optional<Completion>> answers(int number, IntFunction<CompletionRequest> request) {
        List<Optional<Completion>> answers = new ArrayList<>();
        if (number > 0) {
            listener.progress(name, 0, number);
        }
        while (answers.size() < number) {
            List<CompletionRequest> requests = new ArrayList<>();
            for (int i = answers.size(); i < Math.min(number, answers.size() + REQUESTS_AT_ONCE); i++) {
                requests.add(request.apply(i));
            }
            answers.addAll(asking.ask(name, requests));
            listener.progress(name, answers.size(), number);
        }
        return answers;
    }
}
