package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Weights;

/**
 * Greedy decoding with the loop in the graph against a graph of one step whose results are fed back, in turn, on the model
 * folders given; prints medians. The step's graph chooses the token itself, so that of its results only the token is read.
 * Run by tools/generation-speed.sh.
 */
final class LoopBenchmark {
    private static final int PROMPT_TOKENS = 32;

    private final ModelFolder model;
    private final ModelConfig config;
    private final int[] prompt;
    private final int newTokens;

    private LoopBenchmark(ModelFolder model, int newTokens) {
        this.model = model;
        this.config = model.config();
        this.newTokens = newTokens;
        this.prompt =
                new Random(1).ints(PROMPT_TOKENS, 3, config.vocabularySize()).toArray();
    }

    /** @param arguments rounds, new tokens, model folders */
    public static void main(String[] arguments) throws OrtException {
        int rounds = Integer.parseInt(arguments[0]);
        int newTokens = Integer.parseInt(arguments[1]);
        System.out.printf(
                "%-28s %14s %14s %8s %16s%n",
                "model, batch", "loop tokens/s", "steps tokens/s", "ratio", "CPU time ratio");
        for (String folder : Arrays.asList(arguments).subList(2, arguments.length)) {
            ModelFolder model = ModelFolder.open(Path.of(folder));
            LoopBenchmark benchmark = new LoopBenchmark(model, newTokens);
            for (int batch : new int[] {1, 8}) {
                benchmark.print(batch, rounds);
            }
        }
    }

    private void print(int batch, int rounds) throws OrtException {
        double[] loop = new double[rounds];
        double[] steps = new double[rounds];
        double[] ratios = new double[rounds];
        double[] cpuRatios = new double[rounds];
        try (OrtSession looping = Session.create(GenerateProgram.of(model, false), Device.CPU, model.weightsRoot());
                OrtSession stepping = Session.create(step(model), Device.CPU, model.weightsRoot())) {
            for (int r = -1; r < rounds; r++) { // the first warms up
                long cpuStart = cpuTime();
                long start = System.nanoTime();
                List<Long> looped = loop(looping, batch);
                long between = System.nanoTime();
                long cpuBetween = cpuTime();
                List<Long> stepped = steps(stepping, batch);
                long end = System.nanoTime();
                long cpuEnd = cpuTime();
                if (!looped.equals(stepped)) {
                    throw new IllegalStateException("loop " + looped + ", steps " + stepped);
                }
                if (r >= 0) {
                    loop[r] = batch * newTokens / ((between - start) / 1e9);
                    steps[r] = batch * newTokens / ((end - between) / 1e9);
                    ratios[r] = loop[r] / steps[r];
                    cpuRatios[r] = (double) (cpuEnd - cpuBetween) / (cpuBetween - cpuStart);
                }
            }
        }
        System.out.printf(
                "%-28s %14.1f %14.1f %8.2f %16.2f%n",
                model.name() + ", " + batch, median(loop), median(steps), median(ratios), median(cpuRatios));
    }

    private List<Long> loop(OrtSession session, int batch) throws OrtException {
        long[] ids = ids(batch);
        try (Session.Feeds feeds = new Session.Feeds()
                .longs("ids", ids, batch, PROMPT_TOKENS)
                .longs("history", ids, batch, PROMPT_TOKENS)
                .longs("padding", new long[batch], batch)
                .longs("finished", new long[batch], batch)
                .longs("rounds", new long[] {newTokens})
                .longs("stops", new long[0], 0)
                .longs("min_new_tokens", new long[] {0})
                .longs("top_k", new long[] {1}, 1)
                .floats("repetition_penalty", new float[] {1})
                .floats("temperature", new float[] {1})
                .floats("top_p", new float[] {2})
                .floats("uniforms", new float[newTokens * batch], newTokens, batch)) {
            noPast(feeds, batch);
            try (OrtSession.Result result = session.run(feeds.tensors(), Set.of("tokens"))) {
                return tokens(result);
            }
        }
    }

    private List<Long> steps(OrtSession session, int batch) throws OrtException {
        Set<String> outputs = new LinkedHashSet<>(List.of("tokens"));
        for (int i = 0; i < GenerateProgram.cacheSize(model); i++) {
            outputs.add("present." + i);
        }
        List<Long> all = new ArrayList<>();
        OrtSession.Result last = null;
        for (int step = 0; step < newTokens; step++) {
            try (Session.Feeds feeds = new Session.Feeds()) {
                if (last == null) {
                    feeds.longs("ids", ids(batch), batch, PROMPT_TOKENS);
                    noPast(feeds, batch);
                } else {
                    long[] ids = all.subList(all.size() - batch, all.size()).stream()
                            .mapToLong(Long::longValue)
                            .toArray();
                    feeds.longs("ids", ids, batch, 1);
                    for (int i = 0; i < GenerateProgram.cacheSize(model); i++) {
                        feeds.lent("past." + i, (OnnxTensor)
                                last.get("present." + i).orElseThrow());
                    }
                }
                OrtSession.Result result = session.run(feeds.tensors(), outputs);
                if (last != null) {
                    last.close();
                }
                last = result;
            }
            all.addAll(tokens(last));
        }
        if (last != null) {
            last.close();
        }
        return all;
    }

    /** One step: ids and past in; the most likely tokens and present out. No row is padded. */
    private static Graph step(ModelFolder model) {
        Graph graph = new Graph("step");
        GraphBuilder b = new GraphBuilder(graph);
        Architecture architecture = model.architecture();
        ModelConfig config = architecture.config();
        Weights weights = model.weights(b);
        Value ids = graph.input("ids", DType.INT64, Shape.of("batch", "time"));
        Shape shape = Shape.of("batch", config.keyValueHeads(), "past", config.headSize());
        List<Value> past = new ArrayList<>();
        for (int i = 0; i < GenerateProgram.cacheSize(model); i++) {
            past.add(graph.input("past." + i, weights.type(), shape));
        }
        Dim span = Dim.of("span");
        KeyValues growing = (layer, keys, values) -> {
            Value allKeys = b.concat(2, span, List.of(past.get(2 * layer), keys));
            Value allValues = b.concat(2, span, List.of(past.get(2 * layer + 1), values));
            graph.output("present." + 2 * layer, allKeys);
            graph.output("present." + (2 * layer + 1), allValues);
            return new KeyValues.Pair(allKeys, allValues);
        };
        Value before = b.dimOf(past.get(0), 2);
        Value time = b.dimOf(ids, 1);
        Value queries = b.add(b.range(time, ids.dim(1)), before);
        Value keys = b.range(b.add(before, time), span);
        Value visible = b.lessOrEqual(b.unsqueeze(keys, 0, 1, 2), b.unsqueeze(queries, 0, 1, 3));
        Value mask = b.where(visible, b.scalar(weights.type(), 0), b.scalar(weights.type(), -1e30));
        Value positions = b.add(b.mul(ids, b.scalar(DType.INT64, 0)), b.unsqueeze(queries, 0)); // [batch, time]
        Value hidden = architecture.hidden(b, weights, new DecoderInputs(ids, positions, mask, growing));
        Value last = b.gather(hidden, b.sub(time, b.scalar(DType.INT64, 1)), 1);
        graph.output("tokens", b.argMax(architecture.logits(b, weights, last), -1, false));
        return graph;
    }

    private void noPast(Session.Feeds feeds, int batch) {
        for (int i = 0; i < GenerateProgram.cacheSize(model); i++) {
            feeds.floats("past." + i, new float[0], batch, config.keyValueHeads(), 0, config.headSize());
        }
    }

    /** The same prompt in every row. */
    private long[] ids(int batch) {
        long[] ids = new long[batch * PROMPT_TOKENS];
        Arrays.setAll(ids, i -> prompt[i % PROMPT_TOKENS]);
        return ids;
    }

    private static List<Long> tokens(OrtSession.Result result) {
        LongBuffer buffer = ((OnnxTensor) result.get("tokens").orElseThrow()).getLongBuffer();
        List<Long> tokens = new ArrayList<>();
        while (buffer.hasRemaining()) {
            tokens.add(buffer.get());
        }
        return tokens;
    }

    /** Of the whole process, in nanoseconds. */
    private static long cpuTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double median(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
