package org.tunebench.core.model;

import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** How queries and keys are told the positions of their tokens. */
@FunctionalInterface
interface HeadPositions {
    /** Not at all: the embedding has them. */
    HeadPositions NONE = (b, x) -> x;

    /** [batch, heads, time, head size] → the same. */
    Value apply(GraphBuilder b, Value x);
}
