package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;

/**
 * How questions to be answered freely are put to a model: through its chat template, where an answer ends with the turn, or
 * plain, the turns so far parted by blank lines.
 */
public record Dialogue(LanguageModel model, PromptFormat format) {
    private static final String PLAIN_SEPARATOR = "\n\n";

    /** Without an instruction. */
    public Dialogue(LanguageModel model, boolean chat) {
        this(model, chat ? PromptFormat.CHAT : PromptFormat.PLAIN);
    }

    /** Whether through the model's chat template. */
    public boolean chat() {
        return format.chat();
    }

    /**
     * The text to be continued.
     *
     * @param messages ends with the user's
     */
    public String prompt(List<Message> messages) {
        if (chat()) {
            return format.rendered(messages, model);
        }
        StringBuilder text = new StringBuilder();
        if (format.systemInstruction() != null) {
            text.append(format.systemInstruction()).append(PLAIN_SEPARATOR);
        }
        messages.forEach(message -> text.append(message.content()).append(PLAIN_SEPARATOR));
        return text.toString();
    }

    /**
     * Generation that also ends where the chat template ends a turn.
     *
     * @param stops texts that end an answer besides
     */
    public GenerationOptions options(int maxNewTokens, Sampling sampling, List<String> stops) {
        List<Integer> stopTokens = new ArrayList<>();
        List<String> stopTexts = new ArrayList<>(stops);
        String end = chat() ? Prompt.template(model).endOfTurn() : "";
        if (!end.isEmpty()) {
            model.tokenizer().tokenId(end).ifPresentOrElse(stopTokens::add, () -> stopTexts.add(end));
        }
        return new GenerationOptions(maxNewTokens, 0, sampling, stopTokens, stopTexts);
    }
}
