package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts requests to the model, leaves out those that cannot fit, and counts what it takes. */
final class Asking {
    private final Completer completer;
    private final Drops drops;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    private static final class Tally {
        private long requests;
        private long promptTokens;
        private long completionTokens;
        private boolean told;

        void add(Completion completion) {
            requests++;
            told |= completion.promptTokens() != null || completion.completionTokens() != null;
            promptTokens += orZero(completion.promptTokens());
            completionTokens += orZero(completion.completionTokens());
        }

        private static long orZero(@Nullable Long tokens) {
            return tokens == null ? 0 : tokens;
        }
    }

    Asking(Completer completer, Drops drops) {
        this.completer = completer;
        this.drops = drops;
    }

    boolean fits(CompletionRequest request) {
        return completer.fits(request);
    }

    /** A completion for each request; none where it does not fit or is refused, which is counted. */
    List<Optional<Completion>> ask(String stage, List<CompletionRequest> requests) {
        List<CompletionRequest> fitting =
                requests.stream().filter(this::fitsOrIsCounted).toList();
        List<Completion> completions = fitting.isEmpty() ? List.of() : completer.complete(fitting);
        Tally tally = tallies.computeIfAbsent(stage, s -> new Tally());
        List<Optional<Completion>> answers = new ArrayList<>();
        int next = 0;
        for (CompletionRequest request : requests) {
            if (next == fitting.size() || fitting.get(next) != request) {
                answers.add(Optional.empty());
                continue;
            }
            Completion completion = completions.get(next++);
            tally.add(completion);
            if (completion.refusal() != null) {
                drops.add(Drop.REFUSED, request.id() + ": " + completion.refusal());
            }
            answers.add(completion.refusal() == null ? Optional.of(completion) : Optional.empty());
        }
        return answers;
    }

    private boolean fitsOrIsCounted(CompletionRequest request) {
        boolean fits = completer.fits(request);
        if (!fits) {
            drops.add(Drop.PROMPT_TOO_LONG, request.id());
        }
        return fits;
    }

    /** Requests and tokens by stage. */
    Map<String, Summary.Usage> usage() {
        Map<String, Summary.Usage> usage = new LinkedHashMap<>();
        tallies.forEach((stage, t) -> usage.put(
                stage,
                t.told
                        ? new Summary.Usage(t.requests, t.promptTokens, t.completionTokens)
                        : new Summary.Usage(t.requests, null, null)));
        return usage;
    }

    @Nullable
    Double cost() {
        long prompt = tallies.values().stream().mapToLong(t -> t.promptTokens).sum();
        long completion =
                tallies.values().stream().mapToLong(t -> t.completionTokens).sum();
        return completer.cost(prompt, completion);
    }
}
