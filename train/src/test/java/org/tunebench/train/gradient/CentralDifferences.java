package org.tunebench.train.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Compares the outputs d&lt;input&gt; of a graph with central differences of its output loss. */
public final class CentralDifferences {
    /** So many elements of an input are moved unless told otherwise, picked by a fixed seed. */
    private static final int ELEMENTS = 40;

    private CentralDifferences() {}

    /** @param tolerance relative to the larger of 1 and the largest gradient of that input */
    public static void check(
            org.tunebench.core.graph.Graph graph, Map<String, Evaluation.Tensor> feeds, double step, double tolerance)
            throws Exception {
        check(graph, feeds, step, tolerance, ELEMENTS);
    }

    /** As above, with another number of moved elements. */
    public static void check(
            org.tunebench.core.graph.Graph graph,
            Map<String, Evaluation.Tensor> feeds,
            double step,
            double tolerance,
            int elements)
            throws Exception {
        try (Evaluation evaluation = new Evaluation(graph)) {
            Map<String, double[]> analytic = evaluation.run(feeds);
            for (String input : feeds.keySet()) {
                double[] gradient = analytic.get("d" + input);
                if (gradient == null) {
                    continue;
                }
                Evaluation.Tensor tensor = feeds.get(input);
                assertThat(gradient).as("gradient of %s", input).hasSameSizeAs(tensor.numbers());
                double scale = 1;
                for (double g : gradient) {
                    scale = Math.max(scale, Math.abs(g));
                }
                Random pick = new Random(7);
                int n = gradient.length;
                for (int k = 0; k < Math.min(n, elements); k++) {
                    int i = n <= elements ? k : pick.nextInt(n);
                    double up = loss(evaluation, feeds, input, i, step);
                    double down = loss(evaluation, feeds, input, i, -step);
                    assertThat(gradient[i])
                            .as("d loss / d %s[%d]", input, i)
                            .isCloseTo(
                                    (up - down) / (2 * step), org.assertj.core.data.Offset.offset(tolerance * scale));
                }
            }
        }
    }

    private static double loss(
            Evaluation evaluation, Map<String, Evaluation.Tensor> feeds, String input, int i, double by)
            throws Exception {
        Map<String, Evaluation.Tensor> moved = new LinkedHashMap<>(feeds);
        Evaluation.Tensor tensor = feeds.get(input);
        double[] numbers = tensor.numbers().clone();
        numbers[i] += by;
        moved.put(input, new Evaluation.Tensor(numbers, tensor.shape()));
        return evaluation.run(moved).get("loss")[0];
    }
}
