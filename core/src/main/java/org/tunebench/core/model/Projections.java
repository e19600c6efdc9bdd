package org.tunebench.core.model;

import java.util.Arrays;
import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Several linear maps of one input: each a module of its own, or all in one module whose result is split.
 *
 * @param modules as many as widths, or one
 * @param widths of the results
 */
record Projections(List<LinearModule> modules, List<Long> widths) {
    Projections {
        modules = List.copyOf(modules);
        widths = List.copyOf(widths);
    }

    static Projections separate(LinearModule... modules) {
        return new Projections(
                List.of(modules),
                List.of(modules).stream().map(LinearModule::out).toList());
    }

    /** One module for results of these widths. */
    static Projections fused(LinearModule module, long... widths) {
        return new Projections(List.of(module), Arrays.stream(widths).boxed().toList());
    }

    /** [..., in] → a value [..., width] for each width. */
    List<Value> apply(GraphBuilder b, Weights weights, Value x) {
        if (modules.size() == widths.size()) {
            return modules.stream().map(m -> m.apply(b, weights, x)).toList();
        }
        long[] parts = widths.stream().mapToLong(Long::longValue).toArray();
        return b.split(modules.get(0).apply(b, weights, x), -1, parts);
    }
}
