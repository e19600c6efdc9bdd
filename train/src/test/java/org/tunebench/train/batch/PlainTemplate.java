package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;

/**
 * {@code <|user|>Hi<|end|><|assistant|>Yo<|end|>}. Takes no tool turns.
 *
 * @param beginning what stands before the first turn
 * @param written what follows every turn
 * @param endOfTurn what it says its end of turn is
 * @param spansTakeWritten whether an assistant span includes what follows the turn
 */
record PlainTemplate(String beginning, String written, String endOfTurn, boolean spansTakeWritten)
        implements ChatTemplate {
    PlainTemplate(String beginning, String written, String endOfTurn) {
        this(beginning, written, endOfTurn, true);
    }

    PlainTemplate withSpansOfContent() {
        return new PlainTemplate(beginning, written, endOfTurn, false);
    }

    static final PlainTemplate PAPER = new PlainTemplate("", "<|end|>", "<|end|>");

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String source() {
        return "";
    }

    @Override
    public Rendered render(List<Message> messages, Tools tools, boolean addGenerationPrompt) {
        StringBuilder text = new StringBuilder(beginning);
        List<Span> spans = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.TOOL) {
                throw new InputException("a tool turn", "template plain", "Take another template");
            }
            text.append("<|").append(message.role().id()).append("|>");
            int start = text.length();
            text.append(message.content()).append(written);
            if (message.role() == Role.ASSISTANT) {
                spans.add(new Span(start, text.length() - (spansTakeWritten ? 0 : written.length())));
            }
        }
        return new Rendered(
                text.append(addGenerationPrompt ? "<|assistant|>" : "").toString(), spans);
    }
}
