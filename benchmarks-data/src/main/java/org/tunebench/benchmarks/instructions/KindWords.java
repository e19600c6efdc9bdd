package org.tunebench.benchmarks.instructions;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The content of {@code kinds.yaml}: templates by task, and the words that fill them. */
record KindWords(
        Map<String, List<String>> templates,
        List<String> names,
        List<Map<String, String>> comparisons,
        List<String> things,
        List<String> deeds,
        List<String> reviewed,
        List<String> positive,
        List<String> negative,
        List<String> systems,
        @JsonProperty("follow_ups") List<String> followUps,
        List<String> completions) {

    static KindWords read(Path file) {
        try {
            return new YAMLMapper().readValue(file.toFile(), KindWords.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    List<String> templatesOf(String task) {
        List<String> found = templates.get(task);
        if (found == null) {
            throw new IllegalArgumentException("kinds.yaml has no templates of task " + task);
        }
        return found;
    }
}
