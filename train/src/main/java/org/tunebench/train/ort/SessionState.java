package org.tunebench.train.ort;

import java.util.List;
import org.tunebench.core.weights.FloatTensor;

/**
 * What a training session holds from step to step.
 *
 * @param steps optimizer steps taken
 * @param parameters under their names
 * @param firstMoments AdamW's, each under its parameter's name, in the same order
 * @param secondMoments the same
 */
public record SessionState(
        long steps, List<FloatTensor> parameters, List<FloatTensor> firstMoments, List<FloatTensor> secondMoments) {
    public SessionState {
        parameters = List.copyOf(parameters);
        firstMoments = List.copyOf(firstMoments);
        secondMoments = List.copyOf(secondMoments);
        if (firstMoments.size() != parameters.size() || secondMoments.size() != parameters.size()) {
            throw new IllegalArgumentException("moments of " + firstMoments.size() + " and " + secondMoments.size()
                    + " tensors for " + parameters.size() + " parameters");
        }
    }
}
