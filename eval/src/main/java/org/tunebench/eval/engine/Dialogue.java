package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Prompt;

/**
 * How questions to be answered freely are put to a model: through its chat template, where an answer ends with the turn, or
 * plain, the turns so far parted by blank lines.
 */
record Dialogue(LanguageModel model, boolean chat) {
    private static final String PLAIN_SEPARATOR = "\n\n";

    /**
     * The text to be continued.
     *
     * @param questions one more than answers
     */
    String prompt(List<String> questions, List<String> answers) {
        List<Message> messages = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            messages.add(Message.user(questions.get(i)));
            texts.add(questions.get(i));
            if (i < answers.size()) {
                messages.add(Message.assistant(answers.get(i)));
                texts.add(answers.get(i));
            }
        }
        return chat
                ? Prompt.template(model).render(messages, true).text()
                : String.join(PLAIN_SEPARATOR, texts) + PLAIN_SEPARATOR;
    }

    /** Generation that also ends where the chat template ends a turn. */
    GenerationOptions options(int maxNewTokens, double temperature, long seed, List<String> stops) {
        List<Integer> stopTokens = new ArrayList<>();
        List<String> stopTexts = new ArrayList<>(stops);
        ChatTemplate template = chat ? Prompt.template(model) : null;
        String end = endOfTurn(template);
        if (!end.isEmpty()) {
            model.tokenizer().tokenId(end).ifPresentOrElse(stopTokens::add, () -> stopTexts.add(end));
        }
        return new GenerationOptions(maxNewTokens, temperature, 1, seed, stopTokens, stopTexts);
    }

    private static String endOfTurn(@Nullable ChatTemplate template) {
        return template == null ? "" : template.endOfTurn();
    }
}
