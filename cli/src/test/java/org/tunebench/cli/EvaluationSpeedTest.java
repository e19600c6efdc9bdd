package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvaluationSpeedTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void text_extrapolatesFromTheItemsThatWereComputed() {
        EvaluationSpeed speed = EvaluationSpeed.begin(0, 500);
        assertThat(speed.text(SECOND, 100)).isEmpty();
        speed = speed.at(40, 500); // a killed run's answers
        assertThat(speed.text(SECOND, 100)).isEmpty();
        speed = speed.at(50, 1500);
        assertThat(speed.text(10 * SECOND, 100)).isEqualTo(" tokens/s 100, 0:00:50 left");
        assertThat(speed.at(100, 6500).text(60 * SECOND, 100)).isEqualTo(" tokens/s 100");
    }
}
