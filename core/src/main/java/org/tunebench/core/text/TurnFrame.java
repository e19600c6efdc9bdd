package org.tunebench.core.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/**
 * What a template writes around an answer, seen in a question and its answer.
 *
 * @param opening what the generation prompt adds to the question, e.g. {@code <|im_start|>assistant\n}; empty where the
 *     answer does not continue it
 * @param preamble what then stands before the content, e.g. {@code <think>\n\n</think>\n\n}: at the prompt a model would
 *     have to write it
 * @param prompts whether a prompt ends where the answer is to begin: templates without generation prompts may open the
 *     turn only with its answer
 * @param endOfTurn what follows the content, without the whitespace at its end; empty where nothing does
 */
record TurnFrame(String opening, String preamble, boolean prompts, String endOfTurn) {
    private static final TurnFrame NONE = new TurnFrame("", "", false, "");

    /** Empty texts where the template refuses a plain question and answer, or does not write them. */
    static TurnFrame of(Renderer renderer) {
        String mark = new Marks(List.of()).mark(0);
        Message question = Message.user("question");
        String answered = renderer.renderOrNull(List.of(question, Message.assistant(mark)), false);
        int at = answered == null ? -1 : answered.indexOf(mark);
        if (answered == null || at < 0) {
            return NONE;
        }
        String end = answered.substring(at + mark.length()).stripTrailing();
        String asked = renderer.renderOrNull(List.of(question), false);
        String prompted = renderer.renderOrNull(List.of(question), true);
        if (asked == null || prompted == null || !prompted.startsWith(asked)) {
            return new TurnFrame("", "", false, end);
        }
        String opening = prompted.substring(asked.length());
        if (!answered.substring(0, at).startsWith(prompted)) {
            return new TurnFrame("", "", !opening.isEmpty(), end);
        }
        String preamble = answered.substring(prompted.length(), at);
        return new TurnFrame(opening, preamble, !opening.isEmpty() || preamble.isBlank(), end);
    }

    /** Where the turn begins whose content begins at a place: before a preamble that the generation prompt leaves out. */
    int start(String text, int content) {
        int start = content - preamble.length();
        boolean said = !opening.isEmpty()
                && !preamble.isBlank()
                && text.startsWith(preamble, start)
                && text.substring(0, start).endsWith(opening);
        return said ? start : content;
    }

    /** Where the turn ends whose content ends at a place: behind the end-of-turn text, where it follows. */
    int end(String text, int content) {
        return text.startsWith(endOfTurn, content) ? content + endOfTurn.length() : content;
    }

    /** A template with everything but the messages given. */
    @FunctionalInterface
    interface Renderer {
        /** @throws InputException where the template refuses the messages */
        String render(List<Message> messages, boolean addGenerationPrompt);

        default @Nullable String renderOrNull(List<Message> messages, boolean addGenerationPrompt) {
            try {
                return render(messages, addGenerationPrompt);
            } catch (InputException refused) {
                return null;
            }
        }
    }
}
