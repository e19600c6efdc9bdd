package org.tunebench.core.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ROUGE (Lin 2004) as the Python package {@code rouge_score} 0.1.2 computes it, without stemming: tokens are runs of a–z and
 * 0–9 of the text in lower case.
 */
public final class Rouge {
    private static final Pattern TOKEN = Pattern.compile("[a-z0-9]+");

    private Rouge() {}

    /**
     * @param precision share of the prediction that is in the target
     * @param recall share of the target that is in the prediction
     * @param fMeasure their harmonic mean
     */
    public record Score(double precision, double recall, double fMeasure) {
        /** @param hits what the two have in common, of this many and that many */
        public static Score of(int hits, int targetLength, int predictionLength) {
            double precision = (double) hits / Math.max(predictionLength, 1);
            double recall = (double) hits / Math.max(targetLength, 1);
            double sum = precision + recall;
            return new Score(precision, recall, sum > 0 ? 2 * precision * recall / sum : 0);
        }
    }

    /** A text's tokens; to compare one text with many, take them once. */
    public static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    /** ROUGE-N: n-grams in common, each counted as often as in the text that has it less often. */
    public static Score n(int n, String target, String prediction) {
        Map<List<String>, Integer> wanted = nGrams(tokens(target), n);
        Map<List<String>, Integer> given = nGrams(tokens(prediction), n);
        int hits = 0;
        for (Map.Entry<List<String>, Integer> nGram : wanted.entrySet()) {
            hits += Math.min(nGram.getValue(), given.getOrDefault(nGram.getKey(), 0));
        }
        return Score.of(hits, count(wanted), count(given));
    }

    private static Map<List<String>, Integer> nGrams(List<String> tokens, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= tokens.size(); i++) {
            counts.merge(tokens.subList(i, i + n), 1, Integer::sum);
        }
        return counts;
    }

    private static int count(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** ROUGE-L: the longest common subsequence of the two texts. */
    public static Score l(String target, String prediction) {
        return l(tokens(target), tokens(prediction));
    }

    /** ROUGE-L of texts given by their {@link #tokens}. */
    public static Score l(List<String> target, List<String> prediction) {
        int[] above = new int[prediction.size() + 1];
        for (String wanted : target) {
            int[] row = new int[prediction.size() + 1];
            for (int j = 1; j < row.length; j++) {
                row[j] = wanted.equals(prediction.get(j - 1)) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return Score.of(above[prediction.size()], target.size(), prediction.size());
    }

    /**
     * ROUGE-Lsum: sentences are lines; of each of the target's, the union of its longest common subsequences with all of the
     * prediction's counts, no token more often than either text has it.
     */
    public static Score lSum(String target, String prediction) {
        List<List<String>> wanted = sentences(target);
        List<List<String>> given = sentences(prediction);
        Map<String, Integer> leftInTarget = counts(wanted);
        Map<String, Integer> leftInPrediction = counts(given);
        int hits = 0;
        for (List<String> sentence : wanted) {
            TreeSet<Integer> union = new TreeSet<>();
            given.forEach(other -> union.addAll(commonSubsequence(sentence, other)));
            for (int position : union) {
                String token = sentence.get(position);
                if (leftInTarget.getOrDefault(token, 0) > 0 && leftInPrediction.getOrDefault(token, 0) > 0) {
                    hits++;
                    leftInTarget.merge(token, -1, Integer::sum);
                    leftInPrediction.merge(token, -1, Integer::sum);
                }
            }
        }
        return Score.of(hits, length(wanted), length(given));
    }

    private static List<List<String>> sentences(String text) {
        return Arrays.stream(text.split("\n")).map(Rouge::tokens).toList();
    }

    private static Map<String, Integer> counts(List<List<String>> sentences) {
        Map<String, Integer> counts = new HashMap<>();
        sentences.forEach(sentence -> sentence.forEach(token -> counts.merge(token, 1, Integer::sum)));
        return counts;
    }

    private static int length(List<List<String>> sentences) {
        return sentences.stream().mapToInt(List::size).sum();
    }

    /** Positions in a sentence of one of its longest common subsequences with another: the one that the package finds. */
    private static List<Integer> commonSubsequence(List<String> sentence, List<String> other) {
        int[][] length = new int[sentence.size() + 1][other.size() + 1];
        for (int i = 1; i <= sentence.size(); i++) {
            for (int j = 1; j <= other.size(); j++) {
                length[i][j] = sentence.get(i - 1).equals(other.get(j - 1))
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        List<Integer> positions = new ArrayList<>();
        int i = sentence.size();
        int j = other.size();
        while (i > 0 && j > 0) {
            if (sentence.get(i - 1).equals(other.get(j - 1))) {
                positions.add(i - 1);
                i--;
                j--;
            } else if (length[i][j - 1] > length[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return positions;
    }
}
