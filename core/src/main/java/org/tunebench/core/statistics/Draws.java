package org.tunebench.core.statistics;

/**
 * How many random draws a resampling takes at most, and from which seed. The smallest p it can give is 1/(count + 1).
 */
public record Draws(int count, long seed) {
    public Draws {
        if (count < 100) {
            throw new IllegalArgumentException(count + " draws, expected at least 100");
        }
    }
}
