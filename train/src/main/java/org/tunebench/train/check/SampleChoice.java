package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.CheckRecord.Sample;
import org.tunebench.train.batch.Fate;
import org.tunebench.train.batch.InspectedExample;
import org.tunebench.train.data.draw.SeededRandom;

/** Which examples are shown token by token: some drawn by seed, and the extreme ones. */
final class SampleChoice {
    private static final long DRAW = 9;
    private static final int RANDOM = 6;
    private static final int EACH = 2;

    private final SeededRandom random;
    private final List<Shown> drawn = new ArrayList<>();
    /** Kind → the most extreme so far, the most extreme first. */
    private final Map<String, List<Extreme>> extremes = new LinkedHashMap<>();

    private int seen;

    private record Shown(int ordinal, InspectedExample example) {}

    private record Extreme(double measure, Shown shown) {}

    SampleChoice(long seed) {
        this.random = SeededRandom.of(seed, DRAW);
        for (String kind : List.of(
                "longest",
                "shortest_supervised",
                "least_supervised",
                "cut",
                "no_supervised_token",
                "special_tokens",
                "round_trip",
                "end_of_turn")) {
            extremes.put(kind, new ArrayList<>());
        }
    }

    void add(InspectedExample example, ExampleFacts facts) {
        Shown shown = new Shown(seen, example);
        draw(shown);
        int length = example.whole().length();
        int supervised = example.whole().supervisedTokens();
        Fate fate = example.fate();
        offer("longest", length, shown);
        if (supervised > 0) {
            offer("shortest_supervised", -supervised, shown);
            offer("least_supervised", -(double) supervised / length, shown);
        }
        if (facts.lost() > 0) {
            offer("cut", facts.lost(), shown);
        }
        if (Fate.NO_SUPERVISED_TOKEN.equals(fate.dropped())) {
            offer("no_supervised_token", 1, shown);
        }
        if (facts.special() != null) {
            offer("special_tokens", 1, shown);
        }
        if (facts.roundTrip().broken() > 0) {
            offer("round_trip", 1, shown);
        }
        if (facts.endless() > 0) {
            offer("end_of_turn", 1, shown);
        }
        seen++;
    }

    /** The chosen ones, each once, the drawn ones first. */
    List<Sample> samples(ShownTokens tokens) {
        Map<Integer, Shown> chosen = new LinkedHashMap<>();
        Map<Integer, List<String>> kinds = new TreeMap<>();
        drawn.forEach(shown -> choose("random", shown, chosen, kinds));
        extremes.forEach((kind, some) -> some.forEach(e -> choose(kind, e.shown(), chosen, kinds)));
        return chosen.values().stream()
                .map(shown -> tokens.sample(shown.example(), kinds.getOrDefault(shown.ordinal(), List.of())))
                .toList();
    }

    private static void choose(String kind, Shown shown, Map<Integer, Shown> chosen, Map<Integer, List<String>> kinds) {
        chosen.putIfAbsent(shown.ordinal(), shown);
        kinds.computeIfAbsent(shown.ordinal(), o -> new ArrayList<>()).add(kind);
    }

    /** Vitter's algorithm R: each example is as likely as any other. */
    private void draw(Shown shown) {
        if (drawn.size() < RANDOM) {
            drawn.add(shown);
            return;
        }
        int place = random.nextInt(shown.ordinal() + 1);
        if (place < RANDOM) {
            drawn.set(place, shown);
        }
    }

    /** Of equal ones the first stay. */
    private void offer(String kind, double measure, Shown shown) {
        List<Extreme> best = extremes.get(kind);
        if (best == null) {
            throw new IllegalArgumentException(kind);
        }
        int place = best.size();
        while (place > 0 && best.get(place - 1).measure() < measure) {
            place--;
        }
        if (place < EACH) {
            best.add(place, new Extreme(measure, shown));
            if (best.size() > EACH) {
                best.remove(EACH);
            }
        }
    }
}
