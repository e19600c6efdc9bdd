package org.tunebench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.Response;
import org.tunebench.train.selfinstruct.Completer;
import org.tunebench.train.selfinstruct.Completion;
import org.tunebench.train.selfinstruct.CompletionRequest;
import org.tunebench.train.selfinstruct.Decoding;

/** A local checkpoint that completes prompts, plain or as a user's turn of its chat template. */
final class CheckpointCompleter implements Completer {
    private final LanguageModel model;
    private final Engine engine;
    private final Dialogue dialogue;

    /** @param journal where answers are kept, and taken from where it knows them */
    CheckpointCompleter(LanguageModel model, boolean chat, Journal journal) {
        this.model = model;
        this.engine = new Engine(model, Progress.NONE, journal);
        this.dialogue = new Dialogue(model, chat);
    }

    @Override
    public String model() {
        return model.name();
    }

    /** As much room as the engine leaves to a prompt, so that none loses its start. */
    @Override
    public boolean fits(CompletionRequest request) {
        int context = model.contextLength();
        int room = Math.max(context - request.decoding().maxTokens(), context / 2);
        return engine.promptTokens(text(request)).length <= room;
    }

    private String text(CompletionRequest request) {
        return dialogue.chat() ? dialogue.prompt(List.of(Message.user(request.prompt()))) : request.prompt();
    }

    /** What is drawn alike goes through the model together. */
    private record Draws(Decoding decoding, long seed) {}

    @Override
    public List<Completion> complete(List<CompletionRequest> requests) {
        Map<Draws, List<Integer>> together = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            CompletionRequest request = requests.get(i);
            together.computeIfAbsent(new Draws(request.decoding(), request.seed()), d -> new ArrayList<>())
                    .add(i);
        }
        Completion[] completions = new Completion[requests.size()];
        together.forEach((draws, places) -> {
            List<String> prompts =
                    places.stream().map(i -> text(requests.get(i))).toList();
            List<Response> responses = engine.generate(prompts, options(draws));
            for (int i = 0; i < prompts.size(); i++) {
                Response response = responses.get(i);
                completions[places.get(i)] = new Completion(
                        response.text(),
                        !response.stopped(),
                        null,
                        (long) engine.promptTokens(prompts.get(i)).length,
                        (long) response.tokens());
            }
        });
        return Arrays.asList(completions);
    }

    private GenerationOptions options(Draws draws) {
        Decoding decoding = draws.decoding();
        Sampling sampling = decoding.temperature() == 0
                ? Sampling.GREEDY
                : new Sampling(decoding.temperature(), 0, decoding.topP(), 1, draws.seed());
        return dialogue.options(
                decoding.maxTokens(), sampling.withPresencePenalty(decoding.presencePenalty()), decoding.stops());
    }

    @Override
    public @Nullable Double cost(long promptTokens, long completionTokens) {
        return null;
    }
}
