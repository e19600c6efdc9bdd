package org.tunebench.train.adapter;

import java.util.function.Function;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.LoraWeights;

/**
 * The trainable tensors inside a graph.
 *
 * @param tensors by name; gradients are taken with respect to these
 * @param detached the same values by name, through which no gradient flows
 * @param dropout of adapters' inputs
 */
public record Trained(Function<String, Value> tensors, Function<String, Value> detached, LoraWeights.Dropout dropout) {

    /** Values that are only read. */
    public static Trained fixed(Function<String, Value> tensors) {
        return new Trained(tensors, tensors, LoraWeights.Dropout.NONE);
    }
}
