package org.tunebench.core.model;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;

/** The families there are. */
public final class Families {
    private static final List<Family> ALL =
            List.of(new Llama(), new Mistral(), new Qwen2(), new Qwen3(), new Gpt2(), new Gemma2(), new Phi3());

    private Families() {}

    /**
     * Reads config.json.
     *
     * @throws InputException for an unknown model_type, a wrong value, or a key that may change the numbers and is not
     *     supported
     */
    public static Architecture read(Path file) {
        return read(ConfigKeys.open(file));
    }

    /** As {@link #read(Path)}, from the text of a config.json; {@code where} is its place in messages. */
    public static Architecture parse(String json, String where) {
        return read(ConfigKeys.parse(json.getBytes(StandardCharsets.UTF_8), where));
    }

    private static Architecture read(ConfigKeys keys) {
        String modelType = keys.string("model_type");
        Family family = ALL.stream()
                .filter(f -> f.modelType().equals(modelType))
                .findFirst()
                .orElseThrow(() -> KnownNames.unknown(
                        "model_type",
                        modelType,
                        ALL.stream().map(Family::modelType).toList(),
                        keys.where()));
        try {
            Architecture architecture = family.read(keys);
            keys.refuseUnread();
            return architecture;
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), keys.where(), "Correct the file", e);
        }
    }
}
