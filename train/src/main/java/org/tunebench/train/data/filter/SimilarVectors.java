package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sparse vectors of length 1, and which of them is nearest to another: an inverted index, exact. */
final class SimilarVectors {
    private final List<Integer> numbers = new ArrayList<>();
    private final Map<Integer, List<Posting>> postings = new HashMap<>();

    /** @param number what the caller calls the vector */
    void add(int number, int[] terms, float[] weights) {
        for (int k = 0; k < terms.length; k++) {
            postings.computeIfAbsent(terms[k], t -> new ArrayList<>()).add(new Posting(numbers.size(), weights[k]));
        }
        numbers.add(number);
    }

    /** The vector with the largest cosine; null where none shares a term. */
    @Nullable
    Match nearest(int[] terms, float[] weights) {
        float[] cosines = new float[numbers.size()];
        for (int k = 0; k < terms.length; k++) {
            for (Posting posting : postings.getOrDefault(terms[k], List.of())) {
                cosines[posting.vector] += posting.weight * weights[k];
            }
        }
        int best = -1;
        for (int i = 0; i < cosines.length; i++) {
            best = cosines[i] > 0 && (best < 0 || cosines[i] > cosines[best]) ? i : best;
        }
        return best < 0 ? null : new Match(numbers.get(best), cosines[best]);
    }

    /** @param cosine from 0 to 1 */
    record Match(int number, double cosine) {}

    private record Posting(int vector, float weight) {}
}
