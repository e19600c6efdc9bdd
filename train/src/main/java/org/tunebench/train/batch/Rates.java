package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.recipe.MixtureSettings;
import org.tunebench.train.recipe.MixtureSettings.Rate;
import org.tunebench.train.recipe.Recipe;

/**
 * Groups of examples and how often an epoch takes one of each: groups are data entries, tasks or categories, rates go by
 * weight, by size up to a cap (FLAN, Wei et al. 2021, arXiv:2109.01652), or by weight of a category. Each group gives
 * exactly its part, rounded; it is gone through in a random order, across epochs, before any of its examples comes again.
 *
 * @param members examples of each group
 * @param quotas how many of them an epoch takes
 * @param beyondLimit examples of which the mixture's task_limit leaves every piece out
 */
record Rates(int[][] members, int[] quotas, BitSet beyondLimit, long seed) {
    private static final long TASK_LIMIT = 6;
    private static final long PASS = 8;

    private record Group(IndexList members, double weight) {}

    static Rates of(Recipe recipe, TokenizedExamples examples) {
        MixtureSettings mixture = recipe.mixture();
        if (mixture.rate() == Rate.EXAMPLES) {
            return new Rates(new int[0][], new int[0], new BitSet(), recipe.seed());
        }
        Map<String, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            int source = examples.source(i);
            if (recipe.data().get(source).share() == null) {
                String group = group(recipe, examples, i);
                double weight = weight(mixture, recipe.data().get(source).weight(), group);
                groups.computeIfAbsent(group, g -> new Group(new IndexList(), weight))
                        .members()
                        .add(i);
            }
        }
        for (String named : new TreeSet<>(mixture.weights().keySet())) {
            KnownNames.require("category", named, groups.keySet(), "recipe " + recipe.name() + ", mixture.weights");
        }
        int cap = mixture.cap() == null ? Integer.MAX_VALUE : mixture.cap();
        int[][] members = new int[groups.size()][];
        double[] rates = new double[groups.size()];
        BitSet beyondLimit = new BitSet();
        int g = 0;
        for (Group group : groups.values()) {
            int[] all = group.members().toArray();
            members[g] = limited(all, mixture, recipe.seed(), g);
            if (members[g].length < all.length) {
                BitSet taken = new BitSet();
                Arrays.stream(members[g]).map(examples::ordinal).forEach(taken::set);
                Arrays.stream(all).filter(i -> !taken.get(examples.ordinal(i))).forEach(beyondLimit::set);
            }
            rates[g] = mixture.rate() == Rate.SIZE ? Math.min(members[g].length, cap) : group.weight();
            g++;
        }
        int all = Arrays.stream(members).mapToInt(m -> m.length).sum();
        int epoch = mixture.epoch() == null ? all : mixture.epoch();
        return new Rates(members, quotas(rates, epoch), beyondLimit, recipe.seed());
    }

    private static double weight(MixtureSettings mixture, double ofSource, String group) {
        return mixture.rate() == Rate.WEIGHT ? ofSource : mixture.weights().getOrDefault(group, 1.0);
    }

    private static String group(Recipe recipe, TokenizedExamples examples, int example) {
        String entry = "entry " + (examples.source(example) + 1);
        if (recipe.mixture().rate() == Rate.WEIGHT) {
            return entry;
        }
        if (recipe.mixture().rate() == Rate.SIZE) {
            String task = examples.task(example);
            return task == null ? entry : task;
        }
        String category = examples.category(example);
        if (category == null) {
            throw new InputException(
                    "mixture.rate is category, and an example has none",
                    examples.get(example).origin().where(),
                    "Give its record a category, or its data entry one: category: …");
        }
        return category;
    }

    /** At most so many of a group's examples, drawn by seed, in their order. */
    private static int[] limited(int[] members, MixtureSettings mixture, long seed, int group) {
        Integer limit = mixture.taskLimit();
        if (limit == null || members.length <= limit) {
            return members;
        }
        int[] order = SeededRandom.of(seed, TASK_LIMIT, group).permutation(members.length);
        return Arrays.stream(order, 0, limit).sorted().map(i -> members[i]).toArray();
    }

    /** Whole numbers in the proportion of the rates that add up to a sum: the largest remainders are rounded up. */
    static int[] quotas(double[] rates, int sum) {
        double total = Arrays.stream(rates).sum();
        int[] quotas = new int[rates.length];
        int left = sum;
        for (int g = 0; g < rates.length; g++) {
            quotas[g] = (int) Math.floor(rates[g] / total * sum);
            left -= quotas[g];
        }
        List<Integer> byRemainder =
                new ArrayList<>(IntStream.range(0, rates.length).boxed().toList());
        byRemainder.sort(Comparator.comparingDouble((Integer g) -> quotas[g] - rates[g] / total * sum));
        for (int i = 0; i < left; i++) {
            quotas[byRemainder.get(i % rates.length)]++;
        }
        return quotas;
    }

    void draw(int epoch, IndexList drawn) {
        for (int g = 0; g < quotas.length; g++) {
            int size = members[g].length;
            long from = (long) epoch * quotas[g];
            long pass = -1;
            int[] order = new int[0];
            for (long i = from; i < from + quotas[g]; i++) {
                if (i / size != pass) {
                    pass = i / size;
                    order = SeededRandom.of(seed, PASS, g, pass).permutation(size);
                }
                drawn.add(members[g][order[(int) (i % size)]]);
            }
        }
    }
}
