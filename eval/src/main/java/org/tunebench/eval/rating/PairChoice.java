package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which two models are compared on which prompt. The same for all raters of a prompt, so that they can be compared; each
 * time the pair whose models those raters have seen least, so that every rater sees every model about equally often.
 */
final class PairChoice {
    /** Two models by index, {@code first < second}. */
    record Models(int first, int second) {}

    private final int[][] seenModels;
    private final int[][] seenPairs;
    private final List<Models> all;

    private PairChoice(int raters, int models, Random random) {
        List<Models> pairs = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            for (int j = i + 1; j < models; j++) {
                pairs.add(new Models(i, j));
            }
        }
        all = Shuffled.of(pairs, random);
        seenModels = new int[raters][models];
        seenPairs = new int[raters][all.size()];
    }

    /**
     * For each prompt, by its index, its pairs.
     *
     * @param ratersOf for each prompt its raters
     * @param each pairs a prompt, all of them where there are fewer
     */
    static List<List<Models>> of(List<List<Integer>> ratersOf, SheetDesign design, int models, Random random) {
        PairChoice choice = new PairChoice(design.raters(), models, random);
        List<List<Models>> pairs = new ArrayList<>(Collections.nCopies(ratersOf.size(), List.of()));
        for (int prompt : Shuffled.indices(ratersOf.size(), random)) {
            pairs.set(prompt, choice.choose(ratersOf.get(prompt), design.pairwise()));
        }
        return pairs;
    }

    private List<Models> choose(List<Integer> raters, int wanted) {
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        List<Models> chosen = new ArrayList<>();
        while (chosen.size() < wanted && !left.isEmpty()) {
            Integer next = left.stream()
                    .min(Comparator.<Integer>comparingInt(p -> modelsSeen(raters, all.get(p)))
                            .thenComparingInt(p -> raters.stream()
                                    .mapToInt(r -> seenPairs[r][p])
                                    .sum()))
                    .orElseThrow();
            left.remove(next);
            chosen.add(all.get(next));
            for (int rater : raters) {
                seenModels[rater][all.get(next).first()]++;
                seenModels[rater][all.get(next).second()]++;
                seenPairs[rater][next]++;
            }
        }
        return List.copyOf(chosen);
    }

    private int modelsSeen(List<Integer> raters, Models pair) {
        return raters.stream()
                .mapToInt(r -> seenModels[r][pair.first()] + seenModels[r][pair.second()])
                .sum();
    }
}
