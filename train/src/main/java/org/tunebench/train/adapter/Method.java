package org.tunebench.train.adapter;

import java.util.List;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/** A way of fine-tuning: the tensors that change, where they start, and the forward pass's view of them. */
public interface Method {
    /** The tensors that are trained, in the order of the flat training state. */
    List<TensorSpec> trainable();

    /** The values a trainable tensor starts with, row-major. */
    float[] initial(TensorSpec tensor);

    /**
     * The weights of a forward pass.
     *
     * @param frozen the base model's weights, for what is not trained
     * @param trained the trainable tensors
     */
    Weights weights(Weights frozen, Trained trained);

    /** Whether the forward pass uses {@link Trained#detached()}. */
    default boolean detaches() {
        return false;
    }
}
