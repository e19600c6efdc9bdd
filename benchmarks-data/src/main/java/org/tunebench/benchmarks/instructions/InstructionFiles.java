package org.tunebench.benchmarks.instructions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.Message;

/** The instruction data as files: Alpaca JSON, prompt/completion JSONL and messages JSONL, by name. */
public final class InstructionFiles {
    private InstructionFiles() {}

    /** Every file, by name. */
    public static Map<String, String> of(InstructionData data) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("facts_many_templates.json", alpaca(data.manyTemplates()));
        files.put("facts_one_template.json", alpaca(data.oneTemplate()));
        files.put("facts_few.json", alpaca(data.fewFacts()));
        files.put("facts_noisy.json", alpaca(data.noisy()));
        files.put("kinds_many_templates.json", alpaca(data.kinds()));
        files.put("kinds_one_template.json", alpaca(data.kindsOneTemplate()));
        files.put("completions.jsonl", promptCompletion(data.completions()));
        files.put("conversations.jsonl", messages(data.conversations()));
        return files;
    }

    private static String alpaca(List<Example> examples) {
        List<String> records = new ArrayList<>();
        for (Example example : examples) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("instruction", example.instruction());
            fields.put("input", example.input());
            fields.put("output", example.output());
            fields.put("category", example.kind().id());
            records.add(Json.text(fields, false));
        }
        return "[\n" + String.join(",\n", records) + "\n]\n";
    }

    private static String promptCompletion(List<Example> examples) {
        StringBuilder lines = new StringBuilder();
        for (Example example : examples) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("prompt", example.prompt());
            fields.put("completion", example.output());
            fields.put("category", example.kind().id());
            lines.append(Json.text(fields, false)).append('\n');
        }
        return lines.toString();
    }

    private static String messages(List<List<Message>> conversations) {
        StringBuilder lines = new StringBuilder();
        for (List<Message> conversation : conversations) {
            List<Map<String, String>> turns = new ArrayList<>();
            for (Message message : conversation) {
                Map<String, String> turn = new LinkedHashMap<>();
                turn.put("role", message.role().id());
                turn.put("content", message.content());
                turns.add(turn);
            }
            lines.append(Json.text(Map.of("messages", turns), false)).append('\n');
        }
        return lines.toString();
    }
}
