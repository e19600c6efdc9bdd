package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;

/** One response against another to the same prompt, in the eyes of one rater. */
record Comparison(String prompt, String rater, String first, String second, Choice choice) {
    /** The two models and the prompt, whichever stands first. */
    String pair() {
        boolean ordered = first.compareTo(second) <= 0;
        return prompt + "\n" + (ordered ? first + "\n" + second : second + "\n" + first);
    }

    /** What raters said of pairs. */
    static List<Comparison> ofPairs(List<Ratings.Preference> preferences) {
        return preferences.stream()
                .map(p -> new Comparison(p.prompt(), p.rater(), p.first(), p.second(), p.choice()))
                .toList();
    }

    /**
     * What follows from ratings: of two responses that a rater rated for one prompt the one with the higher mean rating is
     * better; at less than {@code margin} points between them it is a tie.
     */
    static List<Comparison> ofRatings(List<Ratings.Row> rows, double margin) {
        Map<String, List<Ratings.Row>> together = new LinkedHashMap<>();
        for (Ratings.Row row : rows) {
            together.computeIfAbsent(row.rater() + "\n" + row.prompt(), k -> new ArrayList<>())
                    .add(row);
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (List<Ratings.Row> own : together.values()) {
            for (int i = 0; i < own.size(); i++) {
                for (int j = i + 1; j < own.size(); j++) {
                    Ratings.Row first = own.get(i);
                    Ratings.Row second = own.get(j);
                    if (!first.model().equals(second.model())
                            && first.ratings().keySet().equals(second.ratings().keySet())) {
                        comparisons.add(new Comparison(
                                first.prompt(),
                                first.rater(),
                                first.model(),
                                second.model(),
                                choice(mean(first) - mean(second), margin)));
                    }
                }
            }
        }
        return comparisons;
    }

    private static Choice choice(double difference, double margin) {
        if (difference == 0 || Math.abs(difference) < margin) {
            return Choice.TIE;
        }
        return difference > 0 ? Choice.FIRST : Choice.SECOND;
    }

    private static double mean(Ratings.Row row) {
        return row.ratings().values().stream().mapToInt(r -> r).average().orElse(0);
    }

    /**
     * Of pairs, as {@link #pair}, votes for the model that comes first in the alphabet less those for the other; 0 is a tie.
     */
    static Map<String, Integer> votes(List<Comparison> comparisons) {
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (Comparison c : comparisons) {
            Choice choice = c.first().compareTo(c.second()) <= 0
                    ? c.choice()
                    : c.choice().swapped();
            int vote = choice == Choice.FIRST ? 1 : choice == Choice.SECOND ? -1 : 0;
            votes.merge(c.pair(), vote, Integer::sum);
        }
        return votes;
    }
}
