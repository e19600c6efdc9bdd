package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;

/**
 * How a prompt becomes text, by the rules of lm-evaluation-harness 0.4.13 ({@code ConfigurableTask.fewshot_context},
 * {@code HFLM.apply_chat_template}).
 *
 * @param chat whether the model's chat template is applied
 * @param fewshotAsMultiturn in chat, whether few-shot examples are turns of their own; else they stand in the one user message,
 *     before the question
 * @param systemInstruction stands before a suite's own description; null for none
 */
public record PromptFormat(
        boolean chat, boolean fewshotAsMultiturn, @Nullable String systemInstruction) {
    /** The texts one after the other. */
    public static final PromptFormat PLAIN = new PromptFormat(false, false, null);

    /** As the reference does it when a chat template is asked for and nothing else. */
    public static final PromptFormat CHAT = new PromptFormat(true, true, null);

    private static final String BETWEEN_SHOTS = "\n\n";
    private static final String BEFORE_ANSWER = " ";

    public PromptFormat {
        if (fewshotAsMultiturn && !chat) {
            throw new InputException(
                    "few-shot examples as turns are asked for without a chat template",
                    "prompt format",
                    "Ask for the chat template too, or leave it out");
        }
    }

    /** The text that precedes the answer. */
    public String text(Prompt prompt, LanguageModel model) {
        String system = system(prompt);
        if (!chat) {
            return system + examples(prompt) + prompt.question();
        }
        return rendered(system, turns(prompt), model);
    }

    /**
     * A conversation through the model's chat template.
     *
     * @param turns ends with the user's; the system instruction stands before them
     */
    String rendered(List<Message> turns, LanguageModel model) {
        return rendered(systemInstruction == null ? "" : systemInstruction, turns, model);
    }

    private static String rendered(String system, List<Message> turns, LanguageModel model) {
        ChatTemplate template = Prompt.template(model);
        if (system.isEmpty() || !takesSystem(template)) {
            return template.render(turns, true).text();
        }
        List<Message> all = new ArrayList<>(turns);
        all.add(0, Message.system(system));
        return template.render(all, true).text();
    }

    /** Whether a template has a place for a system message. Where it refuses one the reference leaves it out. */
    private static boolean takesSystem(ChatTemplate template) {
        try {
            template.render(List.of(Message.system("system"), Message.user("user")), true);
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    /**
     * What a result says about its prompts: {@code system_instruction}; in chat also {@code fewshot_as_multiturn} where there
     * are examples, and {@code system_left_out} where the template refuses the system message that the prompts have.
     */
    public Map<String, Object> details(List<Prompt> prompts, LanguageModel model) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (systemInstruction != null) {
            details.put("system_instruction", systemInstruction);
        }
        ChatTemplate template = model.chatTemplate();
        if (chat && template != null) {
            if (prompts.stream().anyMatch(p -> !p.shots().isEmpty())) {
                details.put("fewshot_as_multiturn", fewshotAsMultiturn);
            }
            if (prompts.stream().anyMatch(p -> !system(p).isEmpty()) && !takesSystem(template)) {
                details.put("system_left_out", true);
            }
        }
        return details;
    }

    /** Instruction and description, a blank line between them where there is no whitespace. */
    private String system(Prompt prompt) {
        String instruction = systemInstruction == null ? "" : systemInstruction;
        String description = prompt.description();
        if (instruction.isEmpty() || description.isEmpty()) {
            return instruction + description;
        }
        boolean apart = Whitespace.isSpace(instruction.codePointBefore(instruction.length()))
                || Whitespace.isSpace(description.codePointAt(0));
        return instruction + (apart ? "" : BETWEEN_SHOTS) + description;
    }

    private List<Message> turns(Prompt prompt) {
        List<Message> turns = new ArrayList<>();
        if (!fewshotAsMultiturn) {
            turns.add(Message.user(examples(prompt) + prompt.question()));
            return turns;
        }
        for (Prompt.Shot shot : prompt.shots()) {
            turns.add(Message.user(shot.question()));
            turns.add(Message.assistant(shot.answer()));
        }
        turns.add(Message.user(prompt.question()));
        return turns;
    }

    private static String examples(Prompt prompt) {
        StringBuilder text = new StringBuilder();
        for (Prompt.Shot shot : prompt.shots()) {
            text.append(shot.question())
                    .append(BEFORE_ANSWER)
                    .append(shot.answer())
                    .append(BETWEEN_SHOTS);
        }
        return text.toString();
    }
}
