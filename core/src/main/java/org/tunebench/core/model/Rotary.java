package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * The rotary embedding of one call: cosines and sines of the positions, made once and used by every layer.
 *
 * @param cos [batch, 1, time, head size / 2]
 * @param sin [batch, 1, time, head size / 2]
 */
record Rotary(Value cos, Value sin) implements HeadPositions {

    /** Angles are computed in float whatever the type of the pass, as transformers does. */
    static Rotary of(GraphBuilder b, Rope rope, int headSize, Value positions, DType type) {
        double[] frequencies = rope.inverseFrequencies(headSize);
        Value inverse = b.tensor(DType.FLOAT, Shape.of(frequencies.length), frequencies);
        Value angles = b.mul(b.unsqueeze(b.cast(positions, DType.FLOAT), 1, 3), inverse);
        return new Rotary(b.cast(b.cos(angles), type), b.cast(b.sin(angles), type));
    }

    /** Turns the pairs (i, i + half) of every head, x [batch, heads, time, head size]. */
    @Override
    public Value apply(GraphBuilder b, Value x) {
        long half = x.dim(-1).size() / 2;
        List<Value> halves = b.split(x, -1, half, half);
        Value first = halves.get(0);
        Value second = halves.get(1);
        return b.concat(-1, b.sub(b.mul(first, cos), b.mul(second, sin)), b.add(b.mul(second, cos), b.mul(first, sin)));
    }
}
