package org.tunebench.train.check;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.batch.InspectedExample;
import org.tunebench.train.data.example.Example;

/**
 * Whether the tokens before an answer are those that {@code generate --chat} and evaluation through the chat template send:
 * the conversation so far, rendered with the generation prompt. Asked for the first and the last supervised answer of a
 * conversation.
 */
record RoundTrip(ChatTemplate template, Tokenizer tokenizer) {
    /** Tokens shown from where two sequences part. */
    private static final int SHOWN = 8;

    private static final Outcome NOTHING_ASKED = new Outcome(0, 0, "");

    /** @param what how the first of them differ */
    record Outcome(int prompts, int broken, String what) {}

    Outcome of(InspectedExample example) {
        if (!(example.example() instanceof Example.Conversation conversation)) {
            return NOTHING_ASKED;
        }
        List<Message> messages = conversation.messages();
        int first = -1;
        int last = -1;
        int turn = 0;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.ASSISTANT) {
                if (isAsked(messages, i) && counts(example, turn)) {
                    first = first < 0 ? i : first;
                    last = i;
                }
                turn++;
            }
        }
        if (first < 0) {
            return NOTHING_ASKED;
        }
        String ofFirst = difference(conversation, first, example.whole().ids());
        String ofLast = first == last
                ? null
                : difference(conversation, last, example.whole().ids());
        return new Outcome(
                first == last ? 1 : 2,
                (ofFirst == null ? 0 : 1) + (ofLast == null ? 0 : 1),
                ofFirst != null ? ofFirst : ofLast != null ? ofLast : "");
    }

    /** Whether the answer follows a turn that a model answers. */
    private static boolean isAsked(List<Message> messages, int answer) {
        Role before = answer == 0 ? Role.SYSTEM : messages.get(answer - 1).role();
        return before == Role.USER || before == Role.TOOL;
    }

    private static boolean counts(InspectedExample example, int turn) {
        return turn >= example.counted().size() || example.counted().get(turn);
    }

    /** How what is trained before an answer differs from what is sent; null where it does not. */
    private @Nullable String difference(Example.Conversation conversation, int answer, int[] trained) {
        int[] sent;
        try {
            List<Message> before = conversation.messages().subList(0, answer);
            sent = tokenizer.encodePrompt(
                    template.render(before, conversation.tools(), true).text());
        } catch (InputException refused) {
            return "the template refuses the prompt: " + refused.what();
        }
        int at = Arrays.mismatch(sent, trained);
        if (at < 0 || at == sent.length) {
            return null;
        }
        return "from token " + (at + 1) + " on: sent " + shown(sent, at) + ", trained " + shown(trained, at);
    }

    private String shown(int[] ids, int from) {
        String text = tokenizer.decode(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + SHOWN)), false);
        return from >= ids.length
                ? "nothing more"
                : "\"" + text.replace("\n", "\\n") + "\" "
                        + Arrays.toString(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + 3)));
    }
}
