package org.tunebench.train.recipe;

import java.util.List;
import org.tunebench.core.input.Range;

/**
 * AdamW (Loshchilov and Hutter 2017, arXiv:1711.05101) as torch.optim.AdamW computes it, after clipping by the global norm.
 *
 * @param learningRate the highest rate of the schedule. Left out it is not a number until the recipe puts in its method's
 *     default: 2e-5, for LoRA 2e-4
 * @param weightDecay decoupled: p ← p · (1 − rate · decay) before each update
 * @param noDecay patterns of the tensors that weight decay leaves alone, e.g. {@code *norm.weight} and {@code *.bias}; none by
 *     default, as in torch
 * @param maxGradNorm the global L2 norm above which gradients are scaled down; 0 does not clip
 */
public record OptimizerSettings(
        Name name,
        Double learningRate,
        Double beta1,
        Double beta2,
        Double eps,
        Double weightDecay,
        List<String> noDecay,
        Double maxGradNorm) {

    /** The optimizers there are. */
    public enum Name {
        ADAMW
    }

    public OptimizerSettings {
        name = name == null ? Name.ADAMW : name;
        learningRate = learningRate == null ? Double.NaN : learningRate;
        if (!learningRate.isNaN()) {
            Range.above(0).to(10).check("learning_rate", learningRate);
        }
        beta1 = Range.from(0).below(1).check("beta1", beta1 == null ? 0.9 : beta1);
        beta2 = Range.from(0).below(1).check("beta2", beta2 == null ? 0.999 : beta2);
        eps = Range.above(0).to(1).check("eps", eps == null ? 1e-8 : eps);
        weightDecay = Range.from(0).to(10).check("weight_decay", weightDecay == null ? 0.01 : weightDecay);
        noDecay = noDecay == null ? List.of() : List.copyOf(noDecay);
        maxGradNorm = Range.from(0).to(1e9).check("max_grad_norm", maxGradNorm == null ? 1.0 : maxGradNorm);
    }

    /** Every value at its default. */
    static OptimizerSettings adamW() {
        return new OptimizerSettings(Name.ADAMW, Double.NaN, 0.9, 0.999, 1e-8, 0.01, List.of(), 1.0);
    }

    OptimizerSettings withDefaultLearningRate(double rate) {
        return learningRate.isNaN()
                ? new OptimizerSettings(name, rate, beta1, beta2, eps, weightDecay, noDecay, maxGradNorm)
                : this;
    }

    OptimizerSettings scaled(double factor) {
        return new OptimizerSettings(name, learningRate * factor, beta1, beta2, eps, weightDecay, noDecay, maxGradNorm);
    }
}
