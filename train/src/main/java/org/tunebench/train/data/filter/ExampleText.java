package org.tunebench.train.data.filter;

import java.util.stream.Collectors;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;

/** The part of an example that a filter looks at. */
public enum ExampleText {
    /** Every turn, one after the other; of raw text the text. */
    WHOLE,
    /** The user turns that an assistant turn follows; of raw text nothing. */
    INSTRUCTION,
    /** The assistant turns; of raw text the text. */
    RESPONSE;

    /** The text, turns parted by line ends. */
    public String of(Example example) {
        return switch (this) {
            case WHOLE -> whole(example);
            case INSTRUCTION ->
                Exchange.of(example).stream().map(Exchange::instruction).collect(Collectors.joining("\n"));
            case RESPONSE ->
                example instanceof Example.RawText raw
                        ? raw.text()
                        : Exchange.of(example).stream().map(Exchange::response).collect(Collectors.joining("\n"));
        };
    }

    static String whole(Example example) {
        return example instanceof Example.RawText raw
                ? raw.text()
                : ((Example.Conversation) example)
                        .messages().stream().map(Message::content).collect(Collectors.joining("\n"));
    }
}
