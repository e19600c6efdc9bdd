package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    private static final Draws DRAWS = new Draws(2000, 5);

    @Test
    void noItems_giveNoDifference() {
        assertThat(PairedDifference.between(new double[0], new double[0], DRAWS))
                .isEmpty();
    }

    @Test
    void rightAndWrong_areComparedByMcNemar() {
        double[] baseline = {0, 0, 0, 0, 0, 0, 1, 1, 0, 1};
        double[] candidate = {1, 1, 1, 1, 1, 1, 0, 1, 0, 1};
        PairedDifference d =
                PairedDifference.between(baseline, candidate, DRAWS).orElseThrow();
        assertThat(d.test()).isEqualTo(PairedDifference.Test.MCNEMAR_EXACT);
        assertThat(d.gained()).isEqualTo(6);
        assertThat(d.lost()).isEqualTo(1);
        assertThat(d.mean()).isEqualTo(0.5);
        // 2 · (C(7,0) + C(7,1)) / 2^7
        assertThat(d.p()).isCloseTo(0.125, within(1e-15));
        // up = 7/12, down = 2/12: .41667 ± 1.95996 · sqrt((.75 - .17361) / 12)
        assertThat(d.ci95().lo()).isCloseTo(-0.0128849, within(1e-6));
        assertThat(d.ci95().hi()).isCloseTo(0.8462182, within(1e-6));
    }

    @Test
    void mcNemar_isTwiceTheSmallerTail_whicheverModelComesFirst() {
        for (int discordant = 0; discordant <= 300; discordant += 3) {
            BigInteger tail = BigInteger.ZERO;
            BigInteger coefficient = BigInteger.ONE;
            for (int fewer = 0; 2 * fewer <= discordant; fewer++) {
                tail = tail.add(coefficient);
                coefficient = coefficient
                        .multiply(BigInteger.valueOf(discordant - fewer))
                        .divide(BigInteger.valueOf(fewer + 1));
                double p = Math.min(1, Math.scalb(tail.doubleValue(), 1 - discordant));
                assertThat(PairedDifference.mcNemarExact(fewer, discordant - fewer))
                        .as("%d of %d", fewer, discordant)
                        .isCloseTo(p, withinPercentage(1e-6))
                        .isEqualTo(PairedDifference.mcNemarExact(discordant - fewer, fewer));
            }
        }
    }

    @Test
    void otherScores_areComparedBySignFlips() {
        PairedDifference d = PairedDifference.between(new double[] {1, 2, 3}, new double[] {2, 4, 6}, DRAWS)
                .orElseThrow();
        assertThat(d.test()).isEqualTo(PairedDifference.Test.SIGN_FLIP);
        // differences 1 2 3: of 8 sign assignments only +++ and --- reach 6
        assertThat(d.p()).isEqualTo(0.25);
        assertThat(d.mean()).isEqualTo(2);
    }

    @Test
    void equalModels_differByNothing_butTheIntervalKeepsItsWidth() {
        double[] scores = {1, 0, 1, 1, 0};
        PairedDifference d = PairedDifference.between(scores, scores, DRAWS).orElseThrow();
        assertThat(d.p()).isEqualTo(1);
        assertThat(d.ci95().hi()).isGreaterThan(0.3);
        assertThat(d.itemsNeeded(0.05, 0.8)).isEmpty();
    }

    @Test
    void swappedModels_giveTheOppositeDifferenceAndTheSameP() {
        long seed = 20260123;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            double[] a = random.doubles(12).toArray();
            double[] b = random.doubles(12).toArray();
            PairedDifference ab = PairedDifference.between(a, b, DRAWS).orElseThrow();
            PairedDifference ba = PairedDifference.between(b, a, DRAWS).orElseThrow();
            assertThat(ab.mean()).as("seed %d round %d", seed, round).isCloseTo(-ba.mean(), within(1e-15));
            assertThat(ab.p()).as("seed %d round %d", seed, round).isEqualTo(ba.p());
        }
    }

    @Test
    void sameSeed_givesTheSameNumbers() {
        double[] a = new SplittableRandom(1).doubles(100).toArray();
        double[] b = new SplittableRandom(2).doubles(100).toArray();
        assertThat(PairedDifference.between(a, b, DRAWS)).isEqualTo(PairedDifference.between(a, b, DRAWS));
    }

    @Test
    void itemsNeeded_forHalfASpread_isTheTextbooksThirtyTwo() {
        // (1.95996 + 0.84162)² / 0.5² = 31.4
        PairedDifference d =
                new PairedDifference(10, 0.5, 1, new Interval(0, 1), 0.2, PairedDifference.Test.SIGN_FLIP, 6, 4);
        assertThat(d.itemsNeeded(0.05, 0.8)).hasValue(32);
    }

    @Test
    void differentLengths_areRefusedWithBothSizes() {
        assertThatThrownBy(() -> PairedDifference.between(new double[2], new double[3], DRAWS))
                .hasMessageContaining("2 baseline scores and 3 candidate scores");
    }
}
