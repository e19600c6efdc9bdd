package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.data.example.Preference;
import org.tunebench.train.data.file.DataRecord;
import org.tunebench.train.data.template.Filled;
import org.tunebench.train.data.template.InstructionTemplates;

/**
 * What a format is told besides the record.
 *
 * @param source index of the data entry in the recipe
 * @param label the file's name in example ids
 * @param system a system prompt for conversations that have none
 * @param task the task of records that name none
 * @param category the category of records that name none
 * @param paths which conversations of a message tree are taken
 * @param positiveExamples how many of a task's worked examples stand before an instance of natural-instructions
 * @param inputHeading what an Alpaca record's input stands under; empty for a plain paragraph
 */
public record Reading(
        int source,
        String label,
        @Nullable InstructionTemplates templates,
        @Nullable String system,
        @Nullable String task,
        @Nullable String category,
        TreePaths paths,
        int positiveExamples,
        String inputHeading,
        long seed) {
    private static final long TEMPLATE_CHOICE = 1;

    /**
     * The example of a prompt and its answer. Instruction templates, where the source has them, take the prompt's place;
     * where each of them is used they make as many examples.
     */
    void exchange(
            DataRecord row,
            TextOfRecord prompt,
            TextOfRecord response,
            @Nullable Preference preference,
            Consumer<Example> examples) {
        if (templates == null) {
            List<Message> turns = List.of(Message.user(prompt.of(row)), Message.assistant(response.of(row)));
            examples.accept(conversation(row, turns, Tools.NONE, origin(row, 0, null), preference));
            return;
        }
        List<Filled> fillings = templates.fillings(row, taskOf(row), random(row, TEMPLATE_CHOICE));
        List<Example> made = new ArrayList<>();
        for (Filled filled : fillings) {
            String answer = filled.response() == null ? response.of(row) : filled.response();
            List<Message> turns = List.of(Message.user(filled.prompt()), Message.assistant(answer));
            Origin origin = origin(row, templates.isEvery() ? made.size() + 1 : 0, filled.template());
            made.add(conversation(row, turns, Tools.NONE, origin, preference));
        }
        made.forEach(examples);
    }

    /** The example of a conversation, opened by the record's or the source's system prompt where it has none of its own. */
    Example conversation(
            DataRecord row, List<Message> messages, Tools tools, Origin origin, @Nullable Preference preference) {
        String own = row.optionalText("system");
        String opening = own == null || own.isEmpty() ? system : own;
        List<Message> turns = new ArrayList<>(messages);
        if (opening != null && turns.get(0).role() != Role.SYSTEM) {
            turns.add(0, Message.system(opening));
        }
        return new Example.Conversation(origin, turns, tools, preference);
    }

    /**
     * @param part which of the record's examples, from 1; 0 where there is one
     * @param template that was chosen for it; null where the record itself may name one
     */
    Origin origin(DataRecord row, int part, @Nullable String template) {
        String own = textOrNull(row, "category");
        return new Origin(
                source,
                row.file(),
                label,
                row.line(),
                part,
                taskOf(row),
                own == null ? category : own,
                template == null ? textOrNull(row, "template") : template,
                scores(row));
    }

    /** The number in the field {@code score}, and those in the object {@code scores}, by name. */
    private static Map<String, Double> scores(DataRecord row) {
        JsonNode one = row.value("score");
        JsonNode several = row.value("scores");
        if (!one.isNumber() && !several.isObject()) {
            return Map.of();
        }
        Map<String, Double> scores = new TreeMap<>();
        several.fields().forEachRemaining(field -> {
            if (field.getValue().isNumber()) {
                scores.put(field.getKey(), field.getValue().asDouble());
            }
        });
        if (one.isNumber()) {
            scores.put("score", one.asDouble());
        }
        return scores;
    }

    /** Random numbers of one use for one record. */
    SeededRandom random(DataRecord row, long use) {
        return SeededRandom.of(seed, use, source, row.line());
    }

    private @Nullable String taskOf(DataRecord row) {
        String own = textOrNull(row, "task");
        return own == null ? task : own;
    }

    private static @Nullable String textOrNull(DataRecord row, String field) {
        return row.value(field).isTextual() ? row.value(field).textValue() : null;
    }

    /** A text of a record. */
    @FunctionalInterface
    interface TextOfRecord {
        String of(DataRecord row);
    }
}
