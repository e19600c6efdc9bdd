package org.tunebench.train.gradient;

/**
 * How gradients are computed; the numbers are the same but for the order of sums.
 *
 * @param recompute whether what the operators between two {@linkplain org.tunebench.core.graph.Graph#boundary boundaries}
 *     gave is computed again for the way back, not kept (Chen et al. 2016, arXiv 1604.06174): about a third more work, and
 *     of each layer only its input takes memory
 * @param ordered whether sums over picked rows have a fixed order on devices whose scatter has none: a product with ones and
 *     zeros in place of it, as costly as the output projection's gradient
 */
public record Differentiation(boolean recompute, boolean ordered) {
    /** Everything is kept, rows are scattered. */
    public static final Differentiation PLAIN = new Differentiation(false, false);
}
