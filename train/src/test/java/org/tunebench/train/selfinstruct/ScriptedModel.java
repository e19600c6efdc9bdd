package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model whose answers are known beforehand: new instructions numbered by request, some of them bad; {@code label} tasks are
 * classification tasks. It can remember what it answered, and be stopped before an answer.
 */
class ScriptedModel implements Completer {
    final List<CompletionRequest> asked = new ArrayList<>();
    final Map<String, Completion> remembered = new HashMap<>();
    int stopBefore = Integer.MAX_VALUE;
    int room = Integer.MAX_VALUE;
    boolean stuck;

    /** Where it was stopped. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String model() {
        return "scripted";
    }

    @Override
    public boolean fits(CompletionRequest request) {
        return request.prompt().length() <= room;
    }

    @Override
    public List<Completion> complete(List<CompletionRequest> requests) {
        return requests.stream()
                .map(request -> remembered.computeIfAbsent(request.id() + "\n" + request.prompt(), r -> fresh(request)))
                .toList();
    }

    private Completion fresh(CompletionRequest request) {
        if (asked.size() == stopBefore) {
            throw new StoppedException();
        }
        asked.add(request);
        return answer(request);
    }

    Completion answer(CompletionRequest request) {
        String stage = request.id().substring(0, request.id().indexOf('/'));
        int number = Integer.parseInt(request.id().substring(stage.length() + 1));
        return switch (stage) {
            case "instructions" -> said(list(stuck ? 0 : number), number % 4 == 3);
            case "classification" ->
                said(
                        request.prompt().contains("Label kind")
                                        && lastTask(request).startsWith("Label")
                                ? " Yes"
                                : " No",
                        false);
            default -> said(lastTask(request).startsWith("Label") ? labels(number) : examples(number), number == 5);
        };
    }

    private static Completion said(String text, boolean cut) {
        return new Completion(text, cut, null, 10L, 2L);
    }

    private static String lastTask(CompletionRequest request) {
        String prompt = request.prompt();
        return prompt.substring(prompt.lastIndexOf("Task: ") + 6);
    }

    /** A good instruction, one to be labelled, one of too few words, one like the first, one of a keyword. */
    private static String list(int n) {
        return " Describe thing%1$d in style%1$d using words%1$d\n10. Label kind%1$d of sort%1$d as good%1$d\n11. Too short%1$d\n"
                        .formatted(n)
                + "12. Describe thing%1$d in style%1$d using words%1$d\n13. Draw me the shape%1$d of water\n14. (odd%1$d) one of these tasks"
                        .formatted(n);
    }

    private static String labels(int n) {
        return "Class label: yes\nText: good%1$d\nClass label: no\nText: bad%1$d\nClass label: no\nText: bad%1$d"
                .formatted(n);
    }

    private static String examples(int n) {
        return n % 6 == 4
                ? "I do not know"
                : "Example 1\nInput: a%1$d\nOutput: b%1$d\nExample 2\nInput: c%1$d\nOutput: c%1$d\nExample 3\nInput: d%1$d\nOutput: not yet:"
                        .formatted(n);
    }

    @Override
    public @Nullable Double cost(long promptTokens, long completionTokens) {
        return promptTokens * 0.5 + completionTokens;
    }
}
