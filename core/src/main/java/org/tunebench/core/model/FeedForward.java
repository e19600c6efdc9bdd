package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** The part of a layer that sees one token at a time. */
interface FeedForward {
    List<LinearModule> modules();

    /** [..., hidden] → the same. */
    Value apply(GraphBuilder b, Weights weights, Value x);
}
