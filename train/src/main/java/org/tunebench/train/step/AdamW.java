package org.tunebench.train.step;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.train.adapter.NamePattern;

/**
 * AdamW (Loshchilov and Hutter 2019) as torch.optim.AdamW computes it: {@code p ← p (1 − lr·wd)}, {@code m ← m + (g − m)(1 −
 * β1)}, {@code v ← β2 v + (1 − β2) g²}, {@code p ← p − lr/bc1 · m / (√v / √bc2 + ε)} with {@code bc = 1 − βᵗ}.
 *
 * @param epsilon added to the corrected root of v
 * @param noDecay patterns of the tensors whose weights do not decay
 */
record AdamW(double beta1, double beta2, double epsilon, double weightDecay, List<String> noDecay) {
    AdamW {
        noDecay = List.copyOf(noDecay);
    }

    /** One that lets every weight decay. */
    AdamW(double beta1, double beta2, double epsilon, double weightDecay) {
        this(beta1, beta2, epsilon, weightDecay, List.of());
    }

    /** Parameters and moments, flat. */
    record State(Value parameters, Value firstMoment, Value secondMoment) {}

    /** What differs from step to step, scalars: {@code 1 − lr·wd}, {@code lr/bc1}, {@code √bc2}. */
    record Scalars(Value decay, Value stepSize, Value rootCorrection) {}

    /** The numbers behind {@link Scalars}, computed in double as torch does. @param step from 1 */
    double[] scalars(int step, double learningRate) {
        double correction1 = 1 - Math.pow(beta1, step);
        double correction2 = 1 - Math.pow(beta2, step);
        return new double[] {1 - learningRate * weightDecay, learningRate / correction1, Math.sqrt(correction2)};
    }

    /**
     * Writes one update. Where {@code go} is false the state stays as it is, whatever the gradient holds.
     *
     * @param layout of the state
     * @param go a bool scalar
     */
    State update(GraphBuilder b, FlatLayout layout, State state, Value gradient, Scalars scalars, Value go) {
        Value one = b.scalar(gradient.type(), 1);
        Value zero = b.scalar(gradient.type(), 0);
        Value g = b.where(go, gradient, zero);
        Value share1 = b.where(go, b.scalar(gradient.type(), 1 - beta1), zero);
        Value share2 = b.where(go, b.scalar(gradient.type(), 1 - beta2), zero);
        Value keep2 = b.where(go, b.scalar(gradient.type(), beta2), one);
        Value decay = b.where(go, scalars.decay(), one);
        Value stepSize = b.where(go, scalars.stepSize(), zero);

        Value m = b.add(state.firstMoment(), b.mul(b.sub(g, state.firstMoment()), share1));
        Value v = b.add(b.mul(state.secondMoment(), keep2), b.mul(b.mul(g, g), share2));
        Value root = b.add(b.div(b.sqrt(v), scalars.rootCorrection()), b.scalar(gradient.type(), epsilon));
        Value p = b.sub(decayed(b, layout, state.parameters(), decay), b.mul(b.div(m, root), stepSize));
        return new State(p, m, v);
    }

    /** Whether a tensor's weights decay. */
    boolean decays(TensorSpec tensor) {
        return !NamePattern.any(noDecay, tensor.name());
    }

    /** Parameters that decay times {@code decay}, the others as they are; tensors in a row that are treated alike are one piece. */
    private Value decayed(GraphBuilder b, FlatLayout layout, Value parameters, Value decay) {
        if (noDecay.isEmpty()) {
            return b.mul(parameters, decay);
        }
        List<Long> lengths = new ArrayList<>();
        List<Boolean> decays = new ArrayList<>();
        for (TensorSpec tensor : layout.tensors()) {
            int last = lengths.size() - 1;
            if (last >= 0 && decays.get(last) == decays(tensor)) {
                lengths.set(last, lengths.get(last) + tensor.elements());
            } else {
                lengths.add(tensor.elements());
                decays.add(decays(tensor));
            }
        }
        List<Value> parts = b.split(
                parameters, 0, lengths.stream().mapToLong(Long::longValue).toArray());
        List<Value> pieces = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            pieces.add(decays.get(i) ? b.mul(parts.get(i), decay) : parts.get(i));
        }
        return b.concat(0, pieces);
    }

    /**
     * Updates the first elements of arrays in place, as {@link #update} does.
     *
     * @param clip the gradient is multiplied by it
     * @param decay {@code 1 − lr·wd}
     * @param stepSize {@code lr/bc1}
     * @param rootCorrection {@code √bc2}
     */
    void update(
            int n,
            float[] p,
            float[] m,
            float[] v,
            float[] g,
            float clip,
            float decay,
            float stepSize,
            float rootCorrection) {
        float share1 = (float) (1 - beta1);
        float keep2 = (float) beta2;
        float share2 = (float) (1 - beta2);
        float eps = (float) epsilon;
        for (int i = 0; i < n; i++) {
            float x = g[i] * clip;
            float first = m[i] + (x - m[i]) * share1;
            float second = v[i] * keep2 + x * x * share2;
            m[i] = first;
            v[i] = second;
            float root = (float) Math.sqrt(second) / rootCorrection + eps;
            p[i] = p[i] * decay - first / root * stepSize;
        }
    }
}
