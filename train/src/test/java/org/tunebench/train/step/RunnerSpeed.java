package org.tunebench.train.step;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/**
 * How fast the runners are beside each other, on random tokens, in turn in one process. Run it on the class path of
 * profile training-natives:
 *
 * <pre>java … org.tunebench.train.step.RunnerSpeed MODEL full|lora BATCH TIME MICRO_BATCHES STEPS ROUNDS</pre>
 */
public final class RunnerSpeed {
    private static final AdamW ADAMW = new AdamW(0.9, 0.999, 1e-8, 0.01);

    /** Counts the time of all threads: on a machine with other work to do it says more than a clock. */
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private RunnerSpeed() {}

    public static void main(String[] args) throws IOException {
        ModelFolder base = ModelFolder.open(Path.of(args[0]));
        Method method = args[1].equals("full")
                ? new FullFineTuning(base.architecture().tensors(), base::floats)
                : new Lora(
                        Lora.targeted(base.architecture().linearModules(), List.of("*_proj")),
                        16,
                        2,
                        false,
                        base::floats,
                        1);
        int batch = Integer.parseInt(args[2]);
        int time = Integer.parseInt(args[3]);
        int micro = Integer.parseInt(args[4]);
        int steps = Integer.parseInt(args[5]);
        int rounds = Integer.parseInt(args[6]);
        StepProgram program = new StepProgram(base.architecture(), method, ADAMW, 1, DType.FLOAT, null);
        StepChunk chunk = chunk(base, batch, time, micro, steps);
        Path folder = Files.createTempDirectory("runner-speed");
        Graph graph = new Graph("train");
        program.write(graph, base.weights(new GraphBuilder(graph)));
        Graph gradients = new Graph("gradients");
        new GradientProgram(program, micro > 1).write(gradients, base.weights(new GraphBuilder(gradients)));
        try (StepRunner host =
                        new HostRunner(program, Session.create(gradients, Device.CPU, base.weightsRoot()), micro > 1);
                StepRunner loop = new LoopRunner(Session.create(graph, Device.CPU, base.weightsRoot()), ADAMW);
                StepRunner training = new OrtTrainingRunner(program, base, Device.CPU, folder)) {
            Map<String, StepRunner> runners = new LinkedHashMap<>();
            runners.put("host", host);
            runners.put("loop", loop);
            runners.put("ort-training", training);
            Map<String, List<Double>> seconds = new LinkedHashMap<>();
            Map<String, List<Double>> cpuSeconds = new LinkedHashMap<>();
            runners.forEach((name, runner) -> {
                seconds.put(name, new ArrayList<>());
                cpuSeconds.put(name, new ArrayList<>());
                runner.load(start(method), 0);
                System.out.println(Arrays.toString(runner.run(chunk).losses())); // warms up
            });
            for (int round = 0; round < rounds; round++) {
                runners.forEach((name, runner) -> {
                    long from = System.nanoTime();
                    long cpuFrom = MACHINE.getProcessCpuTime();
                    runner.run(chunk);
                    seconds.get(name).add((System.nanoTime() - from) / 1e9);
                    cpuSeconds.get(name).add((MACHINE.getProcessCpuTime() - cpuFrom) / 1e9);
                });
            }
            double tokens = (double) batch * time * micro * steps;
            System.out.printf(
                    "%d trained parameters, medians of %d%n", program.layout().size(), rounds);
            print("tokens a second", tokens, seconds);
            print("tokens a CPU second", tokens, cpuSeconds);
        }
    }

    private static void print(String unit, double tokens, Map<String, List<Double>> seconds) {
        System.out.print(unit + ":");
        seconds.forEach((name, of) -> System.out.printf(Locale.ROOT, " %s %.0f", name, tokens / median(of)));
        System.out.println();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static FlatState start(Method method) {
        float[] parameters = new float[Math.toIntExact(new FlatLayout(method.trainable()).size())];
        int at = 0;
        for (TensorSpec tensor : method.trainable()) {
            float[] values = method.initial(tensor);
            System.arraycopy(values, 0, parameters, at, values.length);
            at += values.length;
        }
        return FlatState.start(parameters);
    }

    private static StepChunk chunk(ModelFolder base, int rows, int time, int micro, int steps) {
        Random random = new Random(1);
        int n = rows * time;
        List<OptimizerStep> all = new ArrayList<>();
        for (int s = 0; s < steps; s++) {
            List<Batch> batches = new ArrayList<>();
            for (int m = 0; m < micro; m++) {
                long[] ids = random.longs(n, 0, base.config().vocabularySize()).toArray();
                long[] positions = new long[n];
                long[] segments = new long[n];
                Arrays.fill(segments, 1);
                Arrays.setAll(positions, i -> i % time);
                long[] labels = ids.clone();
                for (int i = 0; i < n; i++) {
                    labels[i] = i % time < time / 2 ? Batch.IGNORED : ids[i];
                }
                batches.add(new Batch(rows, time, ids, positions, segments, labels, rows * (time - time / 2), n));
            }
            all.add(new OptimizerStep(batches));
        }
        Schedule schedule = new Schedule(Schedule.Shape.CONSTANT, 1e-5, 0, 0, 1000);
        return StepChunk.of(1, all, Recipe.Loss.TOKEN_MEAN, schedule, null);
    }
}
