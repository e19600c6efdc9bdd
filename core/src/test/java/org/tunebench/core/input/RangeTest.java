package org.tunebench.core.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void check_valueInside_givesItBack() {
        assertThat(Range.from(0).below(1).check("dropout", 0.0)).isZero();
        assertThat(Range.from(1).to(8).check("r", 8)).isEqualTo(8);
    }

    @Test
    void check_valueOutside_namesKeyAndRange() {
        assertThatThrownBy(() -> Range.from(0).below(1).check("dropout", 1.0))
                .hasMessage("dropout is 1.0, must be at least 0 and less than 1");
        assertThatThrownBy(() -> Range.above(0).to(0.5).check("rate", 0))
                .hasMessage("rate is 0, must be greater than 0 and at most 0.5");
        assertThatThrownBy(() -> Range.from(1).check("steps", 0)).hasMessage("steps is 0, must be at least 1");
        assertThatThrownBy(() -> Range.from(0).check("eps", Double.NaN)).hasMessageContaining("NaN");
    }
}
