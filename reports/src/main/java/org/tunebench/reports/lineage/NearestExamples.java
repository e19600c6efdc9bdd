package org.tunebench.reports.lineage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.text.Words;

/**
 * Finds the training examples whose beginnings are nearest to some items: cosine of TF-IDF vectors, exact. The examples are
 * read twice, one at a time, first to weigh words and then to compare; an inverted index holds the items, so that memory
 * does not grow with the number of examples.
 */
final class NearestExamples {
    /** Examples for an item. */
    static final int MOST = 3;
    /** What is farther is not near. */
    static final double LEAST_COSINE = 0.1;

    private final Map<String, List<Posting>> index = new HashMap<>();
    private final List<List<Near>> nearest = new ArrayList<>();
    private final TermWeights weights;

    private record Posting(int item, float weight) {}

    private NearestExamples(TermWeights weights, List<TracedItem> items) {
        this.weights = weights;
        for (int i = 0; i < items.size(); i++) {
            int item = i;
            nearest.add(new ArrayList<>(MOST + 1));
            weights.vector(items.get(i).words())
                    .forEach((word, weight) -> index.computeIfAbsent(word, w -> new ArrayList<>())
                            .add(new Posting(item, weight.floatValue())));
        }
    }

    /** One list an item, the nearest first, at most {@link #MOST}. */
    static List<List<Near>> of(RunFolder folder, List<TracedItem> items) {
        TermWeights weights = new TermWeights();
        try (Stream<ExampleRecord> examples = folder.examples()) {
            examples.forEach(example -> weights.add(words(example)));
        }
        NearestExamples search = new NearestExamples(weights, items);
        float[] cosines = new float[items.size()];
        try (Stream<ExampleRecord> examples = folder.examples()) {
            int line = 0;
            for (ExampleRecord example : (Iterable<ExampleRecord>) examples::iterator) {
                search.compare(++line, example, cosines);
            }
        }
        return search.nearest;
    }

    private void compare(int line, ExampleRecord example, float[] cosines) {
        Arrays.fill(cosines, 0);
        weights.vector(words(example)).forEach((word, weight) -> {
            for (Posting posting : index.getOrDefault(word, List.of())) {
                cosines[posting.item] += posting.weight * weight.floatValue();
            }
        });
        for (int item = 0; item < cosines.length; item++) {
            if (cosines[item] >= LEAST_COSINE) {
                offer(nearest.get(item), new Near(line, example, cosines[item]));
            }
        }
    }

    /** Of two that are as near the earlier one stays. */
    private static void offer(List<Near> best, Near found) {
        int place = best.size();
        while (place > 0 && best.get(place - 1).cosine() < found.cosine()) {
            place--;
        }
        if (place < MOST) {
            best.add(place, found);
            if (best.size() > MOST) {
                best.remove(MOST);
            }
        }
    }

    private static List<String> words(ExampleRecord example) {
        String prompt = example.prompt() == null ? "" : example.prompt();
        String response = example.response() == null ? "" : example.response();
        return Words.normalised(prompt + "\n" + response);
    }
}
