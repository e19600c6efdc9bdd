package org.tunebench.train.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.input.StrictYaml;

/**
 * Several phrasings of one task, as in FLAN (Wei et al. 2021, arXiv:2109.01652): texts with {@code {field}} where a field
 * of the record goes. Doubled braces are single ones in the text. In a recipe a list is taken as it stands; a single
 * value is the path of a YAML file that holds the list.
 */
public final class InstructionTemplates {
    private static final Pattern PART = Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_ .-]*)\\}|[{}]");

    private final List<String> texts;

    private InstructionTemplates(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /** @throws IllegalArgumentException when the list is empty or a brace is left open */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static InstructionTemplates of(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("templates is an empty list");
        }
        texts.forEach(InstructionTemplates::refuseStrayBraces);
        return new InstructionTemplates(texts);
    }

    /** @param file a YAML list of texts */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static InstructionTemplates read(Path file) {
        return of(List.of(StrictYaml.read(file, String[].class)));
    }

    /** The texts, as they stand in the recipe. */
    @JsonValue
    public List<String> texts() {
        return texts;
    }

    /** One of the templates with the fields of a record filled in. */
    String fill(int template, UnaryOperator<String> field) {
        Matcher part = PART.matcher(texts.get(template));
        StringBuilder filled = new StringBuilder();
        while (part.find()) {
            String text = part.group(1) != null
                    ? field.apply(part.group(1))
                    : part.group().substring(1);
            part.appendReplacement(filled, Matcher.quoteReplacement(text));
        }
        return part.appendTail(filled).toString();
    }

    private static void refuseStrayBraces(String text) {
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group().length() == 1) {
                throw new IllegalArgumentException("templates: stray '" + part.group() + "' in \"" + text
                        + "\" (fields are written {name}, a brace of the text {{ or }})");
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstructionTemplates that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return texts.toString();
    }
}
