package org.tunebench.train.gradient;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.Value;

/** The vector-Jacobian product of one operator. */
@FunctionalInterface
interface GradientRule {
    /**
     * @return for each input its gradient, or null where the input needs none; a shorter list leaves the rest without
     */
    List<@Nullable Value> inputGradients(Backward at);
}
