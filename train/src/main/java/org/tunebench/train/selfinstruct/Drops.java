package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was dropped, counted by reason, with the first few of each. */
final class Drops {
    private static final int SAMPLES = 5;
    private static final int SHOWN = 300;

    private final Map<Drop, Integer> counts = new EnumMap<>(Drop.class);
    private final Map<Drop, List<String>> samples = new EnumMap<>(Drop.class);

    /** @param what of it, for the reader */
    void add(Drop reason, String what) {
        counts.merge(reason, 1, Integer::sum);
        List<String> shown = samples.computeIfAbsent(reason, r -> new ArrayList<>());
        if (shown.size() < SAMPLES) {
            shown.add(
                    what.codePointCount(0, what.length()) <= SHOWN
                            ? what
                            : what.substring(0, what.offsetByCodePoints(0, SHOWN)) + "…");
        }
    }

    List<Summary.Dropped> counted() {
        return counts.entrySet().stream()
                .map(e -> new Summary.Dropped(
                        e.getKey().label(),
                        e.getKey().unit(),
                        e.getValue(),
                        List.copyOf(samples.getOrDefault(e.getKey(), List.of()))))
                .toList();
    }
}
