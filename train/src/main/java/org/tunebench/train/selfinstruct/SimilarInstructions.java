package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.metric.Rouge;

/**
 * The instructions so far, and which of them a new one is most like: ROUGE-L F as {@link Rouge} has it. Each text becomes
 * numbers once. The longest common subsequence, which takes the time, is looked for only where the lengths and the tokens in
 * common allow a score above the best so far: the answer is exact, and comparing with 50,000 instructions takes about two
 * milliseconds.
 */
final class SimilarInstructions {
    /** Above it an instruction is too much like another one. */
    static final double LIMIT = 0.7;

    /** Bounds are computed by the same formula as scores; they may be off by a rounding. */
    private static final double ROUNDING = 1e-9;

    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final List<int[]> texts = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    /** The nearest instruction. @param rougeL F in [0, 1] */
    record Nearest(String id, double rougeL) {}

    void add(String id, String instruction) {
        ids.add(id);
        texts.add(numbers(instruction));
    }

    private int[] numbers(String instruction) {
        return Rouge.tokens(instruction).stream()
                .mapToInt(token -> vocabulary.computeIfAbsent(token, t -> vocabulary.size()))
                .toArray();
    }

    /** The most similar one, the earliest of equals; null where none has a token in common with it. */
    @Nullable
    Nearest nearest(String instruction) {
        int[] given = numbers(instruction);
        boolean[] has = new boolean[vocabulary.size()];
        for (int token : given) {
            has[token] = true;
        }
        double best = 0;
        int at = -1;
        for (int i = 0; i < texts.size(); i++) {
            int[] text = texts.get(i);
            int shorter = Math.min(text.length, given.length);
            if (score(shorter, text, given) + ROUNDING <= best) {
                continue;
            }
            int shared = Math.min(shorter, sharedTokens(text, has));
            if (shared == 0 || score(shared, text, given) + ROUNDING <= best) {
                continue;
            }
            double score = score(commonSubsequence(text, given), text, given);
            if (score > best) {
                best = score;
                at = i;
            }
        }
        return at < 0 ? null : new Nearest(ids.get(at), best);
    }

    private static double score(int common, int[] a, int[] b) {
        return Rouge.Score.of(common, a.length, b.length).fMeasure();
    }

    private static int sharedTokens(int[] text, boolean[] has) {
        int shared = 0;
        for (int token : text) {
            if (token < has.length && has[token]) {
                shared++;
            }
        }
        return shared;
    }

    /** Length of the longest common subsequence. */
    private static int commonSubsequence(int[] a, int[] b) {
        int[] lengths = new int[b.length + 1];
        for (int token : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.length; j++) {
                int above = lengths[j];
                lengths[j] = token == b[j - 1] ? diagonal + 1 : Math.max(above, lengths[j - 1]);
                diagonal = above;
            }
        }
        return lengths[b.length];
    }
}
