package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.text.ChatTemplate.Span;

/**
 * Finds what a template without {@code {% generation %}} marks writes of each assistant turn. The conversation is rendered
 * again with a mark in place of every assistant content; what stands around the marks must stand around the contents in the
 * text itself, where they are then exactly located, whole or stripped. Where that does not hold, and in conversations that
 * call tools or carry thoughts, turns are traced one by one ({@link TurnTrace}).
 */
final class AssistantTrace {
    private final String template;
    private final TurnFrame frame;

    AssistantTrace(String template, TurnFrame frame) {
        this.template = template;
        this.frame = frame;
    }

    /**
     * The characters of every assistant turn: what the template writes from the generation prompt on, and, where it follows,
     * the end-of-turn text.
     *
     * @throws org.tunebench.core.input.InputException where a turn cannot be told from what is around it
     */
    List<Span> spans(List<Message> messages, String text, boolean addGenerationPrompt, TurnFrame.Renderer renderer) {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.ASSISTANT) {
                turns.add(i);
            }
        }
        if (turns.isEmpty()) {
            return List.of();
        }
        boolean plain =
                turns.stream().allMatch(turn -> messages.get(turn).details().isEmpty());
        List<Span> contents =
                plain ? together(messages, turns, text, addGenerationPrompt, renderer) : new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (Span content : contents) {
            spans.add(new Span(frame.start(text, content.start()), frame.end(text, content.end())));
        }
        if (spans.isEmpty()) {
            TurnTrace trace = new TurnTrace(template, frame, renderer, messages, text, addGenerationPrompt);
            turns.forEach(turn -> spans.add(trace.span(turn)));
        }
        return spans;
    }

    /** The contents of all turns by one more rendering; empty where the text does not follow it. */
    private static List<Span> together(
            List<Message> messages,
            List<Integer> turns,
            String text,
            boolean addGenerationPrompt,
            TurnFrame.Renderer renderer) {
        Marks marks = new Marks(messages);
        List<Span> spans = new ArrayList<>();
        List<Message> marked = new ArrayList<>(messages);
        turns.forEach(turn -> marked.set(turn, Message.assistant(marks.mark(turn))));
        String traced = renderer.render(marked, addGenerationPrompt);
        int from = 0;
        int at = 0;
        for (int turn : turns) {
            String mark = marks.mark(turn);
            int position = traced.indexOf(mark);
            boolean once = position >= from && traced.indexOf(mark, position + 1) < 0;
            if (!once || !text.startsWith(traced.substring(from, position), at)) {
                return List.of();
            }
            at += position - from;
            from = position + mark.length();
            int next = traced.indexOf(marks.open(), from);
            String between = traced.substring(from, next < 0 ? traced.length() : next);
            int length = landed(messages.get(turn).content(), text, at, between, next < 0);
            if (length < 0) {
                return List.of();
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
}
