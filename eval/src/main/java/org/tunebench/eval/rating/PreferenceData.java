package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;

/**
 * Rated pairs as data for preference tuning, one JSON object a line: {@code prompt}, {@code chosen}, {@code rejected}, each
 * exactly as it was, and who said so. A pair is there once, as most of its raters chose; one without a majority is left
 * out, and so are equal responses.
 */
public final class PreferenceData {
    /** How a line holds its texts. */
    public enum Form {
        /** Plain strings. */
        TEXT,
        /** Lists of messages with role and content, as chat models are trained with. */
        MESSAGES
    }

    /**
     * What was written.
     *
     * @param undecided pairs left out because most raters said tie or both bad, or as many one way as the other
     */
    public record Written(int pairs, int undecided) {}

    private PreferenceData() {}

    /**
     * Writes the pairs that raters compared, or, where none were, those that their ratings decide.
     *
     * @param margin points that mean ratings must lie apart at least
     * @throws InputException where no pair is decided
     */
    public static Written write(Ratings ratings, Path keyFile, double margin, Form form, Path file) {
        SheetKey key = SheetKey.read(keyFile);
        Map<String, SheetKey.Item> items = new HashMap<>();
        key.items().forEach(item -> items.put(item.promptId() + "\n" + item.model(), item));
        List<Comparison> comparisons = ratings.preferences().isEmpty()
                ? Comparison.ofRatings(ratings.rows(), margin)
                : Comparison.ofPairs(ratings.preferences());
        Map<String, List<Comparison>> byPair = new LinkedHashMap<>();
        for (Comparison c : comparisons) {
            byPair.computeIfAbsent(c.pair(), p -> new ArrayList<>()).add(c);
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        for (List<Comparison> pair : byPair.values()) {
            Comparison one = pair.get(0);
            int forFirst = votes(pair, one.first());
            int forSecond = votes(pair, one.second());
            int ties = pair.size() - forFirst - forSecond;
            String winner = forFirst > forSecond ? one.first() : one.second();
            String loser = forFirst > forSecond ? one.second() : one.first();
            SheetKey.Item chosen = items.get(one.prompt() + "\n" + winner);
            SheetKey.Item rejected = items.get(one.prompt() + "\n" + loser);
            boolean decided = forFirst != forSecond && Math.max(forFirst, forSecond) > ties;
            if (decided
                    && chosen != null
                    && rejected != null
                    && !chosen.response().equals(rejected.response())) {
                lines.add(line(
                        chosen,
                        rejected,
                        form,
                        Map.of(
                                "chosen",
                                Math.max(forFirst, forSecond),
                                "rejected",
                                Math.min(forFirst, forSecond),
                                "tie",
                                ties)));
            }
        }
        if (lines.isEmpty()) {
            throw new InputException(
                    "no pair of responses is decided by the ratings",
                    "sheets import",
                    "Export sheets with pairs, or have more rated");
        }
        AtomicFiles.write(file, JsonLines.text(lines));
        return new Written(lines.size(), byPair.size() - lines.size());
    }

    private static int votes(List<Comparison> pair, String model) {
        return (int) pair.stream()
                .filter(c -> c.choice() == (c.first().equals(model) ? Choice.FIRST : Choice.SECOND))
                .count();
    }

    private static Map<String, Object> line(
            SheetKey.Item chosen, SheetKey.Item rejected, Form form, Map<String, Integer> votes) {
        Map<String, Object> line = new LinkedHashMap<>();
        boolean messages = form == Form.MESSAGES;
        line.put("prompt", messages ? message("user", chosen.prompt()) : chosen.prompt());
        line.put("chosen", messages ? message("assistant", chosen.response()) : chosen.response());
        line.put("rejected", messages ? message("assistant", rejected.response()) : rejected.response());
        line.put("id", chosen.promptId());
        line.put("chosen_model", chosen.model());
        line.put("rejected_model", rejected.model());
        line.put("votes", new TreeMap<>(votes));
        return line;
    }

    private static List<Map<String, String>> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return List.of(message);
    }
}
