package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** A family's model of known size: its numbers, which parameters it has, and its forward pass, written once. */
public interface Architecture {
    ModelConfig config();

    /** Every parameter, in the order of the forward pass; a tied output projection is not listed. */
    List<TensorSpec> tensors();

    /** The linear modules inside the layers: what an adapter may change. */
    List<LinearModule> linearModules();

    /** The hidden states after the final normalisation, [batch, time, hidden]. */
    Value hidden(GraphBuilder b, Weights weights, DecoderInputs inputs);

    /**
     * The output projection.
     *
     * @param hidden rows of {@link #hidden}, [rows, hidden]
     * @return [rows, vocabulary]
     */
    Value logits(GraphBuilder b, Weights weights, Value hidden);
}
