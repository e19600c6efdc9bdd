package org.tunebench.eval.rating;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of two models stands first. Over a rater's pairs each model stands first as often as second, or once more or less:
 * the pairs are the edges of a graph that is walked in closed walks, and the model that a walk leaves stands first
 * (Euler). A model with an odd number of pairs gets one more, with nobody, so that every walk closes.
 */
final class PairSides {
    private record Edge(int pair, int from, int to) {}

    private final List<Deque<Edge>> edges = new ArrayList<>();
    private final boolean[] used;
    private final boolean[] firstStandsFirst;

    private PairSides(List<PairChoice.Models> pairs, int models) {
        int nobody = models;
        int[] degree = new int[models];
        List<Edge> all = new ArrayList<>();
        for (PairChoice.Models pair : pairs) {
            all.add(new Edge(all.size(), pair.first(), pair.second()));
            degree[pair.first()]++;
            degree[pair.second()]++;
        }
        for (int model = 0; model < models; model++) {
            if (degree[model] % 2 == 1) {
                all.add(new Edge(all.size(), model, nobody));
            }
        }
        for (int node = 0; node <= models; node++) {
            edges.add(new ArrayDeque<>());
        }
        for (Edge edge : all) {
            edges.get(edge.from()).add(edge);
            edges.get(edge.to()).add(edge);
        }
        used = new boolean[all.size()];
        firstStandsFirst = new boolean[all.size()];
    }

    /** For each pair whether its {@code first} model stands first. */
    static boolean[] of(List<PairChoice.Models> pairs, int models) {
        PairSides sides = new PairSides(pairs, models);
        for (int node = 0; node <= models; node++) {
            sides.walk(node);
        }
        return sides.firstStandsFirst;
    }

    private void walk(int start) {
        int at = start;
        for (Edge edge = next(at); edge != null; edge = next(at)) {
            used[edge.pair()] = true;
            firstStandsFirst[edge.pair()] = edge.from() == at;
            at = edge.from() == at ? edge.to() : edge.from();
        }
    }

    private @Nullable Edge next(int node) {
        Deque<Edge> here = edges.get(node);
        while (!here.isEmpty()) {
            Edge edge = here.remove();
            if (!used[edge.pair()]) {
                return edge;
            }
        }
        return null;
    }
}
