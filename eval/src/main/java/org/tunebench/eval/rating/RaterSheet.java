package org.tunebench.eval.rating;

import java.util.List;

/**
 * What one rater sees, and nothing else: no model's name can get into a sheet that is written from this. Texts are
 * {@link SheetText#visible visible}.
 *
 * @param set letters that differ between sets of sheets
 * @param ratings responses to rate, in order
 * @param pairs responses to compare, in order
 */
record RaterSheet(String set, String rater, List<Response> ratings, List<Pair> pairs) {
    record Response(String id, String prompt, String response) {}

    record Pair(String id, String prompt, String first, String second) {}
}
