package org.tunebench.train.batch;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Origin;

/**
 * Tokenized examples in little room: a list that makes its elements when they are asked for. Lengths and numbers of targets
 * are known without that.
 */
public final class TokenizedExamples extends AbstractList<TokenizedExample> implements RandomAccess {
    private final ExampleStore store;
    private final int @Nullable [] chosen;

    /** @param chosen places in the store; null for all */
    TokenizedExamples(ExampleStore store, int @Nullable [] chosen) {
        this.store = store;
        this.chosen = chosen;
    }

    /** Examples that are there already. */
    public static TokenizedExamples of(List<TokenizedExample> examples) {
        if (examples instanceof TokenizedExamples already) {
            return already;
        }
        ExampleStore store = new ExampleStore();
        for (int i = 0; i < examples.size(); i++) {
            store.add(examples.get(i), i);
        }
        return new TokenizedExamples(store, null);
    }

    @Override
    public TokenizedExample get(int index) {
        return store.get(place(index));
    }

    @Override
    public int size() {
        return chosen == null ? store.size() : chosen.length;
    }

    /** Where an example comes from, without its tokens. */
    public Origin origin(int index) {
        return store.origin(place(index));
    }

    /** How an example's text begins, without its tokens. */
    public TextStart text(int index) {
        return store.text(place(index));
    }

    /** Tokens of an example. */
    public int length(int index) {
        return store.length(place(index));
    }

    /** Targets of an example. */
    public int supervisedTokens(int index) {
        return store.supervisedTokens(place(index));
    }

    /** Index of an example's source in the recipe. */
    public int source(int index) {
        return store.source(place(index));
    }

    /** The number of an example in the dataset: the pieces of one that was split have the same. */
    public int ordinal(int index) {
        return store.ordinal(place(index));
    }

    @Nullable
    String task(int index) {
        return store.task(place(index));
    }

    @Nullable
    String category(int index) {
        return store.category(place(index));
    }

    /** The examples whose ordinals are in a set, or those whose ordinals are not. */
    TokenizedExamples where(BitSet ordinals, boolean inside) {
        int[] places = new int[size()];
        int n = 0;
        for (int i = 0; i < size(); i++) {
            if (ordinals.get(ordinal(i)) == inside) {
                places[n++] = place(i);
            }
        }
        return new TokenizedExamples(store, Arrays.copyOf(places, n));
    }

    private int place(int index) {
        return chosen == null ? index : chosen[index];
    }
}
