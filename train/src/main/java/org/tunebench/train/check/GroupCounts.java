package org.tunebench.train.check;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.CheckRecord.Group;
import org.tunebench.train.batch.TokenizedExample;
import org.tunebench.train.data.example.Origin;

/** The examples that are trained on by category, by task and by template. */
final class GroupCounts {
    private static final Map<String, Function<Origin, @Nullable String>> KINDS = kinds();

    private final Map<String, Map<String, Group>> groups = new LinkedHashMap<>();

    /** @param kept what is trained of one example; nothing is counted where that is nothing */
    void add(Origin origin, List<TokenizedExample> kept) {
        if (kept.isEmpty()) {
            return;
        }
        long tokens = 0;
        long supervised = 0;
        for (TokenizedExample piece : kept) {
            tokens += piece.length();
            supervised += piece.supervisedTokens();
        }
        for (Map.Entry<String, Function<Origin, @Nullable String>> kind : KINDS.entrySet()) {
            String name = kind.getValue().apply(origin);
            if (name != null) {
                groups.computeIfAbsent(kind.getKey(), k -> new LinkedHashMap<>())
                        .merge(name, new Group(name, 1, tokens, supervised), GroupCounts::sum);
            }
        }
    }

    /** Kind → its groups, the largest first. */
    Map<String, List<Group>> groups() {
        Map<String, List<Group>> sorted = new LinkedHashMap<>();
        for (String kind : KINDS.keySet()) {
            Map<String, Group> of = groups.get(kind);
            if (of != null) {
                sorted.put(
                        kind,
                        of.values().stream()
                                .sorted(Comparator.comparingLong(Group::examples)
                                        .reversed()
                                        .thenComparing(Group::name))
                                .toList());
            }
        }
        return sorted;
    }

    private static Group sum(Group a, Group b) {
        return new Group(
                a.name(),
                a.examples() + b.examples(),
                a.tokens() + b.tokens(),
                a.supervisedTokens() + b.supervisedTokens());
    }

    private static Map<String, Function<Origin, @Nullable String>> kinds() {
        Map<String, Function<Origin, @Nullable String>> kinds = new LinkedHashMap<>();
        kinds.put("category", Origin::category);
        kinds.put("task", Origin::task);
        kinds.put("template", Origin::template);
        return kinds;
    }
}
