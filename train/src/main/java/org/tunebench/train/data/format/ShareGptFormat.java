package org.tunebench.train.data.format;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.train.data.file.DataRecord;

/**
 * ShareGPT: {@code {"conversations": [{"from", "value"}, …]}}, as {@link ShareGptTurns} reads them, with {@code tools}
 * where turns call some. What stands before the first human turn, but for the system prompt, is dropped, as Vicuna does.
 */
final class ShareGptFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("conversations"));
    }

    @Override
    public List<String> fields() {
        return List.of("conversations", "from", "value", "weight", "tools", "system", "task", "category");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> {
            String field = row.column("conversations");
            List<Message> turns = fromFirstQuestion(row, ShareGptTurns.of(row, row.value("conversations"), field));
            examples.accept(reading.conversation(
                    row, MessageList.answered(row, turns), ToolFields.tools(row), reading.origin(row, 0, null), null));
        };
    }

    static List<Message> fromFirstQuestion(DataRecord row, List<Message> turns) {
        int first = 0;
        while (first < turns.size() && turns.get(first).role() != Role.USER) {
            first++;
        }
        if (first == turns.size()) {
            throw row.refused("a conversation without a human turn", "Add the question, or remove the record");
        }
        List<Message> kept = new ArrayList<>();
        if (turns.get(0).role() == Role.SYSTEM) {
            kept.add(turns.get(0));
        }
        kept.addAll(turns.subList(first, turns.size()));
        return kept;
    }
}
