package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate.Rendered;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.recipe.Recipe;

/** What becomes of conversations that are longer than a training sequence, as the recipe says. */
record Overlong(Recipe recipe, ExampleTokenizer examples, Tokenizer tokenizer) {

    /** @param whole the conversation, of more than {@code max_length} tokens */
    Fate of(Example.Conversation example, TokenizedExample whole) {
        return switch (recipe.overlong()) {
            case TRUNCATE -> {
                TokenizedExample shorter = newest(example, example.messages(), null, false);
                yield shorter == null ? Fate.dropped(Fate.TOO_LONG) : new Fate(List.of(shorter), null, true, false);
            }
            case DROP -> Fate.dropped(Fate.TOO_LONG);
            case SPLIT -> pairs(example);
            case REFUSE ->
                throw new InputException(
                        "a conversation of " + whole.length() + " tokens, and max_length is " + recipe.maxLength(),
                        example.origin().where(),
                        "Raise max_length, or write overlong: truncate, split or drop in the recipe");
        };
    }

    /** Every answer behind all that was said before it, of which the oldest turns are dropped until it fits. */
    private Fate pairs(Example.Conversation example) {
        List<TokenizedExample> pairs = new ArrayList<>();
        List<Message> messages = example.messages();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.ASSISTANT && messages.get(i).learned()) {
                List<Message> upTo = messages.subList(0, i + 1);
                TokenizedExample pair = newest(example, upTo, tokenized(example, upTo, true), true);
                if (pair != null && pair.supervisedTokens() > 0) {
                    pairs.add(pair);
                }
            }
        }
        return pairs.isEmpty() ? Fate.dropped(Fate.TOO_LONG) : new Fate(pairs, null, false, true);
    }

    /** The newest turns that fit with the system prompt; null where not even the last exchange does. */
    private @Nullable TokenizedExample newest(
            Example.Conversation example, List<Message> messages, @Nullable TokenizedExample given, boolean lastOnly) {
        List<Message> turns = messages;
        TokenizedExample whole = given;
        while (whole == null || whole.length() > recipe.maxLength()) {
            turns = withoutOldestTurns(turns);
            if (turns.isEmpty()) {
                return null;
            }
            whole = tokenized(example, turns, lastOnly);
        }
        return whole;
    }

    private TokenizedExample tokenized(Example.Conversation example, List<Message> turns, boolean lastOnly) {
        Rendered text = examples.render(example, turns);
        return examples.conversation(example, turns, text, tokenizer.encodeWithOffsets(text.text()), lastOnly);
    }

    /** Without the turns up to the next user turn, the system prompt kept; empty when no assistant turn is left. */
    private static List<Message> withoutOldestTurns(List<Message> turns) {
        int system = turns.get(0).role() == Role.SYSTEM ? 1 : 0;
        int next = system + 1;
        while (next < turns.size() && turns.get(next).role() != Role.USER) {
            next++;
        }
        List<Message> newest = turns.subList(Math.min(next, turns.size()), turns.size());
        if (newest.stream().noneMatch(m -> m.role() == Role.ASSISTANT)) {
            return List.of();
        }
        List<Message> left = new ArrayList<>(turns.subList(0, system));
        left.addAll(newest);
        return left;
    }
}
