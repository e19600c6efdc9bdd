package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;

/**
 * From how much to how much.
 *
 * @param what the text that is measured, e.g. {@code response}
 * @param unit e.g. {@code words}
 * @param max null for no bound
 */
record LengthBounds(
        String what, String unit, int min, @Nullable Integer max) {
    @Nullable
    String objection(int length) {
        if (length < min) {
            return what + " has " + length + " " + unit + ", fewer than " + min;
        }
        return max != null && length > max ? what + " has " + length + " " + unit + ", more than " + max : null;
    }
}
