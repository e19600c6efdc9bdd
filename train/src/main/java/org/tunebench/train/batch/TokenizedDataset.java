package org.tunebench.train.batch;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.recipe.Recipe;

/**
 * The examples that fit, in order, and what became of the rest. Reasons to drop one are {@code too_long} (system prompt and
 * newest exchange do not fit whole) and {@code no_supervised_token}.
 */
public final class TokenizedDataset {
    private final TokenizedExamples examples;
    private final Fates fates;
    private final SortedMap<Integer, SortedMap<String, Integer>> counts;

    TokenizedDataset(TokenizedExamples examples, Fates fates) {
        this(examples, fates, fates.counts(ordinal -> true));
    }

    private TokenizedDataset(
            TokenizedExamples examples, Fates fates, SortedMap<Integer, SortedMap<String, Integer>> counts) {
        this.examples = examples;
        this.fates = fates;
        this.counts = counts;
    }

    /**
     * Renders and tokenizes examples as a recipe says.
     *
     * @throws InputException when the template refuses a conversation, or when no example is left
     */
    public static TokenizedDataset of(
            Recipe recipe, List<Example> examples, ChatTemplate template, Tokenizer tokenizer) {
        try (Tokenization tokenization = new Tokenization(recipe, template, tokenizer)) {
            examples.forEach(tokenization::add);
            return tokenization.finish().requireSome(recipe);
        }
    }

    public TokenizedExamples examples() {
        return examples;
    }

    /** The part with the examples whose numbers in the dataset are in a set, or whose numbers are not. */
    public TokenizedDataset part(BitSet ordinals, boolean inside) {
        return new TokenizedDataset(
                examples.where(ordinals, inside), fates, fates.counts(ordinal -> ordinals.get(ordinal) == inside));
    }

    /** @throws InputException where no example is left */
    public TokenizedDataset requireSome(Recipe recipe) {
        if (examples.isEmpty()) {
            int given = dropped().values().stream().mapToInt(Integer::intValue).sum();
            throw new InputException(
                    "none of " + given + " examples can be trained on: " + dropped(),
                    "recipe " + recipe.name(),
                    "Raise max_length (now " + recipe.maxLength() + ") or give other data");
        }
        return this;
    }

    /** Reason → examples, over all sources. */
    public SortedMap<String, Integer> dropped() {
        SortedMap<String, Integer> sum = new TreeMap<>();
        counts.keySet().forEach(source -> dropped(source).forEach((reason, n) -> sum.merge(reason, n, Integer::sum)));
        return sum;
    }

    /** Reason → examples of one source. */
    public SortedMap<String, Integer> dropped(int source) {
        SortedMap<String, Integer> dropped = new TreeMap<>(counts.getOrDefault(source, new TreeMap<>()));
        dropped.remove(Fates.TRUNCATED);
        dropped.remove(Fates.SPLIT);
        return dropped;
    }

    /** Examples that lost their oldest turns. */
    public int truncated() {
        return counts.keySet().stream().mapToInt(this::truncated).sum();
    }

    /** Examples of one source that lost their oldest turns. */
    public int truncated(int source) {
        return counts.getOrDefault(source, new TreeMap<>()).getOrDefault(Fates.TRUNCATED, 0);
    }

    /** Examples of which several were made: raw text in pieces, conversations in pairs. */
    public int split() {
        return counts.keySet().stream().mapToInt(this::split).sum();
    }

    /** Examples of one source of which several were made. */
    public int split(int source) {
        return counts.getOrDefault(source, new TreeMap<>()).getOrDefault(Fates.SPLIT, 0);
    }

    /** For example {@code 1980 examples, 412003 tokens of which 301222 supervised; dropped: {too_long=20}; truncated 3; split 0}. */
    @Override
    public String toString() {
        long tokens = 0;
        long supervised = 0;
        for (int i = 0; i < examples.size(); i++) {
            tokens += examples.length(i);
            supervised += examples.supervisedTokens(i);
        }
        return examples.size() + " examples, " + tokens + " tokens of which " + supervised + " supervised; dropped: "
                + (dropped().isEmpty() ? "none" : dropped()) + "; truncated " + truncated() + "; split " + split();
    }
}
