package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;
import org.tunebench.train.data.example.Preference;
import org.tunebench.train.data.file.DataRecord;

/**
 * Pairs of answers, one preferred: {@code chosen} and {@code rejected} behind a {@code prompt} (text or messages), behind
 * {@code conversations}, or each with the whole conversation; or {@code chosen_messages} and {@code rejected_messages}. An
 * answer is text, one turn, or a list of turns, in the manner of messages or of ShareGPT. What is trained on is the chosen
 * one; the other is kept with the example.
 */
final class PreferenceFormat implements RecordFormat {
    private static final List<String> MESSAGES = List.of("chosen_messages", "rejected_messages");

    @Override
    public List<List<String>> recognisedBy() {
        return List.of(
                List.of("chosen", "rejected"),
                List.of("chosen", "rejected", "conversations"),
                List.of("chosen", "rejected", "messages"),
                MESSAGES);
    }

    @Override
    public List<String> fields() {
        return List.of(
                "chosen",
                "rejected",
                "chosen_messages",
                "rejected_messages",
                "prompt",
                "conversations",
                "from",
                "value",
                "role",
                "content",
                "tools",
                "system",
                "task",
                "category");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> {
            boolean whole = MESSAGES.stream().allMatch(row::has);
            List<Message> before = whole ? List.of() : before(row);
            List<Message> chosen = joined(before, answer(row, whole ? "chosen_messages" : "chosen"));
            List<Message> rejected = joined(before, answer(row, whole ? "rejected_messages" : "rejected"));
            int same = 0;
            while (same < Math.min(chosen.size(), rejected.size())
                    && chosen.get(same).equals(rejected.get(same))) {
                same++;
            }
            if (same == chosen.size() || same == rejected.size()) {
                throw row.refused("the chosen and the rejected answer are the same", "Remove the record");
            }
            Tools tools = ToolFields.tools(row);
            examples.accept(reading.conversation(
                    row,
                    MessageList.answered(row, chosen),
                    tools,
                    reading.origin(row, 0, null),
                    new Preference.Over(chosen.size() - same, rejected.subList(same, rejected.size()))));
        };
    }

    private static List<Message> before(DataRecord row) {
        if (row.has("conversations")) {
            return turns(row, row.value("conversations"), row.column("conversations"), Role.USER);
        }
        return row.has("prompt") ? turns(row, row.value("prompt"), row.column("prompt"), Role.USER) : List.of();
    }

    private static List<Message> answer(DataRecord row, String field) {
        return turns(row, row.value(field), row.column(field), Role.ASSISTANT);
    }

    private static List<Message> turns(DataRecord row, JsonNode value, String at, Role speaker) {
        if (value.isArray() && !value.isEmpty()) {
            return value.get(0).has(row.column("from"))
                    ? ShareGptTurns.of(row, value, at)
                    : MessageList.of(row, value, at);
        }
        if (value.isObject()) {
            return List.of(
                    value.has(row.column("from"))
                            ? ShareGptTurns.one(row, value, at)
                            : MessageList.one(row, value, at));
        }
        return List.of(new Message(speaker, row.filled(value, at)));
    }

    /** The turns before an answer and the answer, unless that repeats them. */
    private static List<Message> joined(List<Message> before, List<Message> answer) {
        if (answer.size() > before.size() && answer.subList(0, before.size()).equals(before)) {
            return answer;
        }
        List<Message> all = new ArrayList<>(before);
        all.addAll(answer);
        return all;
    }
}
