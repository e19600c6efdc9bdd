package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.runtime.Tensors;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/** The loss on held-out batches: −log p, the mean over all their supervised tokens, in nats. */
final class HeldOutLoss implements AutoCloseable {
    private static final Schedule NONE = new Schedule(Schedule.Shape.CONSTANT, 0, 0, 0, 1);

    private final OrtSession session;
    private final List<Batch> batches;

    private HeldOutLoss(OrtSession session, List<Batch> batches) {
        this.session = session;
        this.batches = batches;
    }

    static HeldOutLoss open(TrainingJob job, List<Batch> batches) {
        Graph graph = new Graph("evaluate");
        new EvaluationProgram(StepSession.program(job)).write(graph, job.base().weights(new GraphBuilder(graph)));
        return new HeldOutLoss(Session.create(graph, job.device(), job.base().weightsRoot()), batches);
    }

    /** @param parameters the flat trainable tensors [P] after {@code step} steps */
    EvaluationRecord after(int step, float[] parameters) {
        long start = System.nanoTime();
        double sum = 0;
        long tokens = 0;
        try (OnnxTensor weights = Tensors.of(parameters, parameters.length)) {
            for (Batch batch : batches) {
                sum += mean(weights, batch) * batch.supervisedTokens();
                tokens += batch.supervisedTokens();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("an evaluation failed on ONNX Runtime: " + e.getMessage(), e);
        }
        return new EvaluationRecord(step, sum / tokens, tokens, (System.nanoTime() - start) / 1e9);
    }

    private double mean(OnnxTensor parameters, Batch batch) throws OrtException {
        OptimizerStep only = new OptimizerStep(List.of(batch));
        StepChunk chunk = StepChunk.of(1, List.of(only), Recipe.Loss.TOKEN_MEAN, NONE, null);
        Map<String, OnnxTensor> own = MicroBatch.tensors(chunk, 0);
        try {
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>(own);
            inputs.put("parameters", parameters);
            try (OrtSession.Result result = session.run(inputs)) {
                return ((OnnxTensor) result.get("loss").orElseThrow())
                        .getFloatBuffer()
                        .get(0);
            }
        } finally {
            own.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close a session", e);
        }
    }
}
