package org.tunebench.train.step;

import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.LoraWeights;

/**
 * Dropout (Srivastava et al. 2014) inside the step program: what is kept is scaled by 1 / (1 − share).
 *
 * @param keep the micro-batch's pool, bool [pool]
 * @param places where each module's elements begin in it, int64 [modules]
 */
record PooledDropout(DropoutDraws draws, Value keep, Value places) implements LoraWeights.Dropout {

    @Override
    public Value apply(GraphBuilder b, LinearModule module, Value x) {
        Value at = b.longs(draws.modules().indexOf(module));
        Value from = b.gather(places, at, 0); // [1]
        Value elements = b.longs(1);
        for (int axis = 0; axis < x.rank(); axis++) {
            elements = b.mul(elements, b.shapeOf(x, axis, axis + 1));
        }
        Dim length = b.graph().newSymbol("elements");
        Value kept = b.reshapeLike(b.slice(keep, from, b.add(from, elements), 0, length), x);
        Value zero = b.scalar(x.type(), 0);
        return b.where(kept, b.mul(x, b.scalar(x.type(), 1 / (1 - draws.share()))), zero);
    }
}
