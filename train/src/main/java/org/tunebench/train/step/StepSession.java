package org.tunebench.train.step;

import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;
import org.tunebench.core.runtime.Session;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.recipe.Recipe;

/** The runner of a job, on its device, with its state. */
final class StepSession implements AutoCloseable {
    private final Method method;
    private final StepRunner runner;

    private StepSession(Method method, StepRunner runner) {
        this.method = method;
        this.runner = runner;
    }

    static StepSession open(TrainingJob job) {
        StepProgram program = program(job);
        return new StepSession(program.method(), runner(job, program));
    }

    /** What a job's step is made of. */
    static StepProgram program(TrainingJob job) {
        return new StepProgram(
                job.base().architecture(),
                RecipeSettings.method(job.recipe(), job.base()),
                RecipeSettings.optimizer(job.recipe()),
                job.recipe().optimizer().maxGradNorm(),
                DType.FLOAT,
                RecipeSettings.dropout(job.recipe(), job.base()),
                RecipeSettings.computation(job));
    }

    private static StepRunner runner(TrainingJob job, StepProgram program) {
        Runner choice = RunnerChoice.of(job);
        if (choice == Runner.ORT_TRAINING) {
            Path folder = job.out().resolve("train").resolve("ort-training");
            return new OrtTrainingRunner(program, job.base(), job.device(), folder);
        }
        Graph graph = new Graph("train");
        Weights frozen = job.base().weights(new GraphBuilder(graph));
        if (choice == Runner.LOOP) {
            program.write(graph, frozen);
            return new LoopRunner(session(job, graph), program.optimizer());
        }
        boolean accumulates = accumulates(job.recipe());
        new GradientProgram(program, accumulates).write(graph, frozen);
        return new HostRunner(program, session(job, graph), accumulates);
    }

    private static OrtSession session(TrainingJob job, Graph graph) {
        return Session.create(graph, job.device(), job.base().weightsRoot());
    }

    /**
     * Whether gradients are added to what is there: where a step may have more than one micro-batch. With recomputation they
     * always are: ONNX Runtime orders a program from its outputs back, and with bare gradients as outputs it computes all
     * layers again before the first of them is needed.
     */
    private static boolean accumulates(Recipe recipe) {
        if (recipe.gradientCheckpointing()) {
            return true;
        }
        Integer rows = recipe.batchSize();
        if (rows == null && recipe.batchTokens() != null && recipe.packing()) {
            rows = recipe.batchTokens() / recipe.maxLength();
        }
        return rows == null || rows > recipe.microBatchSize();
    }

    Method method() {
        return method;
    }

    /** Loads the method's start, or the saved state of a run that is gone on with. @return what was loaded */
    TrainingState start(TrainingJob job) {
        long size = new FlatLayout(method.trainable()).size();
        TrainingState state = job.resume() ? TrainingState.load(job.out(), size).orElseGet(this::fresh) : fresh();
        runner.load(state.state(), state.steps());
        return state;
    }

    private TrainingState fresh() {
        float[] parameters = new float[Math.toIntExact(new FlatLayout(method.trainable()).size())];
        int at = 0;
        for (TensorSpec tensor : method.trainable()) {
            float[] values = method.initial(tensor);
            System.arraycopy(values, 0, parameters, at, values.length);
            at += values.length;
        }
        return new TrainingState(0, FlatState.start(parameters), null);
    }

    StepRunner.Outcome run(StepChunk chunk) {
        return runner.run(chunk);
    }

    FlatState state() {
        return runner.state();
    }

    @Override
    public void close() {
        runner.close();
    }
}
