package org.tunebench.train.gradient;

import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.graph.Node;

/** Which operator has which rule: one line each. */
final class Rules {
    private static final Map<String, GradientRule> BY_OPERATOR = new TreeMap<>(Map.ofEntries(
            Map.entry("Add", Elementwise::add),
            Map.entry("Sub", Elementwise::sub),
            Map.entry("Mul", Elementwise::mul),
            Map.entry("Div", Elementwise::div),
            Map.entry("Neg", Elementwise::neg),
            Map.entry("Sqrt", Elementwise::sqrt),
            Map.entry("Exp", Elementwise::exp),
            Map.entry("Log", Elementwise::log),
            Map.entry("Sigmoid", Elementwise::sigmoid),
            Map.entry("Tanh", Elementwise::tanh),
            Map.entry("Erf", Elementwise::erf),
            Map.entry("Gelu", Elementwise::geluTanh),
            Map.entry("Identity", Elementwise::identity),
            Map.entry("Cast", Elementwise::cast),
            Map.entry("Where", Elementwise::where),
            Map.entry("MatMul", Products::matMul),
            Map.entry("FusedMatMul", Products::matMul),
            Map.entry("ReduceSum", Reductions::sum),
            Map.entry("ReduceMean", Reductions::mean),
            Map.entry("Softmax", Normalization::softmax),
            Map.entry("LogSoftmax", Normalization::logSoftmax),
            Map.entry("LayerNormalization", Normalization::layerNorm),
            Map.entry("SimplifiedLayerNormalization", Normalization::rmsNorm),
            Map.entry("Reshape", Layout::reshape),
            Map.entry("Squeeze", Layout::reshape),
            Map.entry("Unsqueeze", Layout::reshape),
            Map.entry("Transpose", Layout::transpose),
            Map.entry("Expand", Layout::expand),
            Map.entry("Concat", Layout::concat),
            Map.entry("Split", Layout::split),
            Map.entry("Gather", Selection::gather),
            Map.entry("GatherElements", Selection::gatherElements)));

    private Rules() {}

    static GradientRule of(Node node) {
        GradientRule rule = BY_OPERATOR.get(node.operator());
        if (rule == null) {
            throw new IllegalArgumentException("operator " + node.operator()
                    + " has no gradient rule; there are rules for " + String.join(", ", BY_OPERATOR.keySet()));
        }
        return rule;
    }

    static java.util.Set<String> operators() {
        return BY_OPERATOR.keySet();
    }
}
