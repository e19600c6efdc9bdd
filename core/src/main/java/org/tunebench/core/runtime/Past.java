package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.model.ModelConfig;

/**
 * Keys and values of tokens that stand before others, in the runtime's memory until it is closed.
 *
 * @param length tokens
 * @param tensors of every layer keys, then values, [1, key-value heads, length, head size]
 * @param owner what the tensors are freed with; null where each is freed by itself
 */
record Past(int length, List<OnnxTensor> tensors, OrtSession.@Nullable Result owner) implements AutoCloseable {

    static Past none(ModelConfig config) {
        List<OnnxTensor> tensors = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * config.layers(); i++) {
                tensors.add(Tensors.of(new float[0], 1, config.keyValueHeads(), 0, config.headSize()));
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses an empty tensor", e);
        }
        return new Past(0, tensors, null);
    }

    /** The {@code present} outputs of a run, which then belongs to the past. */
    static Past of(int length, int tensors, OrtSession.Result run) {
        List<OnnxTensor> present = new ArrayList<>();
        for (int i = 0; i < tensors; i++) {
            present.add((OnnxTensor) run.get("present." + i).orElseThrow());
        }
        return new Past(length, present, run);
    }

    void lendTo(Session.Feeds feeds) {
        for (int i = 0; i < tensors.size(); i++) {
            feeds.lent("past." + i, tensors.get(i));
        }
    }

    @Override
    public void close() {
        if (owner == null) {
            tensors.forEach(OnnxTensor::close);
        } else {
            owner.close();
        }
    }
}
