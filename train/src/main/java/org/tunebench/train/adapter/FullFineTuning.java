package org.tunebench.train.adapter;

import java.util.List;
import java.util.function.Function;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/**
 * Every weight of the model is trained.
 *
 * @param trainable the model's tensors
 * @param base a tensor's values in the base model, by name
 */
public record FullFineTuning(List<TensorSpec> trainable, Function<String, float[]> base) implements Method {
    @Override
    public float[] initial(TensorSpec tensor) {
        return base.apply(tensor.name());
    }

    @Override
    public Weights weights(Weights frozen, Function<String, Value> trained) {
        return new Weights() {
            @Override
            public DType type() {
                return frozen.type();
            }

            @Override
            public Value tensor(String name) {
                return trained.apply(name);
            }
        };
    }
}
