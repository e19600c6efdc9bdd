package org.tunebench.core.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * BLEU (Papineni et al. 2002) of one segment as sacreBLEU 2.6.0 computes it with
 * {@code corpus_bleu([hypothesis], [[reference]], tokenize="intl", smooth_method="exp", use_effective_order=False)}: n-grams
 * up to 4, mteval-v14's international tokenization, and precisions without a match halved anew each time.
 */
public final class Bleu {
    private static final int ORDERS = 4;
    private static final Pattern PUNCTUATION_AFTER_OTHER = Pattern.compile("(\\P{N})(\\p{P})");
    private static final Pattern PUNCTUATION_BEFORE_OTHER = Pattern.compile("(\\p{P})(\\P{N})");
    private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");

    private Bleu() {}

    /** From 0 to 100. */
    public static double sentence(String hypothesis, String reference) {
        List<String> given = tokens(hypothesis);
        List<String> wanted = tokens(reference);
        int[] matches = new int[ORDERS];
        for (int n = 1; n <= ORDERS; n++) {
            matches[n - 1] = matches(given, wanted, n);
        }
        if (matches[0] == 0 || given.size() < ORDERS) {
            // without a match of any order, or with an order that has no n-gram at all, the product is zero
            return 0;
        }
        double unmatched = 1;
        double logarithms = 0;
        for (int n = 1; n <= ORDERS; n++) {
            double total = given.size() - n + 1;
            unmatched = matches[n - 1] == 0 ? 2 * unmatched : unmatched;
            double precision = matches[n - 1] == 0 ? 100. / (unmatched * total) : 100. * matches[n - 1] / total;
            logarithms += Math.log(precision);
        }
        double brevity = given.size() < wanted.size() ? Math.exp(1 - (double) wanted.size() / given.size()) : 1;
        return brevity * Math.exp(logarithms / ORDERS);
    }

    private static int matches(List<String> given, List<String> wanted, int n) {
        Map<List<String>, Integer> left = new HashMap<>();
        for (int i = 0; i + n <= wanted.size(); i++) {
            left.merge(wanted.subList(i, i + n), 1, Integer::sum);
        }
        int matches = 0;
        for (int i = 0; i + n <= given.size(); i++) {
            List<String> nGram = given.subList(i, i + n);
            int count = left.getOrDefault(nGram, 0);
            if (count > 0) {
                matches++;
                left.put(nGram, count - 1);
            }
        }
        return matches;
    }

    /** Punctuation apart, save between digits; symbols apart; split at whitespace. */
    static List<String> tokens(String text) {
        String apart = PUNCTUATION_AFTER_OTHER
                .matcher(text.substring(0, endOfText(text)))
                .replaceAll("$1 $2 ");
        apart = PUNCTUATION_BEFORE_OTHER.matcher(apart).replaceAll(" $1 $2");
        apart = SYMBOL.matcher(apart).replaceAll(" $1 ");
        List<String> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= apart.length(); i++) {
            boolean space = i == apart.length() || isSpace(apart.charAt(i));
            if (space && start >= 0) {
                tokens.add(apart.substring(start, i));
            }
            start = space ? -1 : start < 0 ? i : start;
        }
        return tokens;
    }

    private static int endOfText(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** As Python's {@code str.isspace}. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }
}
