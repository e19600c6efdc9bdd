package org.tunebench.train.data.format;

import java.util.List;
import org.tunebench.core.text.Message;

/**
 * Chat messages: {@code {"messages": [{"role", "content"}, …]}}, as {@link MessageList} reads them; the record may have
 * {@code tools}, and a {@code label} of true or false, which is what KTO trains on.
 */
final class MessagesFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("messages"));
    }

    @Override
    public List<String> fields() {
        return List.of("messages", "role", "content", "weight", "tools", "label", "system", "task", "category");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> {
            List<Message> messages = MessageList.answered(row, MessageList.of(row, "messages"));
            examples.accept(reading.conversation(
                    row, messages, ToolFields.tools(row), reading.origin(row, 0, null), Preferences.label(row)));
        };
    }
}
