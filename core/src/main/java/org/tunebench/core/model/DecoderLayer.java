package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** One layer of a {@link Decoder}. */
interface DecoderLayer {
    List<TensorSpec> tensors();

    List<LinearModule> modules();

    /** The residual stream [batch, time, hidden] after this layer. */
    Value apply(GraphBuilder b, Weights weights, int layer, Value x, HeadPositions positions, DecoderInputs in);
}
