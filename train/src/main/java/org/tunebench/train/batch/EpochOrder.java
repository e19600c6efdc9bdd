package org.tunebench.train.batch;

import java.util.BitSet;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.recipe.MixtureSettings;
import org.tunebench.train.recipe.Recipe;

/**
 * Which examples an epoch sees, in which order. Entries without a share come first: each example as often as its entry's
 * weight says, ⌊w⌋ times and the rest drawn without replacement; or, under a mixture with a rate, each group as often as its
 * rate says ({@link Rates}). An entry with a share then gives as much as makes its share of the epoch, drawn without
 * replacement until every example has been taken, and then again. All are shuffled together. Only the seed and the epoch's
 * number decide.
 */
final class EpochOrder {
    private static final long DRAW = 3;
    private static final long SHUFFLE = 4;

    private final Recipe recipe;
    private final TokenizedExamples examples;
    private final int[][] bySource;
    private final Rates rates;

    EpochOrder(Recipe recipe, TokenizedExamples examples) {
        this.recipe = recipe;
        this.examples = examples;
        IndexList[] lists = IndexList.several(recipe.data().size());
        for (int i = 0; i < examples.size(); i++) {
            lists[examples.source(i)].add(i);
        }
        this.bySource = IndexList.arrays(lists);
        this.rates = Rates.of(recipe, examples);
    }

    /** Indices of the examples of which no epoch takes any piece, for the mixture's task_limit. */
    BitSet beyondTaskLimit() {
        return rates.beyondLimit();
    }

    /** Indices of the epoch's examples. */
    int[] of(int epoch) {
        IndexList drawn = new IndexList();
        if (recipe.mixture().rate() != MixtureSettings.Rate.EXAMPLES) {
            rates.draw(epoch, drawn);
        }
        double shares = 0;
        for (int s = 0; s < bySource.length; s++) {
            DataSource source = recipe.data().get(s);
            if (source.share() != null) {
                shares += source.share();
            } else if (recipe.mixture().rate() == MixtureSettings.Rate.EXAMPLES) {
                drawByWeight(s, source.weight(), epoch, drawn);
            }
        }
        double whole = drawn.sum(this::size) / (1 - shares);
        for (int s = 0; s < bySource.length; s++) {
            Double share = recipe.data().get(s).share();
            if (share != null) {
                drawShare(s, epoch, share * whole, drawn);
            }
        }
        int[] order = drawn.toArray();
        SeededRandom.of(recipe.seed(), SHUFFLE, epoch).shuffle(order);
        return order;
    }

    private void drawByWeight(int source, double weight, int epoch, IndexList drawn) {
        int[] own = bySource[source];
        int whole = (int) Math.floor(weight);
        for (int copy = 0; copy < whole; copy++) {
            drawn.addAll(own);
        }
        int rest = (int) Math.round((weight - whole) * own.length);
        if (rest == 0) {
            return;
        }
        int[] order = SeededRandom.of(recipe.seed(), DRAW, epoch, source).permutation(own.length);
        for (int i = 0; i < rest; i++) {
            drawn.add(own[order[i]]);
        }
    }

    private void drawShare(int source, int epoch, double wanted, IndexList drawn) {
        int[] own = bySource[source];
        SeededRandom random = SeededRandom.of(recipe.seed(), DRAW, epoch, source);
        double taken = 0;
        while (own.length > 0 && taken < wanted) {
            for (int i : random.permutation(own.length)) {
                int size = size(own[i]);
                if (taken + size / 2.0 > wanted) {
                    return;
                }
                drawn.add(own[i]);
                taken += size;
            }
        }
    }

    /** What an example counts for in a share. */
    private int size(int example) {
        return switch (recipe.mixture().shareOf()) {
            case TOKENS -> examples.length(example);
            case EXAMPLES -> 1;
            case SUPERVISED_TOKENS -> examples.supervisedTokens(example);
        };
    }
}
