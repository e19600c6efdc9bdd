package org.tunebench.eval.engine;

import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.ChatTemplate;

/**
 * What precedes an answer, before it is decided how it becomes text ({@link PromptFormat}).
 *
 * @param description the task's description, a system message in chat; may be empty
 * @param shots few-shot examples
 * @param question what is asked; in chat the last user message
 */
public record Prompt(String description, List<Shot> shots, String question) {
    public Prompt {
        shots = List.copyOf(shots);
    }

    /** A question with its answer, as texts without what stands between them. */
    public record Shot(String question, String answer) {}

    /** A prompt whose few-shot examples, if any, are part of the question. */
    public Prompt(String description, String question) {
        this(description, List.of(), question);
    }

    /** A prompt without description and few-shot examples. */
    public static Prompt of(String question) {
        return new Prompt("", question);
    }

    /** The text to put before an answer. */
    public String text(LanguageModel model, boolean chat) {
        return (chat ? PromptFormat.CHAT : PromptFormat.PLAIN).text(this, model);
    }

    /** The model's chat template. */
    public static ChatTemplate template(LanguageModel model) {
        ChatTemplate template = model.chatTemplate();
        if (template == null) {
            throw new InputException(
                    "chat prompts are asked for, and the model has no chat template",
                    "model " + model.name(),
                    "Evaluate it without chat, or add a chat_template to its tokenizer_config.json");
        }
        return template;
    }
}
