package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;

/**
 * What a format is told besides the record.
 *
 * @param index of the source in the recipe
 * @param label the source's name in example ids
 */
record Reading(DataSource source, int index, String label, boolean alpacaInput, long seed) {
    private static final long TEMPLATE_CHOICE = 1;

    /** The example of a prompt and its answer. Instruction templates, where the source has them, take the prompt's place. */
    Example exchange(DataRecord row, String response, PromptOfRecord prompt) {
        InstructionTemplates templates = source.templates();
        if (templates == null) {
            return conversation(
                    row, List.of(Message.user(prompt.of(row)), Message.assistant(response)), Tools.NONE, -1);
        }
        int chosen = SeededRandom.of(seed, TEMPLATE_CHOICE, index, row.line())
                .nextInt(templates.texts().size());
        String text = templates.fill(chosen, row::templateField);
        return conversation(row, List.of(Message.user(text), Message.assistant(response)), Tools.NONE, chosen);
    }

    /** The example of a conversation, opened by the source's system prompt where it has none of its own. */
    Example conversation(DataRecord row, List<Message> messages, Tools tools, int template) {
        String system = row.optionalText("system");
        if (system == null || system.isEmpty()) {
            system = source.system();
        }
        List<Message> turns = new ArrayList<>(messages);
        if (system != null && turns.get(0).role() != Role.SYSTEM) {
            turns.add(0, Message.system(system));
        }
        return new Example.Conversation(id(row), origin(row, template), turns, tools);
    }

    String id(DataRecord row) {
        return label + ":" + row.line();
    }

    Example.Origin origin(DataRecord row, int template) {
        return new Example.Origin(index, row.file(), row.line(), task(row), template);
    }

    private static @Nullable String task(DataRecord row) {
        for (String field : List.of("task", "category")) {
            if (row.value(field).isTextual()) {
                return row.value(field).textValue();
            }
        }
        return null;
    }

    /** The user text of a record without instruction templates. */
    interface PromptOfRecord {
        String of(DataRecord row);
    }
}
