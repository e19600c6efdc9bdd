package org.tunebench.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.tunebench.core.input.InputException;

/**
 * The tokens of a tokenizer.json by content: the model's and the added ones.
 *
 * @param size one more than the largest id
 */
record Vocabulary(Map<String, Integer> ids, int size) {
    Vocabulary {
        ids = Map.copyOf(ids);
    }

    static Vocabulary read(Path tokenizerJson) {
        JsonNode root = JsonFiles.readObject(tokenizerJson);
        Map<String, Integer> ids = new HashMap<>();
        JsonNode model = root.path("model").path("vocab");
        if (model.isArray()) { // Unigram: [[token, score], …]
            for (int i = 0; i < model.size(); i++) {
                ids.put(model.get(i).path(0).asText(), i);
            }
        } else {
            model.properties()
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        }
        for (JsonNode added : root.path("added_tokens")) {
            ids.put(added.path("content").asText(), added.path("id").asInt());
        }
        int largest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        if (largest < 0) {
            throw new InputException(
                    "no vocabulary (model.vocab)", tokenizerJson.toString(), "Save it again with transformers");
        }
        return new Vocabulary(ids, largest + 1);
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
