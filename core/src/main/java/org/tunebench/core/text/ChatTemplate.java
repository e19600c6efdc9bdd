package org.tunebench.core.text;

import java.util.List;

/** Turns a conversation into the text a model is trained on and prompted with. */
public interface ChatTemplate {
    /** A short name for records: {@code paper}, {@code chatml}, {@code alpaca}, or {@code model} for the folder's own. */
    String name();

    /** The Jinja source: what is hashed, and what a saved checkpoint carries as {@code chat_template}. */
    String source();

    /**
     * The text that ends an assistant turn and on which generation stops, e.g. {@code <|end|>}; empty when it is the
     * tokenizer's own end-of-sequence token.
     */
    String endOfTurn();

    /** Renders messages of a conversation without tools. */
    default Rendered render(List<Message> messages, boolean addGenerationPrompt) {
        return render(messages, Tools.NONE, addGenerationPrompt);
    }

    /**
     * Renders messages.
     *
     * @param addGenerationPrompt whether the text ends with the opening of an assistant turn
     * @throws org.tunebench.core.input.InputException when the template refuses the conversation, or would leave its tools
     *     or their calls out
     */
    Rendered render(List<Message> messages, Tools tools, boolean addGenerationPrompt);

    /**
     * A rendered conversation.
     *
     * @param assistantSpans for every assistant turn, in order, the characters a model is to produce: thoughts, content, tool
     *     calls and the end-of-turn text
     */
    record Rendered(String text, List<Span> assistantSpans) {}

    /** A half-open range of UTF-16 indices into a text. */
    record Span(int start, int end) {
        public Span {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("span " + start + ".." + end);
            }
        }
    }
}
