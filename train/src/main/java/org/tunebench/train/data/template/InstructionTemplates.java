package org.tunebench.train.data.template;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.input.StrictYaml;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.file.DataRecord;

/**
 * Several phrasings of a task, as in FLAN (Wei et al. 2021, arXiv:2109.01652), one of which is drawn for each record. In a
 * recipe they are a list, or the path of a YAML file that holds
 *
 * <ul>
 *   <li>a list: texts with {@code {field}} where a field of the record goes, or mappings with {@code prompt}, and where they
 *       write the answer too {@code response}, and perhaps {@code name};
 *   <li>a mapping: task → such a list, for records that name their task;
 *   <li>PromptSource's templates.
 * </ul>
 */
public final class InstructionTemplates {
    /** The task of templates for every record. */
    private static final String EVERY = "";

    private final Map<String, List<InstructionTemplate>> byTask;
    private final Object asWritten;
    private final boolean every;

    private InstructionTemplates(Map<String, List<InstructionTemplate>> byTask, Object asWritten, boolean every) {
        this.byTask = byTask;
        this.asWritten = asWritten;
        this.every = every;
    }

    private InstructionTemplates(Map<String, List<InstructionTemplate>> byTask, Object asWritten) {
        this(byTask, asWritten, false);
    }

    /** The same templates, each of which is used for each record in place of one that is drawn. */
    public InstructionTemplates every() {
        return new InstructionTemplates(byTask, asWritten, true);
    }

    /** Whether each is used for each record. */
    public boolean isEvery() {
        return every;
    }

    /**
     * Templates as they stand in a recipe: texts, or mappings with prompt, response and name.
     *
     * @throws IllegalArgumentException when the list is empty or a template is malformed
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static InstructionTemplates of(List<?> templates) {
        return new InstructionTemplates(Map.of(EVERY, list(templates)), List.copyOf(templates));
    }

    /**
     * Templates of a file.
     *
     * @throws InputException where it is missing or malformed
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static InstructionTemplates read(Path file) {
        if (PromptSourceFile.is(text(file))) {
            return new InstructionTemplates(Map.of(EVERY, PromptSourceFile.read(file)), file.toString());
        }
        try {
            Object content = StrictYaml.read(file, Object.class);
            if (content instanceof List<?> list) {
                return of(list);
            }
            Map<String, List<InstructionTemplate>> byTask = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) content).entrySet()) {
                List<?> list = entry.getValue() instanceof List<?> given ? given : List.of();
                byTask.put(String.valueOf(entry.getKey()), list(list));
            }
            return new InstructionTemplates(byTask, file.toString());
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new InputException(
                    "not a list of templates, nor such lists by task: " + e.getMessage(),
                    file.toString(),
                    "Write a list of texts with {field} in them",
                    e);
        }
    }

    /** As the recipe has them: the list, or the file. */
    @JsonValue
    Object asWritten() {
        return asWritten;
    }

    /** Whether they write responses too, so that the record need not have one. */
    public boolean respond() {
        return byTask.values().iterator().next().get(0).responds();
    }

    /**
     * One of the templates with the fields of a record filled in: the first, in a random order, that has something to say
     * of it.
     *
     * @param task the record's, or null
     * @throws InputException with file and line where there are none for the task, or none fits the record
     */
    public Filled fill(DataRecord row, @Nullable String task, SeededRandom random) {
        return fillings(row, task, random).get(0);
    }

    /** The same; of {@link #every()} all templates that have something to say of the record, in their order. */
    public List<Filled> fillings(DataRecord row, @Nullable String task, SeededRandom random) {
        List<InstructionTemplate> templates = templates(row, task);
        if (every) {
            List<Filled> all = new ArrayList<>();
            for (InstructionTemplate template : templates) {
                Filled filled = template.fill(row, random);
                if (filled != null) {
                    all.add(filled);
                }
            }
            if (!all.isEmpty()) {
                return all;
            }
            throw silent(row);
        }
        int first = random.nextInt(templates.size());
        for (int i = 0; i < templates.size(); i++) {
            Filled filled = templates.get((first + i) % templates.size()).fill(row, random);
            if (filled != null) {
                return List.of(filled);
            }
        }
        throw silent(row);
    }

    private static InputException silent(DataRecord row) {
        return row.refused("none of the templates writes a prompt and a response for it", "Give others, or remove it");
    }

    private List<InstructionTemplate> templates(DataRecord row, @Nullable String task) {
        List<InstructionTemplate> every = byTask.get(EVERY);
        if (every != null) {
            return every;
        }
        List<InstructionTemplate> own = task == null ? null : byTask.get(task);
        if (own == null) {
            throw KnownNames.unknown("task", String.valueOf(task), byTask.keySet(), row.where());
        }
        return own;
    }

    private static List<InstructionTemplate> list(List<?> written) {
        if (written.isEmpty()) {
            throw new IllegalArgumentException("templates is an empty list");
        }
        List<InstructionTemplate> templates = new ArrayList<>();
        for (Object each : written) {
            String number = Integer.toString(templates.size());
            if (each instanceof String text) {
                templates.add(new BraceTemplate(number, text, null));
            } else if (each instanceof Map<?, ?> map && map.get("prompt") instanceof String prompt) {
                Object name = map.get("name");
                Object response = map.get("response");
                templates.add(new BraceTemplate(
                        name == null ? number : name.toString(),
                        prompt,
                        response == null ? null : response.toString()));
            } else {
                throw new IllegalArgumentException(
                        "templates: " + each + " is neither a text nor a mapping with prompt and response");
            }
        }
        if (templates.stream().anyMatch(t -> t.responds() != templates.get(0).responds())) {
            throw new IllegalArgumentException("templates: some write a response and some do not");
        }
        return templates;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException("no such file", file.toString(), "Check the path", e);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Check the file", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstructionTemplates that && asWritten.equals(that.asWritten) && every == that.every;
    }

    @Override
    public int hashCode() {
        return asWritten.hashCode();
    }

    @Override
    public String toString() {
        return asWritten.toString();
    }
}
