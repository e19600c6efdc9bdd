package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which prompts each rater gets. A doubled prompt goes to several raters, another to one; always to those who have the
 * fewest, among them to those who have least in common, so that loads differ by at most one prompt and every two raters
 * can be compared.
 */
final class PromptDeal {
    private final int[] loads;
    private final int[][] common;

    private PromptDeal(int raters) {
        loads = new int[raters];
        common = new int[raters][raters];
    }

    /** For each prompt, by its index, the raters who get it. */
    static List<List<Integer>> of(int prompts, SheetDesign design, Random random) {
        PromptDeal deal = new PromptDeal(design.raters());
        int doubled = (int) Math.ceil(design.doubled() * prompts - 1e-9);
        List<Integer> order = Shuffled.indices(prompts, random);
        List<List<Integer>> raters = new ArrayList<>(Collections.nCopies(prompts, List.of()));
        for (int i = 0; i < prompts; i++) {
            raters.set(order.get(i), deal.deal(i < doubled ? design.ratersEach() : 1));
        }
        return raters;
    }

    private List<Integer> deal(int wanted) {
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < wanted) {
            int next = IntStream.range(0, loads.length)
                    .boxed()
                    .filter(r -> !chosen.contains(r))
                    .min(Comparator.<Integer>comparingInt(r -> loads[r])
                            .thenComparingInt(r ->
                                    chosen.stream().mapToInt(c -> common[r][c]).sum())
                            .thenComparingInt(r -> r))
                    .orElseThrow();
            for (int rater : chosen) {
                common[rater][next]++;
                common[next][rater]++;
            }
            chosen.add(next);
            loads[next]++;
        }
        return List.copyOf(chosen);
    }
}
