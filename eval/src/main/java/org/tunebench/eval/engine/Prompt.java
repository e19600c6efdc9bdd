package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;

/**
 * What precedes an answer, before it is decided whether it goes through a chat template. Plain, it is the two texts one
 * after the other. Through a chat template it is, as in lm-evaluation-harness without {@code fewshot_as_multiturn}, a
 * system message and one user message that holds the few-shot examples and the question.
 *
 * @param description the task's description, a system message in chat; may be empty
 * @param question few-shot examples and the question
 */
public record Prompt(String description, String question) {
    /** A prompt without description. */
    public static Prompt of(String question) {
        return new Prompt("", question);
    }

    /** The text to put before an answer. */
    public String text(LanguageModel model, boolean chat) {
        if (!chat) {
            return description + question;
        }
        List<Message> messages = new ArrayList<>();
        if (!description.isEmpty()) {
            messages.add(Message.system(description));
        }
        messages.add(Message.user(question));
        return template(model).render(messages, true).text();
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
