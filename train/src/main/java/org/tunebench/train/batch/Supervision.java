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
 * Turns of other roles, where a recipe supervises them, are their contents, with the end-of-turn text where that follows.
 */
record Supervision(Recipe.Mask mask, Set<Role> roles, ChatTemplate template) {
    /** Stands in the place of a message's content, to find where that goes. */
    private static final String MARK = "\uE000turn\uE001";

    Supervision {
        roles = Set.copyOf(roles);
    }

    /**
     * A turn's characters.
     *
     * @param assistant whether an assistant turn, behind which an end-of-sequence token may have to be put
     * @param counts whether the loss counts it
     * @param learned whether the data wants it counted, where everything is
     */
    record Turn(Span span, boolean assistant, boolean counts, boolean learned) {
        Turn uncounted() {
            return new Turn(span, assistant, false, learned);
        }
    }

    /** Every assistant turn and every other turn that counts, in the order of the text. */
    List<Turn> turns(Example.Conversation example, List<Message> messages, Rendered rendered, boolean lastOnly) {
        List<Turn> turns = new ArrayList<>();
        List<Message> answers =
                messages.stream().filter(m -> m.role() == Role.ASSISTANT).toList();
        List<Span> spans = rendered.assistantSpans();
        for (int i = 0; i < spans.size(); i++) {
            boolean learned = i >= answers.size() || answers.get(i).learned();
            turns.add(new Turn(spans.get(i), true, learned && roles.contains(Role.ASSISTANT), learned));
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
                turns.set(i, turns.get(i).uncounted());
            }
        }
        return turns;
    }

    private void addOthers(
            Example.Conversation example, List<Message> messages, String text, Set<Role> others, List<Turn> turns) {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (!others.contains(message.role()) || !message.learned()) {
                continue;
            }
            List<Message> marked = new ArrayList<>(messages.subList(0, i));
            marked.add(new Message(message.role(), MARK, message.details()));
            String traced = template.render(marked, example.tools(), false).text();
            int start = traced.indexOf(MARK);
            String content = message.content().strip();
            if (start < 0 || !text.startsWith(traced.substring(0, start)) || !text.startsWith(content, start)) {
                throw new InputException(
                        "cannot tell which characters of the text are message " + (i + 1) + " ("
                                + message.role().id() + ")",
                        example.origin().where(),
                        "Supervise the assistant alone, or use a template that writes messages as they are");
            }
            int end = start + content.length();
            boolean closed = text.startsWith(template.endOfTurn(), end);
            Span span = new Span(start, closed ? end + template.endOfTurn().length() : end);
            turns.add(new Turn(span, false, true, true));
        }
    }
}
