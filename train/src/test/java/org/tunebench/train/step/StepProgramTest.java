package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.gradient.CentralDifferences;
import org.tunebench.train.gradient.Evaluation;

class StepProgramTest {
    private static final int WANTED = 5;
    private static final AdamW ADAMW = new AdamW(0.9, 0.999, 1e-8, 0.01);

    @ParameterizedTest(name = "{0}, tied {1}, seed {2}")
    @CsvSource({"full, true, 1", "full, false, 2", "lora, false, 3"
    }) // DoRA holds a norm constant, so that differences do not see what its gradient leaves out
    void micro_wholeModel_gradientAgreesWithCentralDifferencesInFloat64(String name, boolean tied, long seed)
            throws Exception {
        TinyLlama model = new TinyLlama(tied, seed);
        Method method = method(name, model, seed);
        StepProgram program = new StepProgram(model.architecture, method, ADAMW, 1, DType.DOUBLE, null);
        Graph graph = new Graph("whole-model");
        GraphBuilder b = new GraphBuilder(graph);
        Value flat = graph.input("flat", DType.DOUBLE, Shape.of(program.layout().size()));
        StepProgram.Batches batch = StepProgram.Batches.inputs(graph, DType.DOUBLE, null);
        Map<String, Value> views = program.layout().views(b, flat);
        StepProgram.LossAndGradient result = program.micro(b, model.frozen(graph, DType.DOUBLE), views, batch);
        graph.output("loss", result.loss());
        graph.output("dflat", result.gradient());

        Map<String, Evaluation.Tensor> feeds = new LinkedHashMap<>();
        feeds.put("flat", new Evaluation.Tensor(start(method, seed), new long[] {
            program.layout().size()
        }));
        feeds.putAll(tokens(new Random(seed), 2, 7));
        CentralDifferences.check(graph, feeds, 1e-5, 1e-6);
    }

    @Test
    void steps_tenOfAdamWWithClipping_agreeWithPlainJava() throws Exception {
        long seed = 5;
        TinyLlama model = new TinyLlama(true, seed);
        Method method = method("full", model, seed);
        double maxNorm = 0.05;
        StepProgram program = new StepProgram(model.architecture, method, ADAMW, maxNorm, DType.DOUBLE, null);
        Graph graph = new Graph("steps");
        program.write(graph, model.frozen(graph, DType.DOUBLE));

        Graph gradientGraph = new Graph("gradient");
        GraphBuilder b = new GraphBuilder(gradientGraph);
        Value flat = gradientGraph.input(
                "flat", DType.DOUBLE, Shape.of(program.layout().size()));
        StepProgram.Batches batch = StepProgram.Batches.inputs(gradientGraph, DType.DOUBLE, null);
        StepProgram.LossAndGradient once = program.micro(
                b, model.frozen(gradientGraph, DType.DOUBLE), program.layout().views(b, flat), batch);
        gradientGraph.output("loss", once.loss());
        gradientGraph.output("gradient", once.gradient());

        int steps = 10;
        int micro = 3;
        Random random = new Random(seed);
        Schedule schedule = new Schedule(Schedule.Shape.COSINE, 1e-2, 0.1, 2, steps);
        List<List<Map<String, Evaluation.Tensor>>> batches = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            List<Map<String, Evaluation.Tensor>> parts = new ArrayList<>();
            for (int k = 0; k < micro; k++) {
                parts.add(tokens(random, 2, 7));
            }
            batches.add(parts);
        }
        double[] start = start(method, seed);
        double[] p = start.clone();
        double[] m = new double[p.length];
        double[] v = new double[p.length];
        double[] losses = new double[steps];
        double[] norms = new double[steps];
        double[] scalars = new double[steps * 3];
        try (Evaluation gradients = new Evaluation(gradientGraph)) {
            for (int t = 0; t < steps; t++) {
                double[] g = new double[p.length];
                for (Map<String, Evaluation.Tensor> part : batches.get(t)) {
                    Map<String, Evaluation.Tensor> feeds = new LinkedHashMap<>(part);
                    feeds.put("flat", new Evaluation.Tensor(p, new long[] {p.length}));
                    Map<String, double[]> out = gradients.run(feeds);
                    losses[t] += out.get("loss")[0];
                    for (int i = 0; i < g.length; i++) {
                        g[i] += out.get("gradient")[i];
                    }
                }
                double lr = schedule.learningRate(t + 1);
                norms[t] = plainStep(p, m, v, g, lr, t + 1, maxNorm);
                System.arraycopy(ADAMW.scalars(t + 1, lr), 0, scalars, t * 3, 3);
            }
        }
        Map<String, Evaluation.Tensor> feeds = stacked(batches, 2, 7);
        feeds.put("parameters", new Evaluation.Tensor(start, new long[] {start.length}));
        feeds.put("first_moment", new Evaluation.Tensor(new double[p.length], new long[] {p.length}));
        feeds.put("second_moment", new Evaluation.Tensor(new double[p.length], new long[] {p.length}));
        feeds.put("scalars", new Evaluation.Tensor(scalars, new long[] {steps, 3}));
        try (Evaluation evaluation = new Evaluation(graph)) {
            Map<String, double[]> out = evaluation.run(feeds);
            for (int t = 0; t < steps; t++) {
                assertThat(out.get("losses")[t]).as("loss %d", t).isCloseTo(losses[t], within(1e-6));
                assertThat(out.get("gradient_norms")[t]).as("norm %d", t).isCloseTo(norms[t], within(1e-6));
                assertThat(norms[t]).isGreaterThan(maxNorm);
            }
            assertClose(out.get("next_parameters"), p);
            assertClose(out.get("next_first_moment"), m);
            assertClose(out.get("next_second_moment"), v);

            double[] weights = feeds.get("weights").numbers();
            weights[4 * micro * WANTED] = Double.POSITIVE_INFINITY; // the fifth step's loss becomes infinite
            Map<String, double[]> broken = evaluation.run(feeds);
            assertThat(broken.get("losses")[3]).isCloseTo(losses[3], within(1e-6));
            assertThat(broken.get("losses")[4]).isInfinite();
            assertThat(broken.get("next_parameters")).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
            double[] afterFour = broken.get("next_parameters");
            assertThat(afterFour).isNotEqualTo(out.get("next_parameters"));
            scalars[4 * 3] = 0.5; // whatever follows the broken step changes nothing
            assertThat(evaluation.run(feeds).get("next_parameters")).isEqualTo(afterFour);
        }
    }

    /** torch.nn.utils.clip_grad_norm_ and torch.optim.AdamW, written down. @return the norm before clipping */
    private static double plainStep(double[] p, double[] m, double[] v, double[] g, double lr, int t, double maxNorm) {
        double square = 0;
        for (double x : g) {
            square += x * x;
        }
        double norm = Math.sqrt(square);
        double clip = Math.min(1, maxNorm / (norm + 1e-6));
        for (int i = 0; i < p.length; i++) {
            double x = g[i] * clip;
            p[i] *= 1 - lr * 0.01;
            m[i] = 0.9 * m[i] + 0.1 * x;
            v[i] = 0.999 * v[i] + 0.001 * x * x;
            double denominator = Math.sqrt(v[i]) / Math.sqrt(1 - Math.pow(0.999, t)) + 1e-8;
            p[i] -= lr / (1 - Math.pow(0.9, t)) * m[i] / denominator;
        }
        return norm;
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(1e-6));
        }
    }

    private static Method method(String name, TinyLlama model, long seed) {
        return name.equals("full")
                ? new FullFineTuning(model.tensors(), model.base())
                : new Lora(
                        Lora.targeted(model.architecture.linearModules(), List.of("q_proj", "*.down_proj")),
                        3,
                        0.5,
                        name.equals("dora"),
                        model.base(),
                        seed);
    }

    /** The method's start; LoRA's B a little off zero, so that A has a gradient too. */
    private static double[] start(Method method, long seed) {
        List<Double> all = new ArrayList<>();
        Random random = new Random(seed);
        for (TensorSpec spec : method.trainable()) {
            boolean zero = spec.name().endsWith("lora_B.weight");
            for (float x : method.initial(spec)) {
                all.add(zero ? 0.1 * random.nextGaussian() : x);
            }
        }
        return all.stream().mapToDouble(d -> d).toArray();
    }

    /** Random ids in two packed segments a row; the last of five wanted rows is there for the shape only. */
    private static Map<String, Evaluation.Tensor> tokens(Random random, int batch, int time) {
        int n = batch * time;
        double[] ids = random.ints(n, 0, TinyLlama.VOCABULARY).asDoubleStream().toArray();
        double[] positions = new double[n];
        double[] segments = new double[n];
        for (int i = 0; i < n; i++) {
            int t = i % time;
            positions[i] = t < 4 ? t : t - 4;
            segments[i] = t < 4 ? 1 : 2;
        }
        double[] rows = {1, 2, 5, n - 2, 0};
        double[] targets = {3, 8, 1, 22, 0};
        double[] weights = {0.1, 0.1, 0.1, 0.2, 0};
        long[] tokens = {batch, time};
        Map<String, Evaluation.Tensor> feeds = new LinkedHashMap<>();
        feeds.put("ids", new Evaluation.Tensor(ids, tokens));
        feeds.put("positions", new Evaluation.Tensor(positions, tokens));
        feeds.put("segments", new Evaluation.Tensor(segments, tokens));
        feeds.put("rows", new Evaluation.Tensor(rows, new long[] {rows.length}));
        feeds.put("targets", new Evaluation.Tensor(targets, new long[] {targets.length}));
        feeds.put("weights", new Evaluation.Tensor(weights, new long[] {weights.length}));
        return feeds;
    }

    private static Map<String, Evaluation.Tensor> stacked(
            List<List<Map<String, Evaluation.Tensor>>> batches, int batch, int time) {
        Map<String, Evaluation.Tensor> feeds = new LinkedHashMap<>();
        int steps = batches.size();
        int micro = batches.get(0).size();
        for (String name : List.of("ids", "positions", "segments", "rows", "targets", "weights")) {
            int size = batches.get(0).get(0).get(name).numbers().length;
            double[] all = new double[steps * micro * size];
            for (int i = 0; i < steps * micro; i++) {
                double[] part = batches.get(i / micro).get(i % micro).get(name).numbers();
                System.arraycopy(part, 0, all, i * size, size);
            }
            long[] shape =
                    size == batch * time ? new long[] {steps, micro, batch, time} : new long[] {steps, micro, size};
            feeds.put(name, new Evaluation.Tensor(all, shape));
        }
        return feeds;
    }
}
