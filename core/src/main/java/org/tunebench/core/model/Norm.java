package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** A normalisation over the last dimension. */
interface Norm {
    List<TensorSpec> tensors();

    /** [..., size] → the same. */
    Value apply(GraphBuilder b, Weights weights, Value x);
}
