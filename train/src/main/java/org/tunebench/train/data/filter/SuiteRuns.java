package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Words;

/**
 * Every run of n words in the texts of suites, by 64-bit polynomial hashes that slide over a text in one step a word. About
 * 25 bytes a word of the suites.
 */
final class SuiteRuns {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final List<String> suites = new ArrayList<>();
    /** Words of a run → hash of the run → its suite. */
    private final TreeMap<Integer, LongIntTable> runs = new TreeMap<>();

    SuiteRuns(List<SuiteTexts> texts, int n, int minWords) {
        for (SuiteTexts suite : texts) {
            int number = suites.size();
            suites.add(suite.suite());
            for (String text : suite.texts()) {
                List<String> words = Words.normalised(text);
                if (words.size() >= minWords) {
                    int length = Math.min(n, words.size());
                    LongIntTable table = runs.computeIfAbsent(length, k -> new LongIntTable());
                    slide(words, length, (hash, at) -> {
                        table.put(hash, number);
                        return false;
                    });
                }
            }
        }
    }

    /** The first run that a suite has too, in words; null where there is none. */
    @Nullable
    String find(List<String> words) {
        for (Map.Entry<Integer, LongIntTable> sameLength : runs.descendingMap().entrySet()) {
            int length = sameLength.getKey();
            LongIntTable table = sameLength.getValue();
            int at = slide(words, length, (hash, i) -> table.get(hash) != LongIntTable.NONE);
            if (at >= 0) {
                int suite = table.get(hash(words, at, length));
                return "shares " + length + " words with suite " + suites.get(suite) + ": "
                        + String.join(" ", words.subList(at, at + length));
            }
        }
        return null;
    }

    /** Visits every run's hash until the visitor says stop. @return where it stopped, −1 where it did not */
    private static int slide(List<String> words, int length, Visitor visitor) {
        if (words.size() < length) {
            return -1;
        }
        long outgoing = 1;
        for (int i = 0; i < length; i++) {
            outgoing *= FACTOR;
        }
        long hash = hash(words, 0, length);
        for (int at = 0; ; at++) {
            if (visitor.stops(hash, at)) {
                return at;
            }
            if (at + length == words.size()) {
                return -1;
            }
            hash = hash * FACTOR + hash(words.get(at + length)) - hash(words.get(at)) * outgoing;
        }
    }

    private static long hash(List<String> words, int from, int length) {
        long hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = hash * FACTOR + hash(words.get(i));
        }
        return hash;
    }

    private static long hash(String word) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xFF51AFD7ED558CCDL;
        return hash ^ (hash >>> 29);
    }

    private interface Visitor {
        boolean stops(long hash, int at);
    }
}
