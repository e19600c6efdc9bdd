package org.tunebench.train.step;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.train.recipe.EvaluationSettings;

/**
 * When held-out losses say stop, as transformers' EarlyStoppingCallback does: an evaluation resets the patience where its
 * loss is below the lowest before it by more than the threshold; the best weights are those of the lowest loss.
 *
 * @param patience null: never
 */
record EarlyStopping(@Nullable Integer patience, double threshold) {

    static EarlyStopping of(EvaluationSettings settings) {
        return new EarlyStopping(settings.earlyStoppingPatience(), settings.earlyStoppingThreshold());
    }

    /** The evaluation of the lowest loss, the earlier of equal ones; null before the first. */
    static @Nullable EvaluationRecord best(List<EvaluationRecord> evaluations) {
        EvaluationRecord best = null;
        for (EvaluationRecord each : evaluations) {
            if (best == null || each.loss() < best.loss()) {
                best = each;
            }
        }
        return best;
    }

    /** Whether training ends after these evaluations. */
    boolean stopsAfter(List<EvaluationRecord> evaluations) {
        int without = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (EvaluationRecord each : evaluations) {
            without = each.loss() < lowest - threshold ? 0 : without + 1;
            lowest = Math.min(lowest, each.loss());
        }
        return patience != null && without >= patience;
    }
}
