package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Origin;

/**
 * One example as the model sees it.
 *
 * @param ids token ids, {@code [length]}
 * @param supervised whether the loss counts a token as a target, {@code [length]}; the first token is no target
 * @param text how its text begins; absent where that is not asked for
 */
public record TokenizedExample(
        Origin origin,
        int[] ids,
        boolean[] supervised,
        @Nullable TextStart text) {
    public TokenizedExample {
        if (ids.length != supervised.length) {
            throw new IllegalArgumentException(ids.length + " ids, " + supervised.length + " marks");
        }
    }

    /** One of whose text nothing is known. */
    public TokenizedExample(Origin origin, int[] ids, boolean[] supervised) {
        this(origin, ids, supervised, null);
    }

    /** The example's id; the pieces of one that was split have the same. */
    public String id() {
        return origin.id();
    }

    public int length() {
        return ids.length;
    }

    /**
     * Its tokens as several examples of at most so many.
     *
     * @param text how it begins from a token on
     */
    List<TokenizedExample> pieces(int most, IntFunction<TextStart> text) {
        List<TokenizedExample> pieces = new ArrayList<>();
        for (int from = 0; from < ids.length; from += most) {
            int to = Math.min(ids.length, from + most);
            int[] own = Arrays.copyOfRange(ids, from, to);
            pieces.add(new TokenizedExample(origin, own, Arrays.copyOfRange(supervised, from, to), text.apply(from)));
        }
        return pieces;
    }

    /** Tokens that are targets: supervised ones that have a token before them. */
    public int supervisedTokens() {
        int n = 0;
        for (int i = 1; i < ids.length; i++) {
            n += supervised[i] ? 1 : 0;
        }
        return n;
    }
}
