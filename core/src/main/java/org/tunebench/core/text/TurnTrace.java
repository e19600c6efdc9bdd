package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate.Span;

/**
 * Finds one assistant turn in a text: what the conversation up to the turn adds to the generation prompt before it, where
 * the text goes on like that; else what differs from the rendering with a mark in the turn's place. A text that cannot be
 * explained is refused, never guessed.
 */
final class TurnTrace {
    private final String template;
    private final TurnFrame frame;
    private final TurnFrame.Renderer renderer;
    private final List<Message> messages;
    private final String text;
    private final boolean addGenerationPrompt;

    TurnTrace(
            String template,
            TurnFrame frame,
            TurnFrame.Renderer renderer,
            List<Message> messages,
            String text,
            boolean addGenerationPrompt) {
        this.template = template;
        this.frame = frame;
        this.renderer = renderer;
        this.messages = messages;
        this.text = text;
        this.addGenerationPrompt = addGenerationPrompt;
    }

    /** @throws InputException where the turn cannot be told from what is around it */
    Span span(int turn) {
        Continuation answer = frame.prompts() ? continuation(turn) : null;
        Span found = answer == null ? null : continued(answer);
        found = found != null ? found : fromMark(turn);
        found = found != null || answer == null ? found : onlyPlace(turn, answer.written());
        if (found == null) {
            throw new InputException(
                    "cannot tell which characters of the text are assistant message " + (turn + 1),
                    "chat template " + template,
                    "Use a template that marks them with {% generation %}");
        }
        return found;
    }

    private @Nullable Continuation continuation(int turn) {
        String prompt = renderer.renderOrNull(messages.subList(0, turn), true);
        String whole = renderer.renderOrNull(messages.subList(0, turn + 1), false);
        return prompt == null || whole == null || !whole.startsWith(prompt)
                ? null
                : new Continuation(prompt, whole.substring(prompt.length()));
    }

    private @Nullable Span continued(Continuation answer) {
        int start = answer.prompt().length();
        return text.startsWith(answer.prompt()) && text.startsWith(answer.written(), start)
                ? new Span(start, start + answer.written().stripTrailing().length())
                : null;
    }

    /** A turn that calls tools, where the text has it once: some templates move other things behind later turns. */
    private @Nullable Span onlyPlace(int turn, String written) {
        String calls = written.strip();
        int at = text.indexOf(calls);
        boolean once = at >= 0 && text.indexOf(calls, at + 1) < 0;
        return once && !messages.get(turn).calledFunctions().isEmpty() ? new Span(at, at + calls.length()) : null;
    }

    private @Nullable Span fromMark(int turn) {
        Message message = messages.get(turn);
        Marks marks = new Marks(messages);
        List<Message> marked = new ArrayList<>(messages);
        marked.set(turn, Message.assistant(marks.mark(turn)));
        String traced = renderer.renderOrNull(marked, addGenerationPrompt);
        int mark = traced == null ? -1 : traced.indexOf(marks.mark(turn));
        if (traced == null || mark < 0) {
            return null;
        }
        String after = traced.substring(mark + marks.mark(turn).length());
        int end = text.length() - after.length();
        int opened = frame.start(traced, mark);
        int start = commonPrefix(text, traced, message.details().isEmpty() ? mark : opened);
        if (end < start || !text.endsWith(after)) {
            return null;
        }
        boolean explained = message.details().isEmpty()
                ? start == opened
                        || message.content().contains(text.substring(start, end).strip())
                : mark - start <= frame.opening().length() + frame.preamble().length();
        return explained ? new Span(start, frame.end(text, end)) : null;
    }

    private static int commonPrefix(String a, String b, int most) {
        int n = Math.min(most, Math.min(a.length(), b.length()));
        int i = 0;
        while (i < n && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    /** The conversation before a turn with the generation prompt, and what the turn adds to it. */
    private record Continuation(String prompt, String written) {}
}
