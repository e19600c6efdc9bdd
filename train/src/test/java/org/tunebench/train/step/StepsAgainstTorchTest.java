package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.model.LoraAdapter;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;
import org.tunebench.core.record.Json;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.adapter.Trained;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/** Fifty steps beside PyTorch's. Goldens: src/test/python/family_steps.py and dora_steps.py, which name the versions. */
class StepsAgainstTorchTest {
    private static final int STEPS = 50;
    private static final int ROWS = 3;
    private static final int TIME = 12;

    static final List<String> NAMES = List.of(
            "llama-tied",
            "llama-untied-biased",
            "llama3-scaled",
            "mistral-untied",
            "qwen2-tied",
            "qwen3-untied-biased",
            "gpt2-tied",
            "gpt2-untied",
            "gemma2-tied",
            "phi3-untied",
            "llama-tied-lora",
            "qwen2-tied-lora",
            "gpt2-tied-lora",
            "llama-tied-dora");

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("NAMES")
    void steps_fiftyInFloat32_haveTorchsLossesAndGradientNorms(String name) throws Exception {
        check(name, Runner.LOOP);
        check(name, Runner.HOST);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void steps_fiftyOfTheTrainingSession_haveTorchsLossesAndGradientNorms(String name) throws Exception {
        TrainingBuild.require();
        check(name, Runner.ORT_TRAINING);
    }

    private void check(String name, Runner runner) throws Exception {
        String baseName = name.replaceFirst("-[dl]ora$", "");
        boolean lora = !name.equals(baseName);
        ModelFolder base = ModelFolder.open(
                TinyModels.writeTo(folder.resolve(runner.toString()).resolve(baseName), baseName));
        JsonNode golden;
        try (InputStream in = StepsAgainstTorchTest.class.getResourceAsStream(
                name.equals(TinyModels.DORA) ? "/steps/dora.json" : "/steps/golden.json")) {
            golden = Json.MAPPER.readTree(in).path(name);
        }
        AdamW optimizer = new AdamW(0.9, 0.999, 1e-8, 0.01);
        Schedule schedule =
                new Schedule(Schedule.Shape.COSINE, golden.path("learning_rate").asDouble(), 0, 5, STEPS);
        Method method =
                lora ? lora(base, name) : new FullFineTuning(base.architecture().tensors(), base::floats);
        StepRunner.Outcome outcome = run(runner, base, method, optimizer, schedule);

        for (int step = 0; step < STEPS; step++) {
            assertThat((double) outcome.losses()[step])
                    .as("loss of step %d", step + 1)
                    .isCloseTo(golden.path("losses").get(step).asDouble(), withinPercentage(0.01));
            assertThat((double) outcome.gradientNorms()[step])
                    .as("gradient norm of step %d", step + 1)
                    .isCloseTo(golden.path("gradient_norms").get(step).asDouble(), withinPercentage(0.01));
        }
    }

    /** The adapter that PEFT made, trained on. */
    private Method lora(ModelFolder base, String name) {
        Path adapterFolder = TinyModels.writeAdapterTo(base.path().resolveSibling("adapter"), name);
        LoraAdapter adapter =
                ModelFolder.open(adapterFolder, b -> base.path()).adapter().orElseThrow();
        Lora fresh = new Lora(
                Lora.targeted(
                        base.architecture().linearModules(), adapter.config().targetModules()),
                adapter.config().rank(),
                adapter.config().scale(),
                adapter.config().weightDecomposed(),
                base::floats,
                1);
        return new Method() {
            @Override
            public List<TensorSpec> trainable() {
                return fresh.trainable();
            }

            @Override
            public float[] initial(TensorSpec tensor) {
                String module = tensor.name().replaceFirst("\\.lora_.*$", "");
                LoraAdapter.Factors factors = adapter.factors().get(module);
                return tensor.name().endsWith("lora_magnitude_vector")
                        ? factors.magnitude()
                        : tensor.name().endsWith("lora_A.weight") ? factors.a() : factors.b();
            }

            @Override
            public Weights weights(Weights frozen, Trained trained) {
                return fresh.weights(frozen, trained);
            }

            @Override
            public boolean detaches() {
                return fresh.detaches();
            }
        };
    }

    private StepRunner.Outcome run(Runner name, ModelFolder base, Method method, AdamW optimizer, Schedule schedule)
            throws Exception {
        StepProgram program = new StepProgram(base.architecture(), method, optimizer, 1, DType.FLOAT, null);
        List<Float> start = new ArrayList<>();
        for (TensorSpec spec : method.trainable()) {
            for (float x : method.initial(spec)) {
                start.add(x);
            }
        }
        float[] parameters = new float[start.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = start.get(i);
        }
        List<OptimizerStep> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            steps.add(new OptimizerStep(List.of(batch(step, 0), batch(step, 1))));
        }
        try (StepRunner runner = runner(name, program, base)) {
            runner.load(FlatState.start(parameters), 0);
            return runner.run(StepChunk.of(1, steps, Recipe.Loss.TOKEN_MEAN, schedule, null));
        }
    }

    private StepRunner runner(Runner name, StepProgram program, ModelFolder base) {
        if (name == Runner.ORT_TRAINING) {
            return new OrtTrainingRunner(program, base, Device.CPU, folder.resolve("session"));
        }
        Graph graph = new Graph("train");
        if (name == Runner.HOST) {
            new GradientProgram(program, true).write(graph, base.weights(new GraphBuilder(graph)));
            return new HostRunner(program, Session.create(graph, Device.CPU, base.weightsRoot()), true);
        }
        program.write(graph, base.weights(new GraphBuilder(graph)));
        return new LoopRunner(Session.create(graph, Device.CPU, base.weightsRoot()), program.optimizer());
    }

    /** The same tokens as in the script. */
    private static Batch batch(int step, int micro) {
        int n = ROWS * TIME;
        long[] ids = new long[n];
        long[] positions = new long[n];
        long[] segments = new long[n];
        long[] labels = new long[n];
        Arrays.fill(segments, 1);
        Arrays.fill(labels, Batch.IGNORED);
        int supervised = 0;
        for (int i = 0; i < n; i++) {
            int r = i / TIME;
            int t = i % TIME;
            positions[i] = t;
            ids[i] = (step * 131L + micro * 53L + r * 17L + t * 29L + (t * t) % 7) % 320;
        }
        for (int i = 0; i < n; i++) {
            int r = i / TIME;
            int t = i % TIME;
            if (t < TIME - 1 && (t + r + step) % (3 + micro) != 0) {
                labels[i] = ids[i + 1];
                supervised++;
            }
        }
        return new Batch(ROWS, TIME, ids, positions, segments, labels, supervised, n);
    }
}
