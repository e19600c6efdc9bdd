package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.input.InputException;

/**
 * Attention to the last tokens only, which no forward pass here has: a window that every sequence of the context fits into
 * changes nothing and is accepted, a shorter one is refused.
 */
final class SlidingWindow {
    private SlidingWindow() {}

    /** Reads {@code use_sliding_window} (no unless it says so) and what it switches on. */
    static void readSwitched(ConfigKeys keys, int context) {
        keys.ignore("max_window_layers");
        if (keys.flag("use_sliding_window")) {
            read(keys, context, 4096);
        } else {
            keys.ignore("sliding_window");
            readLayerTypes(keys);
        }
    }

    /**
     * Reads {@code sliding_window}.
     *
     * @param context most tokens a sequence may have
     * @param leftOut transformers' window where the key is left out; a null there is no window
     */
    static void read(ConfigKeys keys, int context, int leftOut) {
        int window = keys.positiveInt("sliding_window", keys.has("sliding_window") ? context : leftOut);
        readLayerTypes(keys);
        if (window < context) {
            keys.unsupported(new InputException(
                    "sliding_window is " + window + ", shorter than max_position_embeddings, " + context,
                    keys.where(),
                    "Windows are not supported; with max_position_embeddings at most " + window
                            + " no window is needed and the numbers stay the same"));
        }
    }

    /** Which layers have a window: that does not matter where it is as long as the context. */
    private static void readLayerTypes(ConfigKeys keys) {
        for (String type : keys.has("layer_types") ? keys.stringOrStrings("layer_types") : List.<String>of()) {
            if (!type.equals("full_attention") && !type.equals("sliding_attention")) {
                keys.unsupported(new InputException(
                        "layer_types has " + type, keys.where(), "Only full and sliding attention are known"));
            }
        }
    }
}
