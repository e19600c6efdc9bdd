package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.input.KnownNames;

/** The families there are. */
public final class Families {
    private static final List<Family> ALL = List.of(new Llama());

    private Families() {}

    public static Family of(ModelConfig config) {
        return of(config.modelType(), "model");
    }

    /** The family of a model_type; unknown ones are refused with those that are known. */
    static Family of(String modelType, String where) {
        return ALL.stream()
                .filter(f -> f.modelType().equals(modelType))
                .findFirst()
                .orElseThrow(() -> KnownNames.unknown(
                        "model_type",
                        modelType,
                        ALL.stream().map(Family::modelType).toList(),
                        where));
    }
}
