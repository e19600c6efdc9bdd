package org.tunebench.train.data.filter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The shares of a text that repeat, with the bounds of MassiveText (arXiv:2112.11446, table A1). All lie from 0 to 1. */
enum RepetitionShare {
    LINES("of the lines occurred before", 0.30, text -> repeatedParts(text, "\\R", false)),
    PARAGRAPHS("of the paragraphs occurred before", 0.30, text -> repeatedParts(text, "\\R{2,}", false)),
    LINE_CHARACTERS(
            "of the characters are in lines that occurred before", 0.20, text -> repeatedParts(text, "\\R", true)),
    PARAGRAPH_CHARACTERS(
            "of the characters are in paragraphs that occurred before",
            0.20,
            text -> repeatedParts(text, "\\R{2,}", true)),
    TOP_2(top(2), 0.20, text -> topGram(text, 2)),
    TOP_3(top(3), 0.18, text -> topGram(text, 3)),
    TOP_4(top(4), 0.16, text -> topGram(text, 4)),
    REPEATED_5(repeated(5), 0.15, text -> repeatedGrams(text, 5)),
    REPEATED_6(repeated(6), 0.14, text -> repeatedGrams(text, 6)),
    REPEATED_7(repeated(7), 0.13, text -> repeatedGrams(text, 7)),
    REPEATED_8(repeated(8), 0.12, text -> repeatedGrams(text, 8)),
    REPEATED_9(repeated(9), 0.11, text -> repeatedGrams(text, 9)),
    REPEATED_10(repeated(10), 0.10, text -> repeatedGrams(text, 10));

    private final String words;
    private final double bound;
    private final ToDoubleFunction<String> share;

    RepetitionShare(String words, double bound, ToDoubleFunction<String> share) {
        this.words = words;
        this.bound = bound;
        this.share = share;
    }

    /** What the share is of, to follow a number. */
    String words() {
        return words;
    }

    double bound() {
        return bound;
    }

    double of(String text) {
        return share.applyAsDouble(text);
    }

    private static String top(int n) {
        return "of the characters are in the most frequent run of " + n + " words";
    }

    private static String repeated(int n) {
        return "of the characters are in runs of " + n + " words that occur again";
    }

    private static double repeatedParts(String text, String boundary, boolean byCharacters) {
        List<String> parts = Arrays.stream(text.split(boundary))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
        Set<String> seen = new HashSet<>();
        long repeated = 0;
        long all = 0;
        for (String part : parts) {
            int weight = byCharacters ? part.length() : 1;
            all += weight;
            repeated += seen.add(part) ? 0 : weight;
        }
        return all == 0 ? 0 : (double) repeated / all;
    }

    /** Occurrences of the n-gram that fills most characters, among those that occur more than once, times its length. */
    private static double topGram(String text, int n) {
        String[] words = words(text);
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= words.length; i++) {
            counts.merge(Arrays.asList(words).subList(i, i + n), 1, Integer::sum);
        }
        long most = 0;
        for (Map.Entry<List<String>, Integer> gram : counts.entrySet()) {
            if (gram.getValue() > 1) {
                most = Math.max(most, (long) characters(gram.getKey()) * gram.getValue());
            }
        }
        long all = characters(Arrays.asList(words));
        return all == 0 ? 0 : Math.min(1, (double) most / all);
    }

    /** Characters of words inside an n-gram that occurs at least twice, each word counted once. */
    private static double repeatedGrams(String text, int n) {
        String[] words = words(text);
        Map<List<String>, Integer> first = new HashMap<>();
        boolean[] repeated = new boolean[words.length];
        for (int i = 0; i + n <= words.length; i++) {
            Integer before = first.putIfAbsent(Arrays.asList(words).subList(i, i + n), i);
            if (before != null) {
                Arrays.fill(repeated, before, before + n, true);
                Arrays.fill(repeated, i, i + n, true);
            }
        }
        long inside = 0;
        for (int i = 0; i < words.length; i++) {
            inside += repeated[i] ? words[i].length() : 0;
        }
        long all = characters(Arrays.asList(words));
        return all == 0 ? 0 : (double) inside / all;
    }

    private static String[] words(String text) {
        return text.isBlank() ? new String[0] : text.strip().split("\\s+");
    }

    private static int characters(List<String> words) {
        return words.stream().mapToInt(String::length).sum();
    }
}
