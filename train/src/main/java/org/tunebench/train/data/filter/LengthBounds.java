package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;

/**
 * From how much to how much.
 *
 * @param what the text that is measured, e.g. {@code response}
 * @param unit e.g. {@code words}
 * @param max null for no bound
 */
record LengthBounds(
        String what, String unit, int min, @Nullable Integer max) {
    /**
     * The least length that a recipe names, or the default; checked, with the greatest one.
     *
     * @throws IllegalArgumentException naming the key {@code min_WHAT} or {@code max_WHAT}
     */
    static int least(String what, @Nullable Integer min, int whereLeftOut, @Nullable Integer max) {
        int least = Range.from(0).check("min_" + what, min == null ? whereLeftOut : min);
        if (max != null) {
            Range.from(least).check("max_" + what, max);
        }
        return least;
    }

    @Nullable
    String objection(int length) {
        if (length < min) {
            return what + " has " + length + " " + unit + ", fewer than " + min;
        }
        return max != null && length > max ? what + " has " + length + " " + unit + ", more than " + max : null;
    }
}
