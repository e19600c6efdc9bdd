package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate.Span;

/**
 * Finds what a template without {@code {% generation %}} marks writes of each assistant turn. The conversation is rendered
 * again with a mark in place of every assistant content; what stands around the marks must stand around the contents in the
 * text itself, where they are then exactly located, whole or stripped. Where that does not hold, turns are traced one by
 * one. A text that cannot be explained is refused, never guessed.
 */
final class AssistantTrace {
    private final String template;
    private final BiFunction<List<Message>, Boolean, String> renderer;
    private final String endOfTurn;

    /** @param renderer messages and whether to add the generation prompt, to text */
    AssistantTrace(String template, BiFunction<List<Message>, Boolean, String> renderer) {
        this.template = template;
        this.renderer = renderer;
        this.endOfTurn = findEndOfTurn();
    }

    /**
     * What follows the content of a conversation's last turn, without the whitespace at its end; empty where nothing does or
     * the template refuses a plain question and answer.
     */
    String endOfTurn() {
        return endOfTurn;
    }

    private String findEndOfTurn() {
        Marks marks = new Marks(List.of());
        try {
            List<Message> probe = List.of(Message.user("question"), Message.assistant(marks.mark(0)));
            String text = renderer.apply(probe, false);
            int at = text.indexOf(marks.mark(0));
            return at < 0 ? "" : text.substring(at + marks.mark(0).length()).stripTrailing();
        } catch (InputException refused) {
            return "";
        }
    }

    /** The characters of every assistant turn: content and, where it follows, the end-of-turn text. */
    List<Span> spans(List<Message> messages, String text, boolean addGenerationPrompt) {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.ASSISTANT) {
                turns.add(i);
            }
        }
        if (turns.isEmpty()) {
            return List.of();
        }
        Marks marks = new Marks(messages);
        List<Span> contents = together(messages, turns, marks, text, addGenerationPrompt);
        if (contents.isEmpty()) {
            for (int turn : turns) {
                contents.add(alone(messages, turn, marks, text, addGenerationPrompt));
            }
        }
        List<Span> spans = new ArrayList<>();
        for (Span content : contents) {
            boolean ends = text.startsWith(endOfTurn, content.end());
            spans.add(new Span(content.start(), ends ? content.end() + endOfTurn.length() : content.end()));
        }
        return spans;
    }

    /** All turns in one more rendering; empty where the text does not follow it. */
    private List<Span> together(
            List<Message> messages, List<Integer> turns, Marks marks, String text, boolean addGenerationPrompt) {
        List<Span> spans = new ArrayList<>();
        List<Message> marked = new ArrayList<>(messages);
        turns.forEach(turn -> marked.set(turn, Message.assistant(marks.mark(turn))));
        String traced = renderer.apply(marked, addGenerationPrompt);
        int from = 0;
        int at = 0;
        for (int turn : turns) {
            String mark = marks.mark(turn);
            int position = traced.indexOf(mark);
            boolean once = position >= from && traced.indexOf(mark, position + 1) < 0;
            if (!once || !text.startsWith(traced.substring(from, position), at)) {
                return new ArrayList<>();
            }
            at += position - from;
            from = position + mark.length();
            int next = traced.indexOf(marks.open(), from);
            String between = traced.substring(from, next < 0 ? traced.length() : next);
            int length = landed(messages.get(turn).content(), text, at, between, next < 0);
            if (length < 0) {
                return new ArrayList<>();
            }
            spans.add(new Span(at, at + length));
            at += length;
        }
        return spans;
    }

    /** The length of the form of a content that stands at a place and is followed by the text; -1 where none does. */
    private static int landed(String content, String text, int at, String followed, boolean last) {
        List<String> forms = List.of(content, content.strip(), content.stripTrailing(), content.stripLeading());
        for (String form : forms) {
            int end = at + form.length();
            if (text.startsWith(form, at)
                    && text.startsWith(followed, end)
                    && (!last || end + followed.length() == text.length())) {
                return form.length();
            }
        }
        return -1;
    }

    /** One turn by itself: what differs between the text and the rendering with a mark in its place. */
    private Span alone(List<Message> messages, int turn, Marks marks, String text, boolean addGenerationPrompt) {
        String content = messages.get(turn).content();
        List<Message> marked = new ArrayList<>(messages);
        marked.set(turn, Message.assistant(marks.mark(turn)));
        String traced = renderer.apply(marked, addGenerationPrompt);
        int mark = traced.indexOf(marks.mark(turn));
        if (mark >= 0) {
            int start = commonPrefix(text, traced, mark);
            String after = traced.substring(mark + marks.mark(turn).length());
            int end = text.length() - after.length();
            String region = end < start ? "" : text.substring(start, end).strip();
            boolean explained = end >= start && text.endsWith(after) && content.contains(region);
            if (explained) {
                return new Span(start, end);
            }
        }
        throw new InputException(
                "cannot tell which characters of the text are assistant message " + (turn + 1),
                "chat template " + template,
                "Use a template that marks them with {% generation %}");
    }

    private static int commonPrefix(String a, String b, int most) {
        int n = Math.min(most, Math.min(a.length(), b.length()));
        int i = 0;
        while (i < n && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    /** Texts that stand for contents: numbers between two private-use characters that no message has. */
    private static final class Marks {
        private final char open;

        Marks(List<Message> messages) {
            char candidate = '\uE000';
            while (candidate < '\uF8FE' && isUsed(candidate, messages)) {
                candidate += 2;
            }
            this.open = candidate;
        }

        private static boolean isUsed(char c, List<Message> messages) {
            return messages.stream()
                    .anyMatch(m -> m.content().indexOf(c) >= 0 || m.content().indexOf(c + 1) >= 0);
        }

        String open() {
            return String.valueOf(open);
        }

        String mark(int turn) {
            return open + Integer.toString(turn) + (char) (open + 1);
        }
    }
}
