package org.tunebench.eval.rating;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.Response;

/**
 * What one model answered.
 *
 * @param model its name, kept from raters
 * @param responses prompt id → response
 */
public record ModelResponses(String model, Map<String, String> responses) {
    public ModelResponses {
        responses = Map.copyOf(responses);
    }

    /** A model's greedy answers, each of at most {@code maxNewTokens}. */
    public static ModelResponses of(LanguageModel model, List<RaterPrompt> prompts, boolean chat, int maxNewTokens) {
        Dialogue dialogue = new Dialogue(model, chat);
        List<String> texts = prompts.stream()
                .map(p -> dialogue.prompt(List.of(Message.user(p.prompt()))))
                .toList();
        List<Response> answers = new Engine(model, Progress.NONE)
                .generate(texts, dialogue.options(maxNewTokens, Sampling.GREEDY, List.of()));
        Map<String, String> responses = new LinkedHashMap<>();
        for (int i = 0; i < prompts.size(); i++) {
            responses.put(prompts.get(i).id(), answers.get(i).text());
        }
        return new ModelResponses(model.name(), responses);
    }
}
