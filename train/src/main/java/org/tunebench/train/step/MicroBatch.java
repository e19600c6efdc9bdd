package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tunebench.core.runtime.Tensors;

/** One micro-batch out of a chunk, as the inputs of a model that knows no steps. */
final class MicroBatch {
    private MicroBatch() {}

    /**
     * The tensors of the chunk without their first two dimensions, steps and micro-batches; the caller closes them.
     *
     * @param index of the micro-batch, from 0, counted over the steps
     */
    static Map<String, OnnxTensor> tensors(StepChunk chunk, int index) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        int all = chunk.steps() * chunk.microBatches();
        try {
            for (Map.Entry<String, StepChunk.Longs> e : chunk.tokens().entrySet()) {
                tensors.put(e.getKey(), of(e.getValue(), index, all));
            }
            float[] weights = chunk.weights().values();
            int size = weights.length / all;
            tensors.put("weights", Tensors.of(Arrays.copyOfRange(weights, index * size, (index + 1) * size), size));
            StepChunk.Dropped dropped = chunk.dropped();
            if (dropped != null) {
                int pool = dropped.keep().length / all;
                byte[] keep = Arrays.copyOfRange(dropped.keep(), index * pool, (index + 1) * pool);
                tensors.put("keep", Tensors.ofBooleans(keep, pool));
                tensors.put("places", of(dropped.places(), index, all));
            }
            return tensors;
        } catch (OrtException e) {
            tensors.values().forEach(OnnxTensor::close);
            throw new IllegalStateException("cannot make the inputs of a training step", e);
        }
    }

    private static OnnxTensor of(StepChunk.Longs longs, int index, int all) throws OrtException {
        int size = longs.values().length / all;
        long[] shape = Arrays.copyOfRange(longs.shape(), 2, longs.shape().length);
        return Tensors.of(Arrays.copyOfRange(longs.values(), index * size, (index + 1) * size), shape);
    }
}
