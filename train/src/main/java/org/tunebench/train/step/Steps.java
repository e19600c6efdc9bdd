package org.tunebench.train.step;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.batch.BatchPlan;
import org.tunebench.train.batch.OptimizerStep;

/**
 * The steps of a run, parted into calls of ONNX Runtime. A call takes several small steps, or one large one, so that it
 * lasts about a second at most: what a stop has to wait for, and what a kill loses. Where a call ends depends on the
 * recipe and the model alone, never on the clock, so that a resumed run makes the same calls.
 *
 * @param evaluateEvery a call ends after each multiple of this number of steps
 * @param positionsOfCall positions that a call computes at most, where it has more than one step
 */
record Steps(BatchPlan plan, int evaluateEvery, long positionsOfCall) {
    private static final int MOST = 10;

    /** Operations a second that a device is taken to reach at least, for the length of a call only. */
    private static double rate(Device device) {
        return device == Device.CPU ? 5e10 : 5e13;
    }

    static Steps of(BatchPlan plan, int evaluateEvery, ModelFolder model, Device device) {
        double operationsOfPosition = 6.0 * model.parameters(); // forward 2, backward 4 a parameter
        return new Steps(plan, evaluateEvery, (long) (rate(device) / operationsOfPosition));
    }

    /** The steps of the next call, all of one shape. @param from steps taken */
    List<OptimizerStep> chunk(int from) {
        long end =
                Math.min(Math.min(plan.steps(), (from / MOST + 1) * MOST), (from / evaluateEvery + 1L) * evaluateEvery);
        List<OptimizerStep> chunk = new ArrayList<>(List.of(plan.step(from)));
        long positions = chunk.get(0).positions();
        for (int i = from + 1; i < end; i++) {
            OptimizerStep next = plan.step(i);
            positions += next.positions();
            if (positions > positionsOfCall || !StepChunk.sameShape(chunk.get(0), next)) {
                break;
            }
            chunk.add(next);
        }
        return chunk;
    }
}
