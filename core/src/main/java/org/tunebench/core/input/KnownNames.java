package org.tunebench.core.input;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The valid names of one kind of thing, for messages that list them and point at the nearest. */
public final class KnownNames {
    private KnownNames() {}

    /**
     * Refuses a name that is not known.
     *
     * @param kind what is named, e.g. {@code "recipe key"}
     * @param where the place, for the message
     */
    public static String require(String kind, String name, Collection<String> known, String where) {
        if (known.contains(name)) {
            return name;
        }
        throw unknown(kind, name, known, where);
    }

    /** The refusal of an unknown name: the nearest known one, then all of them. */
    public static InputException unknown(String kind, String name, Collection<String> known, String where) {
        String nearest = known.stream()
                .min(Comparator.comparingInt((String k) -> distance(k, name)).thenComparing(Comparator.naturalOrder()))
                .orElse("");
        String mend = nearest.isEmpty()
                ? "None is known here"
                : "Did you mean '" + nearest + "'? Known: " + String.join(", ", known);
        return new InputException("unknown " + kind + " '" + name + "'", where, mend);
    }

    /** Edits from one to the other; a dotted name is as near as its last part. */
    private static int distance(String known, String name) {
        LevenshteinDistance edits = LevenshteinDistance.getDefaultInstance();
        return Math.min(edits.apply(known, name), edits.apply(known.substring(known.lastIndexOf('.') + 1), name));
    }
}
