package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Rendered;
import org.tunebench.core.text.ChatTemplate.Span;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.recipe.Recipe;

/**
 * Which characters of a rendered conversation the loss counts. The template's own spans say where the assistant turns are.
 * Turns of other roles, where a recipe supervises them, are what each message adds to the rendering of those before it, from
 * its content on, with the end-of-turn text where that follows.
 */
record Supervision(Recipe.Mask mask, Set<Role> roles, ChatTemplate template) {
    Supervision {
        roles = Set.copyOf(roles);
    }

    /**
     * A turn's characters.
     *
     * @param assistant whether an assistant turn, behind which an end-of-sequence token may have to be put
     * @param counts whether the loss counts it
     */
    record Turn(Span span, boolean assistant, boolean counts) {}

    /** Every assistant turn and every other turn that counts, in the order of the text. */
    List<Turn> turns(Example.Conversation example, List<Message> messages, Rendered rendered, boolean lastOnly) {
        List<Turn> turns = new ArrayList<>();
        for (Span span : rendered.assistantSpans()) {
            turns.add(new Turn(span, true, roles.contains(Role.ASSISTANT)));
        }
        Set<Role> others = EnumSet.noneOf(Role.class);
        others.addAll(roles);
        others.remove(Role.ASSISTANT);
        if (!others.isEmpty()) {
            addOthers(example, messages, rendered.text(), others, turns);
            turns.sort(Comparator.comparingInt(t -> t.span().start()));
        }
        if (lastOnly || mask == Recipe.Mask.LAST_TURN) {
            int last = turns.size() - 1;
            while (last >= 0 && !turns.get(last).counts()) {
                last--;
            }
            for (int i = 0; i < last; i++) {
                turns.set(i, new Turn(turns.get(i).span(), turns.get(i).assistant(), false));
            }
        }
        return turns;
    }

    private void addOthers(
            Example.Conversation example, List<Message> messages, String text, Set<Role> others, List<Turn> turns) {
        int from = 0;
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String upTo = i == messages.size() - 1
                    ? text
                    : template.render(messages.subList(0, i + 1), example.tools(), false)
                            .text();
            String content = message.content().strip();
            int start = upTo.indexOf(content, from);
            boolean follows = text.startsWith(upTo) && start >= 0;
            if (others.contains(message.role())) {
                if (!follows) {
                    throw new InputException(
                            "cannot tell which characters of the text are message " + (i + 1) + " ("
                                    + message.role().id() + "), because the chat template writes earlier turns anew",
                            example.origin().where(),
                            "Supervise the assistant alone, or use another template");
                }
                int end = start + content.length();
                boolean closed = text.startsWith(template.endOfTurn(), end);
                turns.add(new Turn(
                        new Span(start, closed ? end + template.endOfTurn().length() : end), false, true));
            }
            from = follows ? upTo.length() : from;
        }
    }
}
