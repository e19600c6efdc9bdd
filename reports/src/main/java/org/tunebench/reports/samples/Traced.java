package org.tunebench.reports.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Words;
import org.tunebench.reports.lineage.TracedItem;

/**
 * Which items of a suite are traced back to training examples: those on which the most pairs of runs differ first. They are
 * looked for by the end of the prompt, where the question is, and the right answer.
 */
final class Traced {
    /** Words of a prompt's end. */
    private static final int WORDS = 100;
    /** Characters of a prompt's end that words are looked for in. */
    private static final int CHARACTERS = 1200;
    /** Items of which more than half share a word before it is taken for part of the prompt's form. */
    private static final int SEVERAL = 10;

    private Traced() {}

    static List<TracedItem> of(SuiteItems suite, int most) {
        List<Item> items = suite.items();
        long[] differing = items.stream().mapToLong(Traced::differingPairs).toArray();
        List<Integer> chosen = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -differing[i]))
                .limit(most)
                .toList();
        List<List<String>> words = chosen.stream().map(i -> words(items.get(i))).toList();
        Set<String> form = form(words);
        List<TracedItem> traced = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            List<String> telling =
                    words.get(i).stream().filter(word -> !form.contains(word)).toList();
            traced.add(new TracedItem(suite.suite(), chosen.get(i), telling));
        }
        return traced;
    }

    /** Pairs of runs with different scores. */
    private static long differingPairs(Item item) {
        Map<Double, Long> same = new HashMap<>();
        long n = 0;
        for (Answer answer : item.answers()) {
            if (answer != null && answer.score() != null) {
                same.merge(answer.score(), 1L, Long::sum);
                n++;
            }
        }
        return (n * n - same.values().stream().mapToLong(k -> k * k).sum()) / 2;
    }

    private static Set<String> form(List<List<String>> words) {
        Map<String, Integer> items = new HashMap<>();
        words.forEach(of -> new HashSet<>(of).forEach(word -> items.merge(word, 1, Integer::sum)));
        items.values().removeIf(n -> words.size() < SEVERAL || 2 * n <= words.size());
        return items.keySet();
    }

    private static List<String> words(Item item) {
        String prompt = item.prompt() == null ? "" : item.prompt();
        List<String> end = Words.normalised(prompt.substring(Math.max(0, prompt.length() - CHARACTERS)));
        List<String> words = new ArrayList<>(end.subList(Math.max(0, end.size() - WORDS), end.size()));
        List<String> answer = Words.normalised(rightAnswer(item));
        words.addAll(answer.subList(0, Math.min(WORDS, answer.size())));
        return words;
    }

    /** The text of the right choice, the first of several, or the reference. */
    private static String rightAnswer(Item item) {
        @Nullable
        Object target = item.target() instanceof List<?> several && !several.isEmpty() ? several.get(0) : item.target();
        if (target instanceof Integer choice && item.choices() != null) {
            return choice >= 0 && choice < item.choices().size()
                    ? item.choices().get(choice)
                    : "";
        }
        return target instanceof String text ? text : "";
    }
}
