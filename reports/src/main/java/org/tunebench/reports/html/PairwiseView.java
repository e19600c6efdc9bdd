package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Game;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.run.Run;

/**
 * One run's answers judged beside another model's, each twice with the positions swapped.
 *
 * @param won answers that win both games; the next two count likewise, and what the judge left open counts nowhere
 * @param winRate won and half of the ties, of all that count
 * @param swapped answers of which the two games name different winners, so that they count as ties
 */
record PairwiseView(
        String run,
        String opponent,
        String anchor,
        int won,
        int tied,
        int lost,
        String winRate,
        int swapped,
        int answers,
        List<Disagreement> disagreements) {

    /**
     * An answer whose judgment depends on the position.
     *
     * @param first what was said with the run's answer in front
     * @param second what was said with it behind
     */
    record Disagreement(String id, int turn, String group, String route, Words first, Words second) {}

    /** @param winner the name of the one whose answer the judge calls better, or a tie */
    record Words(String winner, String text) {}

    static List<PairwiseView> of(String suite, List<Run> runs) {
        List<PairwiseView> views = new ArrayList<>();
        for (Run run : runs) {
            Map<String, List<PairwiseRecord>> byOpponent = new LinkedHashMap<>();
            run.samples()
                    .pairwise()
                    .getOrDefault(suite, List.of())
                    .forEach(record -> byOpponent
                            .computeIfAbsent(record.opponent(), o -> new ArrayList<>())
                            .add(record));
            byOpponent.forEach((opponent, records) -> views.add(of(suite, run.name(), opponent, records)));
        }
        return views;
    }

    private static PairwiseView of(String suite, String run, String opponent, List<PairwiseRecord> records) {
        int won = count(records, Winner.MODEL);
        int tied = count(records, Winner.TIE);
        int lost = count(records, Winner.OPPONENT);
        List<PairwiseRecord> swapped =
                records.stream().filter(PairwiseView::dependsOnPosition).toList();
        return new PairwiseView(
                run,
                opponent,
                Anchor.of("pairwise", suite, run, opponent),
                won,
                tied,
                lost,
                won + tied + lost == 0
                        ? Figures.NONE
                        : String.format(Locale.ROOT, "%.1f %%", 100 * (won + tied / 2.0) / (won + tied + lost)),
                swapped.size(),
                records.size(),
                swapped.stream()
                        .map(record -> disagreement(suite, run, opponent, record))
                        .toList());
    }

    private static int count(List<PairwiseRecord> records, Winner winner) {
        return (int)
                records.stream().filter(record -> record.winner() == winner).count();
    }

    /** Both games have a verdict, and they name different winners. */
    private static boolean dependsOnPosition(PairwiseRecord record) {
        Winner first = record.first().verdict();
        Winner second = record.swapped().verdict();
        return first != null && second != null && first != second;
    }

    private static Disagreement disagreement(String suite, String run, String opponent, PairwiseRecord record) {
        return new Disagreement(
                record.id(),
                record.turn(),
                record.group() == null ? "" : record.group(),
                Anchor.route("sample", suite, record.id(), run, opponent),
                words(record.first(), run, opponent),
                words(record.swapped(), run, opponent));
    }

    private static Words words(Game game, String run, String opponent) {
        String winner = game.verdict() == Winner.MODEL ? run : game.verdict() == Winner.OPPONENT ? opponent : "tie";
        return new Words(winner, game.text() == null ? "" : game.text());
    }
}
