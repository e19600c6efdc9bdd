package org.tunebench.eval.rating;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is rated, each from 1 (worst) to 5 (best). */
enum Dimension {
    HELPFULNESS,
    ACCURACY,
    HARMLESSNESS,
    COHERENCE;

    static final int LOWEST = 1;
    static final int HIGHEST = 5;

    /** The column's and the metric's name. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(Dimension::id).toList();
    }
}
