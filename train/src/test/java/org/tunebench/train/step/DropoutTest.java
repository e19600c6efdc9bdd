package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.LinearModule;
import org.tunebench.train.gradient.Evaluation;
import org.tunebench.train.gradient.Gradients;

class DropoutTest {
    private static final LinearModule NARROW = new LinearModule("layers.0.q_proj", 4, 3, false, false);
    private static final LinearModule WIDE = new LinearModule("layers.0.down_proj", 3, 5, false, false);
    private static final DropoutDraws DRAWS = new DropoutDraws(0.25, List.of(NARROW, WIDE), 11);

    private record Drawn(byte[] keep, long[] places) {}

    private static Drawn draw(DropoutDraws draws, int step, int micro, int tokens) {
        int pool = draws.poolSize(tokens);
        Drawn drawn = new Drawn(new byte[pool], new long[2]);
        draws.draw(step, micro, drawn.keep(), 0, pool, drawn.places(), 0);
        return drawn;
    }

    @Test
    void draw_share_isWhatIsDropped() {
        byte[] keep = draw(DRAWS, 1, 0, 100_000).keep();
        int dropped = 0;
        for (byte k : keep) {
            dropped += 1 - k;
        }
        double sigma = Math.sqrt(0.25 * 0.75 / keep.length);
        assertThat((double) dropped / keep.length).isCloseTo(0.25, within(5 * sigma));
    }

    @Test
    void draw_sameSeedStepAndMicroBatch_isTheSameAndAnyOtherIsNot() {
        Drawn drawn = draw(DRAWS, 3, 1, 50);
        assertThat(draw(DRAWS, 3, 1, 50)).usingRecursiveComparison().isEqualTo(drawn);
        for (Drawn other : List.of(
                draw(DRAWS, 4, 1, 50),
                draw(DRAWS, 3, 0, 50),
                draw(new DropoutDraws(0.25, List.of(NARROW, WIDE), 12), 3, 1, 50))) {
            assertThat(Arrays.equals(other.keep(), drawn.keep())).isFalse();
            assertThat(other.places()).isNotEqualTo(drawn.places());
        }
    }

    @Test
    void apply_module_zeroesFromItsPlaceAndScalesTheRestAsDoesTheGradient() throws Exception {
        Drawn drawn = draw(DRAWS, 1, 0, 8);
        Graph graph = new Graph("dropout");
        GraphBuilder b = new GraphBuilder(graph);
        Value x = graph.input("x", DType.FLOAT, Shape.of("batch", "time", 5));
        PooledDropout dropout = new PooledDropout(
                DRAWS,
                graph.input("keep", DType.BOOL, Shape.of("pool")),
                graph.input("places", DType.INT64, Shape.of(2)));
        Value y = dropout.apply(b, WIDE, x);
        graph.output("y", y);
        graph.output(
                "dx",
                Gradients.of(b, b.reduceSum(y, false, 0, 1, 2), List.of(x)).get(0));

        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        double[] keep = new double[drawn.keep().length];
        Arrays.setAll(keep, i -> drawn.keep()[i]);
        double[] expected = new double[40];
        Arrays.setAll(expected, i -> (float) (keep[(int) drawn.places()[1] + i] / 0.75));
        double[] places = {drawn.places()[0], drawn.places()[1]};
        try (Evaluation evaluation = new Evaluation(graph)) {
            Map<String, double[]> out = evaluation.run(Map.of(
                    "x", new Evaluation.Tensor(ones, new long[] {2, 4, 5}),
                    "keep", new Evaluation.Tensor(keep, new long[] {keep.length}),
                    "places", new Evaluation.Tensor(places, new long[] {2})));
            assertThat(out.get("y")).containsExactly(expected, within(1e-6));
            assertThat(out.get("dx")).containsExactly(expected, within(1e-6));
        }
        assertThat(expected).contains(0.0);
    }
}
