package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** A model architecture: how its configuration is read, which parameters it has, and its forward pass. */
public interface Family {
    /** {@code model_type} in config.json. */
    String modelType();

    /**
     * Reads the keys of config.json this family knows. Keys left unread are refused by the caller.
     *
     * @throws org.tunebench.core.input.InputException for values the forward pass does not support
     */
    ModelConfig read(ConfigKeys keys);

    /** Every parameter, in the order of the forward pass; a tied output projection is not listed. */
    List<TensorSpec> tensors(ModelConfig config);

    /** Modules with a weight [out, in] inside the layers, by the last part of their names: what an adapter may target. */
    List<String> linearModules();

    /** The hidden states after the final normalisation, [batch, time, hidden]. */
    Value hidden(GraphBuilder b, ModelConfig config, Weights weights, DecoderInputs inputs);

    /**
     * The output projection.
     *
     * @param hidden rows of {@link #hidden}, [rows, hidden]
     * @return [rows, vocabulary]
     */
    Value logits(GraphBuilder b, ModelConfig config, Weights weights, Value hidden);
}
