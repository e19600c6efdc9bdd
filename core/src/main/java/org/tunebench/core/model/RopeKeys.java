package org.tunebench.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.KnownNames;

/** Reads rope_theta and rope_scaling (transformers 4) or rope_parameters (transformers 5) of config.json. */
final class RopeKeys {
    private static final double DEFAULT_THETA = 10_000;

    private RopeKeys() {}

    static Rope read(ConfigKeys keys) {
        keys.only("rope_interleaved", false);
        keys.only("partial_rotary_factor", 1.0);
        double theta = keys.positiveDouble("rope_theta", DEFAULT_THETA);
        ConfigKeys scaling = keys.object("rope_scaling");
        ConfigKeys parameters = keys.object("rope_parameters");
        if (scaling != null && parameters != null) {
            throw keys.wrong("rope_scaling", "there beside rope_parameters", "only one of the two");
        }
        if (parameters != null) {
            theta = parameters.positiveDouble("rope_theta", theta);
        }
        return new Rope(theta, scaling(parameters != null ? parameters : scaling));
    }

    private static Rope.Scaling scaling(@Nullable ConfigKeys keys) {
        if (keys == null) {
            return new Rope.Scaling.None();
        }
        String old = keys.optionalString("type");
        String current = keys.optionalString("rope_type");
        String type = current != null ? current : old != null ? old : "default";
        List<String> known = List.of("default", "linear", "llama3");
        if (!known.contains(type)) {
            keys.unsupported(KnownNames.unknown("rope_type", type, known, keys.where()));
            return new Rope.Scaling.None();
        }
        keys.only("partial_rotary_factor", 1.0);
        Rope.Scaling scaling = switch (type) {
            case "linear" -> new Rope.Scaling.Linear(keys.positiveDouble("factor"));
            case "llama3" ->
                new Rope.Scaling.Llama3(
                        keys.positiveDouble("factor"),
                        keys.positiveDouble("low_freq_factor"),
                        keys.positiveDouble("high_freq_factor"),
                        keys.positiveInt("original_max_position_embeddings"));
            default -> new Rope.Scaling.None();
        };
        keys.refuseUnread();
        return scaling;
    }
}
