package org.tunebench.train.data.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.jinja.Dialect;
import org.tunebench.core.text.jinja.JinjaTemplate;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.file.DataRecord;

/**
 * A template of PromptSource (Bach et al. 2022, arXiv:2202.01279): Jinja over the record's fields with {@code |||} between
 * prompt and response, both stripped; {@code answer_choices} is a list made by a template of its own. Values are not cut
 * to 2,048 characters, as PromptSource does by default. {@code choice} draws by the example's seed, not by NumPy.
 */
final class PromptSourceTemplate implements InstructionTemplate {
    private static final String BAR = "|||";
    private static final Pattern PARTS = Pattern.compile(BAR, Pattern.LITERAL);
    /** Stands for bars of the data while the rendered text is parted. */
    private static final String PROTECTED = "3ed2dface8203c4c9dfb1a5dc58e41e0";

    private final String name;
    private final JinjaTemplate body;
    private final @Nullable JinjaTemplate answerChoices;

    /** @throws InputException where a template is malformed */
    PromptSourceTemplate(String name, String jinja, @Nullable String answerChoices) {
        this.name = name;
        this.body = JinjaTemplate.compile("template " + name, jinja, Dialect.PROMPT);
        this.answerChoices = answerChoices == null
                ? null
                : JinjaTemplate.compile("answer_choices of template " + name, answerChoices, Dialect.PROMPT);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean responds() {
        return true;
    }

    @Override
    public @Nullable Filled fill(DataRecord row, SeededRandom random) {
        List<String> parts = parts(row, random);
        boolean silent =
                parts.size() < 2 || parts.get(0).isEmpty() || parts.get(1).isEmpty();
        return silent ? null : new Filled(name, parts.get(0), parts.get(1));
    }

    /** What the template writes between its bars. */
    List<String> parts(DataRecord row, SeededRandom random) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        row.values().properties().forEach(e -> fields.put(e.getKey(), protect(e.getValue(), row, e.getKey())));
        row.columns().forEach((name, column) -> {
            if (fields.containsKey(column)) {
                fields.put(name, fields.get(column));
            }
        });
        if (answerChoices != null) {
            fields.put("answer_choices", parts(rendered(answerChoices, fields, row, random)));
        }
        return parts(rendered(body, fields, row, random));
    }

    private String rendered(
            JinjaTemplate template, Map<String, @Nullable Object> fields, DataRecord row, SeededRandom random) {
        JinjaTemplate.Output output;
        try {
            output = template.render(fields, random::nextInt);
        } catch (InputException e) {
            throw row.refused("template '" + name + "' refuses the record: " + e.what(), e.mend());
        }
        if (!output.undefinedNames().isEmpty()) {
            throw KnownNames.unknown("template field", output.undefinedNames().get(0), row.fieldNames(), row.where());
        }
        return output.text();
    }

    private static List<String> parts(String rendered) {
        List<String> parts = new ArrayList<>();
        for (String part : PARTS.split(rendered, -1)) {
            parts.add(part.replace(PROTECTED, BAR).strip());
        }
        return parts;
    }

    private static @Nullable Object protect(JsonNode value, DataRecord row, String field) {
        if (value.isTextual()) {
            return row.textOf(value, field).replace(BAR, PROTECTED);
        }
        return Json.MAPPER.convertValue(value, Object.class);
    }
}
