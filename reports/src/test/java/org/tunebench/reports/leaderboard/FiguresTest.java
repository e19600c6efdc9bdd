package org.tunebench.reports.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void counts_areShortened() {
        assertThat(Figures.count(OptionalDouble.of(950))).isEqualTo("950");
        assertThat(Figures.count(OptionalDouble.of(12_340))).isEqualTo("12.3k");
        assertThat(Figures.count(OptionalDouble.of(2_400_000))).isEqualTo("2.4M");
        assertThat(Figures.count(OptionalDouble.of(1.24e9))).isEqualTo("1.2G");
        assertThat(Figures.count(OptionalDouble.empty())).isEqualTo("–");
    }

    @Test
    void times_haveTwoUnits() {
        assertThat(Figures.time(OptionalDouble.of(8.44))).isEqualTo("8.4 s");
        assertThat(Figures.time(OptionalDouble.of(185.2))).isEqualTo("3 min 05 s");
        assertThat(Figures.time(OptionalDouble.of(7650))).isEqualTo("2 h 07 min");
    }

    @Test
    void pValues_keepTwoSignificantDigits_andNeverReadZero() {
        assertThat(Figures.p(0.000001)).isEqualTo("<0.0001");
        assertThat(Figures.p(0.00456)).isEqualTo("0.0046");
        assertThat(Figures.p(0.0456)).isEqualTo("0.046");
        assertThat(Figures.p(0.456)).isEqualTo("0.46");
        assertThat(Figures.p(1)).isEqualTo("1.00");
    }
}
