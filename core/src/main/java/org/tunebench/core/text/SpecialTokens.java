package org.tunebench.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The beginning- and end-of-sequence tokens that a model folder names; absent where it names none. */
record SpecialTokens(OptionalInt bos, OptionalInt eos) {
    /**
     * Looks in tokenizer_config.json, then special_tokens_map.json (texts or {@code {"content": …}} objects), then at the
     * ids of config.json. A file that states {@code null} has spoken: none.
     */
    static SpecialTokens read(Path folder, Vocabulary vocabulary) {
        List<JsonNode> files = new ArrayList<>();
        JsonFiles.readIfPresent(folder.resolve("tokenizer_config.json")).ifPresent(files::add);
        JsonFiles.readIfPresent(folder.resolve("special_tokens_map.json")).ifPresent(files::add);
        Optional<JsonNode> config = JsonFiles.readIfPresent(folder.resolve("config.json"));
        return new SpecialTokens(
                id("bos_token", files, config, vocabulary), id("eos_token", files, config, vocabulary));
    }

    private static OptionalInt id(String key, List<JsonNode> files, Optional<JsonNode> config, Vocabulary vocabulary) {
        for (JsonNode file : files) {
            if (file.has(key)) {
                JsonNode value = file.get(key);
                JsonNode content = value.isObject() ? value.path("content") : value;
                return content.isTextual() ? vocabulary.id(content.asText()) : OptionalInt.empty();
            }
        }
        JsonNode id = config.map(c -> c.path(key + "_id")).orElse(null);
        if (id != null && id.isArray()) {
            id = id.get(0);
        }
        return id != null && id.isInt() && vocabulary.size() > id.asInt()
                ? OptionalInt.of(id.asInt())
                : OptionalInt.empty();
    }
}
