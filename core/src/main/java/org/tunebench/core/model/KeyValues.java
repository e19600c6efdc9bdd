package org.tunebench.core.model;

import org.tunebench.core.graph.Value;

/** What a layer's queries attend to, given the keys and values of the tokens of this call. */
@FunctionalInterface
public interface KeyValues {
    /**
     * @param keys [batch, key-value heads, time, head size], with the rotary embedding applied
     * @param values [batch, key-value heads, time, head size]
     * @return keys and values [batch, key-value heads, span, head size]
     */
    Pair attended(int layer, Value keys, Value values);

    /** Only the tokens of this call: training and scoring. */
    static KeyValues ownOnly() {
        return (layer, keys, values) -> new Pair(keys, values);
    }

    /** Keys and values of equal shapes. */
    record Pair(Value keys, Value values) {}
}
