package org.tunebench.eval.rating;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.JsonLines;

/** A prompt whose responses people rate: a line {@code {"id": …, "prompt": …}} of a JSONL file. */
public record RaterPrompt(String id, String prompt) {
    /** @throws InputException where either is missing or empty */
    public RaterPrompt {
        if (id == null || id.isBlank() || prompt == null || prompt.isBlank()) {
            throw new InputException(
                    "id '" + id + "' with prompt '" + prompt + "'; both must say something",
                    "rater prompts",
                    "Write {\"id\": \"…\", \"prompt\": \"…\"}");
        }
    }

    /**
     * Reads prompts.
     *
     * @throws InputException where the file is missing, empty, malformed, or holds an id twice
     */
    public static List<RaterPrompt> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException("no such file", file.toString(), "Name a JSONL file of prompts");
        }
        List<RaterPrompt> prompts;
        try (Stream<RaterPrompt> lines = JsonLines.read(file, RaterPrompt.class)) {
            prompts = lines.toList();
        }
        if (prompts.isEmpty()) {
            throw new InputException("no prompt in the file", file.toString(), "Write one JSON object a line");
        }
        Set<String> ids = new HashSet<>();
        for (RaterPrompt prompt : prompts) {
            if (!ids.add(prompt.id())) {
                throw new InputException(
                        "duplicate id '" + prompt.id() + "'", file.toString(), "Give each prompt its own");
            }
        }
        return prompts;
    }
}
