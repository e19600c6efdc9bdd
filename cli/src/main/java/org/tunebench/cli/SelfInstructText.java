package org.tunebench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.selfinstruct.Summary;
import org.tunebench.train.selfinstruct.Summary.Usage;

/** What a Self-Instruct run made, in a few lines. */
final class SelfInstructText {
    private SelfInstructText() {}

    static List<String> of(Summary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(summary.tasks() + " tasks (" + summary.classificationTasks() + " classification) with "
                + summary.instances() + " instances, of " + summary.instructions() + " new instructions");
        if (summary.stoppedEarly()) {
            lines.add("stopped before " + summary.wanted() + ": the model wrote nothing new any more");
        }
        summary.examplesShown().entrySet().stream()
                .filter(shown -> shownFewer(shown.getValue()))
                .forEach(shown -> lines.add("the context had room for " + shown.getValue()
                        + " worked examples of the prompt for " + shown.getKey()));
        if (!summary.dropped().isEmpty()) {
            lines.add("dropped: "
                    + summary.dropped().stream()
                            .map(d -> d.filter() + " " + d.dropped())
                            .collect(Collectors.joining(", ")));
        }
        summary.usage().forEach((stage, usage) -> lines.add(stage + ": " + words(usage)));
        if (summary.cost() != null) {
            lines.add(String.format(Locale.ROOT, "cost: %.4f", summary.cost()));
        }
        return lines;
    }

    private static boolean shownFewer(String shown) {
        String[] numbers = shown.split(" of ", -1);
        return !numbers[0].equals(numbers[numbers.length - 1]);
    }

    private static String words(Usage usage) {
        String requests = usage.requests() + " requests";
        return usage.promptTokens() == null
                ? requests
                : requests + ", " + usage.promptTokens() + " tokens of prompts and " + orZero(usage.completionTokens())
                        + " of answers";
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
