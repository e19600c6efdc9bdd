package org.tunebench.train.step;

import ai.onnxruntime.OrtException;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.InitialWeights;
import org.tunebench.core.model.Weights;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/**
 * Full fine-tuning steps of a model with random weights on the CPU, one for each line read:
 *
 * <pre>{@code
 * java -cp … org.tunebench.train.step.StepSpeed CONFIG.json ROWS LENGTH
 * }</pre>
 *
 * <p>{@code step} is a whole step, {@code gradient} its forward and backward part, {@code matmul} plain products of the
 * model's sizes. Each is answered with a line of JSON: wall and CPU seconds, and floating-point operations. Every token but
 * a row's last is supervised.
 */
public final class StepSpeed {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Schedule SCHEDULE = new Schedule(Schedule.Shape.CONSTANT, 1e-4, 0, 0, 1_000_000);

    private final Architecture model;
    private final int rows;
    private final int length;
    private final HostRunner runner;
    private final MatMulRate products;
    private int steps;

    StepSpeed(Architecture model, int rows, int length) throws OrtException {
        this.model = model;
        this.rows = rows;
        this.length = length;
        List<FloatTensor> start = InitialWeights.of(model, 1);
        StepProgram program = new StepProgram(
                model,
                new FullFineTuning(model.tensors(), name -> new float[0]),
                new AdamW(0.9, 0.999, 1e-8, 0.01),
                1,
                DType.FLOAT,
                null);
        Graph graph = new Graph("gradient");
        new GradientProgram(program, false).write(graph, NONE);
        runner = new HostRunner(program, Session.create(graph, Device.CPU, null), false);
        float[] parameters = new float[Math.toIntExact(program.layout().size())];
        int at = 0;
        for (FloatTensor tensor : start) {
            int n = tensor.content().remaining();
            tensor.content().duplicate().get(parameters, at, n);
            at += n;
        }
        runner.load(FlatState.start(parameters), 0);
        products = new MatMulRate(model, rows * length);
    }

    /** All weights are trained: none is frozen. */
    private static final Weights NONE = new Weights() {
        @Override
        public DType type() {
            return DType.FLOAT;
        }

        @Override
        public Value tensor(String name) {
            throw new IllegalArgumentException(name + " is not trained");
        }
    };

    /** @param arguments config.json, rows of a step, tokens of a row */
    public static void main(String[] arguments) throws IOException, OrtException {
        Architecture model = Families.read(Path.of(arguments[0]));
        StepSpeed speed = new StepSpeed(model, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(speed.answer(line));
        }
    }

    /** Does what a line asks for and says what it took. */
    String answer(String what) throws OrtException {
        StepChunk chunk = chunk();
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        double flops;
        double loss = Double.NaN;
        switch (what) {
            case "step" -> {
                loss = runner.run(chunk).losses()[0];
                steps++;
                flops = flops();
            }
            case "gradient" -> {
                loss = runner.gradients(chunk, 0);
                flops = flops();
            }
            case "matmul" -> flops = products.run();
            default -> throw new IllegalArgumentException(what + ", expected step, gradient or matmul");
        }
        double seconds = (System.nanoTime() - wall) / 1e9;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        return String.format(
                Locale.ROOT,
                "{\"what\": \"%s\", \"seconds\": %.6f, \"cpu\": %.6f, \"flops\": %.6e, \"loss\": %s}",
                what,
                seconds,
                cpuSeconds,
                flops,
                Double.isNaN(loss) ? "null" : Double.toString(loss));
    }

    /**
     * Operations of forward and backward: 6 for each weight of a product and token, and 12 · layers · width · length a token for the two
     * products of attention, all of the square counted.
     */
    private double flops() {
        double weights = model.linearModules().stream()
                        .mapToDouble(m -> (double) m.in() * m.out())
                        .sum()
                + (double) model.config().hiddenSize() * model.config().vocabularySize();
        double tokens = (double) rows * length;
        double width = (double) model.config().heads() * model.config().headSize();
        return tokens * (6 * weights + 12 * model.config().layers() * width * length);
    }

    private StepChunk chunk() {
        int n = rows * length;
        long[] ids = new Random(1).longs(n, 0, model.config().vocabularySize()).toArray();
        long[] labels = new long[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % length == length - 1 ? Batch.IGNORED : ids[i + 1];
        }
        long[] positions = IntStream.range(0, n).mapToLong(i -> i % length).toArray();
        long[] segments = new long[n];
        Arrays.fill(segments, 1);
        Batch batch = new Batch(rows, length, ids, positions, segments, labels, rows * (length - 1), n);
        OptimizerStep step = new OptimizerStep(List.of(batch));
        return StepChunk.of(steps + 1, List.of(step), Recipe.Loss.TOKEN_MEAN, SCHEDULE, null);
    }
}
