package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Texts as TF-IDF vectors of length 1: (1 + ln tf) · ln((1 + n) / (1 + df)), plus 1, over normalised words, as scikit-learn's
 * TfidfVectorizer with sublinear_tf and its smoothed idf.
 */
final class TermVectors {
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final List<Integer> documents = new ArrayList<>();
    private final List<int[]> terms = new ArrayList<>();
    private final List<float[]> weights = new ArrayList<>();

    void add(List<String> words) {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (String word : words) {
            Integer term = vocabulary.get(word);
            if (term == null) {
                term = vocabulary.size();
                vocabulary.put(word, term);
                documents.add(0);
            }
            counts.merge(term, 1, Integer::sum);
        }
        int[] ids = new int[counts.size()];
        float[] frequencies = new float[ids.length];
        int k = 0;
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            int term = count.getKey();
            documents.set(term, documents.get(term) + 1);
            ids[k] = term;
            frequencies[k++] = (float) (1 + Math.log(count.getValue()));
        }
        terms.add(ids);
        weights.add(frequencies);
    }

    /** Puts the inverse document frequencies in, once every text is there. */
    void weigh() {
        double n = terms.size();
        for (int i = 0; i < terms.size(); i++) {
            float[] weight = weights.get(i);
            double norm = 0;
            for (int k = 0; k < weight.length; k++) {
                weight[k] *= (float) (Math.log((1 + n) / (1 + documents.get(terms.get(i)[k]))) + 1);
                norm += (double) weight[k] * weight[k];
            }
            for (int k = 0; k < weight.length; k++) {
                weight[k] /= (float) Math.sqrt(norm);
            }
        }
    }

    /** The terms of a text, ascending. */
    int[] terms(int text) {
        return terms.get(text);
    }

    /** The weights of {@link #terms}. */
    float[] weights(int text) {
        return weights.get(text);
    }
}
