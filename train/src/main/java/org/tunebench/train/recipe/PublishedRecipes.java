package org.tunebench.train.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.input.StrictYaml;

/**
 * The recipes that the field calls by name, with their published settings and without data. A recipe takes one over with
 * {@code extends: alpaca}; what it says itself stands before that.
 */
public final class PublishedRecipes {
    private static final List<String> NAMES = List.of("alpaca", "vicuna", "dolly", "flan", "lima", "instructgpt-sft");
    /** Of each of these at most one may be there. */
    private static final List<List<String>> EXCLUSIVE = List.of(
            List.of("batch_size", "batch_tokens"), List.of("epochs", "steps"), List.of("warmup_steps", "warmup_ratio"));

    private static final String EXTENDS = "extends";
    private static final String PUBLISHED = "published";

    private PublishedRecipes() {}

    public static List<String> names() {
        return NAMES;
    }

    /** One line on a recipe: what it is, from whom. */
    public static String description(String name) {
        return yaml(name).lines().findFirst().orElse("").replaceFirst("^# ", "");
    }

    /** A recipe of that name on some files, whose formats are detected, as YAML. */
    static String onFiles(String name, List<Path> data) {
        StringBuilder yaml = new StringBuilder("name: " + name + "\nextends: " + name + "\ndata:\n");
        data.forEach(file -> yaml.append("  - {path: \"")
                .append(file.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"}\n"));
        return yaml.toString();
    }

    /**
     * Puts in what a document extends.
     *
     * @throws org.tunebench.core.input.InputException where it extends a recipe that is not known
     */
    static void complete(ObjectNode document, Path file) {
        JsonNode named = document.remove(EXTENDS);
        if (named == null) {
            return;
        }
        String name = KnownNames.require("recipe", named.asText(), NAMES, file + ", " + EXTENDS);
        ObjectNode published = StrictYaml.parse(yaml(name), Path.of(name + ".yaml"), ObjectNode.class);
        boolean ownRate = document.path("optimizer").has("learning_rate");
        boolean lora = document.path("method").asText().equals("lora");
        if (ownRate || lora) {
            // what was published is the rate for all weights
            published.remove(PUBLISHED);
            ((ObjectNode) published.path("optimizer")).remove("learning_rate");
        }
        add(published, document);
    }

    private static void add(ObjectNode published, ObjectNode own) {
        published.properties().forEach(entry -> {
            JsonNode there = own.get(entry.getKey());
            boolean excluded = EXCLUSIVE.stream()
                    .anyMatch(keys ->
                            keys.contains(entry.getKey()) && keys.stream().anyMatch(own::has));
            if (there instanceof ObjectNode object && entry.getValue() instanceof ObjectNode more) {
                add(more, object);
            } else if (there == null && !excluded) {
                own.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static String yaml(String name) {
        String resource = "published/" + name + ".yaml";
        try (InputStream in = Objects.requireNonNull(PublishedRecipes.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
