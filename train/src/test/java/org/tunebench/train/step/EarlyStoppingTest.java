package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.EvaluationRecord;

class EarlyStoppingTest {
    private static List<EvaluationRecord> losses(double... losses) {
        List<EvaluationRecord> records = new ArrayList<>();
        for (double loss : losses) {
            records.add(new EvaluationRecord(10 * records.size() + 10, loss, 100, 0.1));
        }
        return records;
    }

    @Test
    void stopsAfter_asManyEvaluationsWithoutABetterOne_asThePatience() {
        EarlyStopping two = new EarlyStopping(2, 0);
        assertThat(two.stopsAfter(losses())).isFalse();
        assertThat(two.stopsAfter(losses(3, 2, 2.5))).isFalse();
        assertThat(two.stopsAfter(losses(3, 2, 2.5, 2))).isTrue();
        assertThat(two.stopsAfter(losses(3, 2, 2.5, 1.9))).isFalse();
        assertThat(new EarlyStopping(null, 0).stopsAfter(losses(1, 2, 3, 4, 5))).isFalse();
    }

    @Test
    void stopsAfter_betterByLessThanTheThreshold_losesPatienceButIsTheBest() {
        // as transformers: the best moves on with every lower loss, the patience with a lower one by more than 0.1
        List<EvaluationRecord> losses = losses(2, 1.95, 1.9, 1.85);
        assertThat(new EarlyStopping(3, 0.1).stopsAfter(losses)).isTrue();
        assertThat(new EarlyStopping(3, 0.04).stopsAfter(losses)).isFalse();
        assertThat(EarlyStopping.best(losses)).isEqualTo(losses.get(3));
        assertThat(EarlyStopping.best(losses(2, 1, 1))).isEqualTo(losses(2, 1).get(1));
        assertThat(EarlyStopping.best(List.of())).isNull();
    }
}
