package org.tunebench.reports.lineage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.RunFolder;

/**
 * Finds the training examples whose beginnings are nearest to some items: the cosine of TF-IDF vectors, an item's of its 32
 * weightiest words. The examples are read twice, one at a time, first to weigh words and then to compare; an inverted index
 * holds the items, so that memory does not grow with the number of examples.
 */
final class NearestExamples {
    /** Examples for an item. */
    static final int MOST = 3;
    /** What is farther is not near. */
    static final double LEAST_COSINE = 0.1;
    /** Words that an item is looked for by. */
    private static final int WORDS = 32;
    /** About 20,000 examples. */
    private static final long SAMPLED_BYTES = 8 << 20;

    private final TermWeights weights;
    private final Map<Integer, Postings> index = new HashMap<>();
    /** Most words of examples are in no item; this says so quickly. */
    private final BitSet known = new BitSet();

    private final List<List<Near>> nearest = new ArrayList<>();
    private final float[] products;

    private record Term(int hash, double weight) {}

    /** The items that have a word, and what it weighs in each. */
    private static final class Postings {
        private int[] items = new int[2];
        private float[] weights = new float[2];
        private int size;

        void add(int item, double weight) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
                weights = Arrays.copyOf(weights, 2 * size);
            }
            items[size] = item;
            weights[size++] = (float) weight;
        }

        void multiply(float weight, float[] products) {
            for (int i = 0; i < size; i++) {
                products[items[i]] += weights[i] * weight;
            }
        }
    }

    private NearestExamples(TermWeights weights, List<TracedItem> items) {
        this.weights = weights;
        this.products = new float[items.size()];
        for (int i = 0; i < items.size(); i++) {
            nearest.add(new ArrayList<>(MOST + 1));
            List<Term> terms = new ArrayList<>();
            weights.weigh(Terms.of(items.get(i).words()), (hash, weight) -> terms.add(new Term(hash, weight)));
            terms.sort(Comparator.comparing((Term term) -> -term.weight()).thenComparing(Term::hash));
            List<Term> telling = terms.subList(0, Math.min(WORDS, terms.size()));
            double length = Math.sqrt(
                    telling.stream().mapToDouble(t -> t.weight() * t.weight()).sum());
            for (Term term : telling) {
                known.set(TermWeights.place(term.hash()));
                index.computeIfAbsent(term.hash(), h -> new Postings()).add(i, term.weight() / length);
            }
        }
    }

    /** One list an item, the nearest first, at most {@link #MOST}. */
    static List<List<Near>> of(RunFolder folder, List<TracedItem> items) {
        NearestExamples search = new NearestExamples(weights(folder.examplesFile()), items);
        try (Stream<ExampleRecord> examples = folder.examples()) {
            int line = 0;
            for (ExampleRecord example : (Iterable<ExampleRecord>) examples::iterator) {
                search.compare(++line, example);
            }
        }
        return search.nearest;
    }

    /** What words weigh, by every example; of a large file by some 20,000 of them, evenly spread. */
    private static TermWeights weights(Path file) {
        TermWeights weights = new TermWeights();
        try (Stream<String> lines = Files.lines(file)) {
            long every = 1 + Files.size(file) / SAMPLED_BYTES;
            long line = 0;
            for (String text : (Iterable<String>) lines::iterator) {
                if (line++ % every == 0) {
                    weights.add(terms(Json.MAPPER.readValue(text, ExampleRecord.class)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Make the run again", e);
        }
        weights.done();
        return weights;
    }

    private void compare(int line, ExampleRecord example) {
        Arrays.fill(products, 0);
        double length = weights.weigh(terms(example), (term, weight) -> {
            if (known.get(TermWeights.place(term))) {
                Postings postings = index.get(term);
                if (postings != null) {
                    postings.multiply((float) weight, products);
                }
            }
        });
        double least = LEAST_COSINE * length;
        for (int item = 0; item < products.length; item++) {
            if (products[item] > 0 && products[item] >= least) {
                offer(nearest.get(item), new Near(line, example, products[item] / length));
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

    private static int[] terms(ExampleRecord example) {
        return Terms.of(example.prompt(), example.response());
    }
}
