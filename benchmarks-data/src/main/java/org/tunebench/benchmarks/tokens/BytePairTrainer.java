package org.tunebench.benchmarks.tokens;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Learns a byte-level byte-pair encoding (Sennrich et al. 2016, on bytes as in GPT-2): starting from the 256 bytes, the most
 * frequent adjacent pair becomes a token, again and again. Every byte stays a token, so that any text can be encoded.
 *
 * <p>After the merges, the corpus's most frequent whole words that are not yet tokens become tokens too. No merge leads to
 * them; the encoder finds them because the written model says {@code ignore_merges}, as Llama 3's does. A small vocabulary
 * so holds the corpus's words without the pieces in between.
 */
public final class BytePairTrainer {
    /** GPT-2's rule for what a word is: letters, digits or signs with the space before them, or space alone. */
    private static final Pattern WORD = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<String> required = new TreeSet<>();

    /** Counts the words of a text. */
    public BytePairTrainer add(String text) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            counts.merge(ByteAlphabet.encode(words.group()), 1, Integer::sum);
        }
        return this;
    }

    /** Gives the words of a text a token each, whatever their count. */
    public BytePairTrainer require(String text) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            required.add(ByteAlphabet.encode(words.group()));
        }
        return this;
    }

    /**
     * Learns the encoding from the words counted so far. Ties go to the pair that comes first in code-unit order, so that
     * the same text gives the same encoding everywhere.
     *
     * @param merges how many pairs to merge at most
     * @param vocabularySize how many tokens at most, bytes included, special tokens not
     */
    public BytePairEncoding train(int merges, int vocabularySize) {
        Set<String> vocabulary = new LinkedHashSet<>(ByteAlphabet.symbols());
        List<Word> words = counts.entrySet().stream()
                .map(e -> new Word(symbols(e.getKey()), e.getValue()))
                .toList();
        List<Pair> learned = new ArrayList<>();
        while (learned.size() < merges) {
            Pair best = mostFrequent(words);
            if (best == null) {
                break;
            }
            words.forEach(w -> w.merge(best));
            learned.add(best);
            vocabulary.add(best.left + best.right);
        }
        vocabulary.addAll(required);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .takeWhile(word -> vocabulary.size() < vocabularySize)
                .forEach(vocabulary::add);
        return new BytePairEncoding(List.copyOf(vocabulary), learned);
    }

    private static @Nullable Pair mostFrequent(List<Word> words) {
        Map<Pair, Integer> pairs = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.symbols.size(); i++) {
                pairs.merge(new Pair(word.symbols.get(i), word.symbols.get(i + 1)), word.count, Integer::sum);
            }
        }
        return pairs.entrySet().stream()
                .max(Map.Entry.<Pair, Integer>comparingByValue()
                        .thenComparing(e -> e.getKey().left, Comparator.reverseOrder())
                        .thenComparing(e -> e.getKey().right, Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static List<String> symbols(String word) {
        List<String> symbols = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            symbols.add(word.substring(i, i + 1));
        }
        return symbols;
    }

    /** Two neighbours that become one token. */
    public record Pair(String left, String right) {}

    private record Word(List<String> symbols, int count) {
        void merge(Pair pair) {
            for (int i = 0; i + 1 < symbols.size(); i++) {
                if (symbols.get(i).equals(pair.left) && symbols.get(i + 1).equals(pair.right)) {
                    symbols.set(i, pair.left + pair.right);
                    symbols.remove(i + 1);
                }
            }
        }
    }
}
