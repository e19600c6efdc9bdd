package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/** Rules of operators that pick elements by index: the gradient is added where they came from. */
final class Selection {
    private Selection() {}

    /** Rows picked along the first axis, e.g. embeddings; a row picked twice gets the sum. */
    static List<@Nullable Value> gather(Backward at) {
        if (at.node().longAttribute("axis", 0) != 0) {
            throw new IllegalArgumentException("Gather has a gradient rule along axis 0 only, got " + at.node());
        }
        GraphBuilder b = at.b();
        Value table = at.in(0);
        Value indices = at.in(1);
        Dim picked = indices.rank() == 1 ? indices.dim(0) : b.graph().newSymbol("picked");
        List<Dim> rows = new ArrayList<>(List.of(picked));
        rows.addAll(table.shape().dims().subList(1, table.rank()));
        Value flatIndices = b.reshape(indices, new Shape(List.of(picked, Dim.of(1))));
        return list(b.scatterRowsAdd(at.takeSoFar(0), flatIndices, b.reshape(at.g(), new Shape(rows))));
    }

    static List<@Nullable Value> gatherElements(Backward at) {
        int axis = (int) at.node().longAttribute("axis", 0);
        return list(at.b().scatterElementsAdd(at.takeSoFar(0), at.in(1), at.g(), axis));
    }
}
