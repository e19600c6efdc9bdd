package org.tunebench.train.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Node;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/** Every rule against central differences, on random shapes; the seed is in the test's name. */
class GradientsTest {
    private static final long SEED = 20261123;

    /** An operator under test: the shapes of its inputs and how it is written. */
    private record Case(
            String name,
            DType type,
            double low,
            double high,
            List<long[]> shapes,
            BiFunction<GraphBuilder, List<Value>, Value> write) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(name);
            shapes.forEach(s -> text.append(Arrays.toString(s)));
            return text.toString();
        }
    }

    private static Case real(String name, List<long[]> shapes, BiFunction<GraphBuilder, List<Value>, Value> write) {
        return new Case(name, DType.DOUBLE, -2, 2, shapes, write);
    }

    private static Case positive(String name, List<long[]> shapes, BiFunction<GraphBuilder, List<Value>, Value> write) {
        return new Case(name, DType.DOUBLE, 0.5, 2, shapes, write);
    }

    private static Stream<Case> cases(long seed) {
        Random random = new Random(seed);
        long a = 1 + random.nextInt(3);
        long m = 2 + random.nextInt(3);
        long n = 2 + random.nextInt(4);
        long k = 2 + random.nextInt(3);
        long[] full = {a, m, n};
        long[] row = {n};
        long[] column = {m, 1};
        return Stream.of(
                real("Add", List.of(full, row), (b, x) -> b.add(x.get(0), x.get(1))),
                real("Add", List.of(column, full), (b, x) -> b.add(x.get(0), x.get(1))),
                real("Sub", List.of(full, column), (b, x) -> b.sub(x.get(0), x.get(1))),
                real("Mul", List.of(full, column), (b, x) -> b.mul(x.get(0), x.get(1))),
                real("Mul", List.of(row), (b, x) -> b.mul(x.get(0), x.get(0))),
                positive("Div", List.of(full, row), (b, x) -> b.div(x.get(0), x.get(1))),
                positive("Div", List.of(row, full), (b, x) -> b.div(x.get(0), x.get(1))),
                real("Neg", List.of(full), (b, x) -> b.neg(x.get(0))),
                positive("Sqrt", List.of(full), (b, x) -> b.sqrt(x.get(0))),
                real("Exp", List.of(full), (b, x) -> b.exp(x.get(0))),
                positive("Log", List.of(full), (b, x) -> b.log(x.get(0))),
                real("Sigmoid", List.of(full), (b, x) -> b.sigmoid(x.get(0))),
                real("Tanh", List.of(full), (b, x) -> b.tanh(x.get(0))),
                new Case("Gelu", DType.FLOAT, -3, 3, List.of(full), (b, x) -> b.geluTanh(x.get(0))),
                real("Mul", List.of(full), (b, x) -> b.geluTanh(x.get(0))), // the same written out
                new Case("Erf", DType.FLOAT, -2, 2, List.of(full), (b, x) -> b.erf(x.get(0))),
                real("Identity", List.of(full), (b, x) -> b.identity(x.get(0))),
                new Case("Cast", DType.FLOAT, -2, 2, List.of(full), (b, x) -> {
                    Value wide = b.cast(x.get(0), DType.DOUBLE);
                    return b.cast(b.mul(wide, wide), DType.FLOAT);
                }),
                real(
                        "Where",
                        List.of(full, row),
                        (b, x) -> b.where(
                                b.less(x.get(0), b.scalar(DType.DOUBLE, 0.3)), b.mul(x.get(0), x.get(0)), x.get(1))),
                real("MatMul", List.of(full, new long[] {a, n, k}), (b, x) -> b.matMul(x.get(0), x.get(1))),
                real("MatMul", List.of(full, new long[] {n, k}), (b, x) -> b.matMul(x.get(0), x.get(1))),
                real(
                        "FusedMatMul",
                        List.of(full, new long[] {k, n}),
                        (b, x) -> b.matMul(x.get(0), x.get(1), false, true, 0.75)),
                real(
                        "FusedMatMul",
                        List.of(full, new long[] {a, m, k}),
                        (b, x) -> b.matMul(x.get(0), x.get(1), true, false, 1)),
                real(
                        "FusedMatMul",
                        List.of(full, new long[] {a, k, m}),
                        (b, x) -> b.matMul(x.get(0), x.get(1), true, true, 2)),
                real("ReduceSum", List.of(full), (b, x) -> b.reduceSum(x.get(0), false, 0, -1)),
                real("ReduceMean", List.of(full), (b, x) -> b.reduceMean(x.get(0), true, 1)),
                real("Softmax", List.of(full), (b, x) -> b.softmax(x.get(0), -1)),
                real("LogSoftmax", List.of(full), (b, x) -> b.logSoftmax(x.get(0), 1)),
                new Case(
                        "SimplifiedLayerNormalization",
                        DType.FLOAT,
                        0.5,
                        2,
                        List.of(full, row),
                        (b, x) -> b.rmsNorm(x.get(0), x.get(1), 0.1).get(0)),
                real(
                        "ReduceMean", // the same written out
                        List.of(full, row),
                        (b, x) -> b.rmsNorm(x.get(0), x.get(1), 1e-5).get(0)),
                new Case(
                        "LayerNormalization",
                        DType.FLOAT,
                        -2,
                        2,
                        List.of(full, row, row),
                        (b, x) -> b.layerNorm(x.get(0), x.get(1), x.get(2), 0.5).get(0)),
                real(
                        "ReduceMean", // the same written out
                        List.of(full, row, row),
                        (b, x) ->
                                b.layerNorm(x.get(0), x.get(1), x.get(2), 1e-1).get(0)),
                real("Reshape", List.of(full), (b, x) -> b.reshape(x.get(0), Shape.of(m, a * n))),
                real("Squeeze", List.of(column), (b, x) -> b.squeeze(x.get(0), 1)),
                real("Unsqueeze", List.of(full), (b, x) -> b.unsqueeze(x.get(0), 1)),
                real("Transpose", List.of(full), (b, x) -> b.transpose(x.get(0), 2, 0, 1)),
                real("Expand", List.of(column, full), (b, x) -> b.mul(b.expandLike(x.get(0), x.get(1)), x.get(1))),
                real("Concat", List.of(full, new long[] {a, k, n}), (b, x) -> b.concat(1, x.get(0), x.get(1))),
                real(
                        "Split",
                        List.of(full),
                        (b, x) -> b.exp(b.split(x.get(0), 2, 1, n - 1).get(1))),
                real("Gather", List.of(full), (b, x) -> b.gather(x.get(0), b.longs(0, a - 1, 0), 0)),
                real(
                        "GatherElements",
                        List.of(new long[] {3, n}),
                        (b, x) -> b.gatherElements(
                                x.get(0),
                                b.graph()
                                        .constant(
                                                DType.INT64,
                                                Shape.of(3, 2),
                                                java.nio.ByteBuffer.allocate(48)
                                                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                                                        .putLong(0, 1)
                                                        .putLong(8, 1)
                                                        .putLong(24, 1)),
                                1)));
    }

    private static Stream<Arguments> seededCases() {
        return Stream.of(SEED, SEED + 1, SEED + 2).flatMap(s -> cases(s).map(c -> Arguments.of(c, s)));
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("seededCases")
    void rule_againstCentralDifferences_agrees(Case c, long seed) throws Exception {
        Graph graph = new Graph("rule");
        GraphBuilder b = new GraphBuilder(graph);
        Random random = new Random(seed);
        List<Value> inputs = new ArrayList<>();
        Map<String, Evaluation.Tensor> feeds = new LinkedHashMap<>();
        for (int i = 0; i < c.shapes().size(); i++) {
            long[] shape = c.shapes().get(i);
            Value input = graph.input(
                    "x" + i, c.type(), Shape.of(Arrays.stream(shape).boxed().toArray()));
            inputs.add(input);
            double[] numbers =
                    random.doubles(input.shape().elements(), c.low(), c.high()).toArray();
            feeds.put(input.name(), new Evaluation.Tensor(numbers, shape));
        }
        Value out = c.write().apply(b, inputs);
        assertThat(graph.nodes())
                .as("the operators of %s", c)
                .anyMatch(n -> n.operator().equals(c.name()));
        double[] weights = random.doubles(out.shape().elements(), -1, 1).toArray();
        Value weighted = b.mul(out, b.tensor(out.type(), out.shape(), weights));
        Value loss = b.reduceSum(b.reshape(weighted, Shape.of(weights.length)), false, 0);
        List<Value> gradients = Gradients.of(b, loss, inputs);
        graph.output("loss", loss);
        for (int i = 0; i < inputs.size(); i++) {
            graph.output("dx" + i, gradients.get(i));
        }
        double step = c.type() == DType.DOUBLE ? 1e-5 : 1e-2;
        // float32: rounding of the loss (6e-8 · |loss| / step) and the third derivative (step²) bound the difference
        double tolerance = c.type() == DType.DOUBLE ? 1e-6 : 2e-3;
        CentralDifferences.check(graph, feeds, step, tolerance);
    }

    @Test
    void rules_allOperators_areUnderTest() {
        Set<String> tested = new HashSet<>();
        cases(SEED).forEach(c -> tested.add(c.name()));
        assertThat(tested).isEqualTo(Rules.operators());
    }

    @Test
    void of_operatorWithoutRule_isRefusedByName() {
        Graph graph = new Graph("none");
        GraphBuilder b = new GraphBuilder(graph);
        Value x = graph.input("x", DType.FLOAT, Shape.of(3));
        Value loss = b.reduceSum(b.cumSum(x, 0, false), false, 0);
        assertThatThrownBy(() -> Gradients.of(b, loss, List.of(x)))
                .hasMessageContaining("operator CumSum has no gradient rule")
                .hasMessageContaining("Softmax");
    }

    @Test
    void of_operatorWithoutRuleOffTheWayToTheLoss_isNoMatter() {
        Graph graph = new Graph("aside");
        GraphBuilder b = new GraphBuilder(graph);
        Value x = graph.input("x", DType.FLOAT, Shape.of(3));
        Value fixed = graph.input("fixed", DType.FLOAT, Shape.of(3));
        Value loss = b.reduceSum(b.mul(x, b.cumSum(fixed, 0, false)), false, 0);
        assertThat(Gradients.of(b, loss, List.of(x))).hasSize(1);
    }

    @Test
    void of_geluOfAnotherForm_isRefused() {
        Graph graph = new Graph("gelu");
        GraphBuilder b = new GraphBuilder(graph);
        Value x = graph.input("x", DType.FLOAT, Shape.of(3));
        Value y = b.node("Gelu", "", List.of(x), DType.FLOAT, x.shape(), Map.of("approximate", "none"));
        Value loss = b.reduceSum(y, false, 0);
        assertThatThrownBy(() -> Gradients.of(b, loss, List.of(x))).hasMessageContaining("Gelu");
    }

    @Test
    void of_valueTheLossDoesNotDependOn_isZeroAndFrozenInputsCostNothing() throws Exception {
        Graph graph = new Graph("frozen");
        GraphBuilder b = new GraphBuilder(graph);
        Value x = graph.input("x", DType.DOUBLE, Shape.of(2, 2));
        Value frozen = graph.input("frozen", DType.DOUBLE, Shape.of(2, 2));
        Value apart = graph.input("apart", DType.DOUBLE, Shape.of(2));
        Value loss = b.reduceSum(b.matMul(x, frozen), false, 0, 1);
        int before = graph.nodes().size();
        List<Value> gradients = Gradients.of(b, loss, List.of(x, apart));
        List<String> written = graph.nodes().subList(before, graph.nodes().size()).stream()
                .map(Node::operator)
                .toList();
        assertThat(written).containsOnlyOnce("FusedMatMul");
        graph.output("dapart", gradients.get(1));
        try (Evaluation evaluation = new Evaluation(graph)) {
            Map<String, Evaluation.Tensor> feeds = Map.of(
                    "x", new Evaluation.Tensor(new double[] {1, 2, 3, 4}, new long[] {2, 2}),
                    "frozen", new Evaluation.Tensor(new double[] {1, 2, 3, 4}, new long[] {2, 2}),
                    "apart", new Evaluation.Tensor(new double[] {1, 2}, new long[] {2}));
            assertThat(evaluation.run(feeds).get("dapart")).containsExactly(0, 0);
        }
    }
}
