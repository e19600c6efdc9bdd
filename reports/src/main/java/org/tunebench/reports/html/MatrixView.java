package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Pair;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;

/** Who beats whom: a row and a column a model, in the leaderboard's order. */
record MatrixView(List<String> names, List<Line> rows) {

    /** @param cells one a column; null where the two have nothing in common, or are one */
    record Line(String name, List<@Nullable Against> cells) {}

    /**
     * The row's model against the column's.
     *
     * @param lean better, worse or undecided: which of the two won on more suites
     */
    record Against(String route, int won, int lost, String lean, String title) {}

    static MatrixView of(Comparison comparison, Leaderboard leaderboard) {
        List<String> names = leaderboard.rows().stream().map(Row::name).toList();
        List<Line> rows = new ArrayList<>();
        for (String name : names) {
            List<@Nullable Against> cells = new ArrayList<>();
            for (String other : names) {
                cells.add(name.equals(other) ? null : against(comparison, name, other));
            }
            rows.add(new Line(name, cells));
        }
        return new MatrixView(names, rows);
    }

    private static @Nullable Against against(Comparison comparison, String name, String other) {
        List<Pair> pairs = comparison.pairs().stream()
                .filter(pair -> pair.has(name) && pair.has(other))
                .toList();
        if (pairs.isEmpty()) {
            return null;
        }
        List<String> won = suites(pairs, name);
        List<String> lost = suites(pairs, other);
        int net = won.size() - lost.size();
        return new Against(
                Anchor.route("compare", name, other),
                won.size(),
                lost.size(),
                net > 0 ? "better" : net < 0 ? "worse" : "undecided",
                name + " beside " + other + ": better on " + listed(won) + "; worse on " + listed(lost)
                        + "; not told apart on " + (pairs.size() - won.size() - lost.size()));
    }

    private static List<String> suites(List<Pair> pairs, String winner) {
        return pairs.stream()
                .filter(pair -> pair.winner().filter(winner::equals).isPresent())
                .map(Pair::suite)
                .toList();
    }

    private static String listed(List<String> suites) {
        return suites.isEmpty() ? "none" : suites.stream().collect(Collectors.joining(", "));
    }
}
