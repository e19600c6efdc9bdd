package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/** Rules of operators that pick elements by index: the gradient is added where they came from. */
final class Selection {
    /** Rows of ones and zeros that are there at once. */
    private static final int ORDERED_ROWS = 4096;

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
        Value g = at.wide(b.reshape(at.g(), new Shape(rows)));
        Value soFar = at.wide(at.takeSoFar(0));
        boolean ordered =
                at.way().ordered() && table.rank() == 2 && table.dim(0).known();
        Value sum = ordered
                ? b.add(
                        soFar,
                        picks(
                                b,
                                b.reshape(indices, new Shape(List.of(picked))),
                                g,
                                table.dim(0).size()))
                : b.scatterRowsAdd(soFar, b.reshape(indices, new Shape(List.of(picked, Dim.of(1)))), g);
        return list(b.cast(sum, table.type()));
    }

    /** The sum of the rows g [picked, width] that each of so many table rows was picked for, in one order always. */
    private static Value picks(GraphBuilder b, Value indices, Value g, long tableRows) {
        Value wanted = b.unsqueeze(indices, 0); // [1, picked]
        List<Value> parts = new ArrayList<>();
        for (long from = 0; from < tableRows; from += ORDERED_ROWS) {
            long[] numbers = LongStream.range(from, Math.min(tableRows, from + ORDERED_ROWS))
                    .toArray();
            Value hits = b.equal(b.unsqueeze(b.longs(numbers), 1), wanted); // [rows, picked]
            parts.add(b.matMul(b.cast(hits, g.type()), g));
        }
        return parts.size() == 1 ? parts.get(0) : b.concat(0, parts);
    }

    static List<@Nullable Value> gatherElements(Backward at) {
        int axis = (int) at.node().longAttribute("axis", 0);
        return list(at.b().scatterElementsAdd(at.takeSoFar(0), at.in(1), at.g(), axis));
    }
}
