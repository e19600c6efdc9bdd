package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of ratings.json: what raters said of models' responses. What a record of an older Tunebench lacks is empty or
 * absent.
 *
 * @param dimensions what was rated from 1 to 5, in the sheets' order
 * @param models means by model
 * @param rows every usable row with ratings, repetitions and gold items aside
 * @param unusable every other row, with the reason
 * @param preferences every usable row that compares two responses, repetitions and gold items aside
 * @param checks rows that test the raters
 * @param agreement how far raters agree with each other and with themselves
 * @param rankings the models' order by preferences
 * @param judge how far a judge agrees with the raters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ratings(
        int schema,
        List<String> dimensions,
        Map<String, OfModel> models,
        List<Row> rows,
        List<Unusable> unusable,
        List<Preference> preferences,
        Checks checks,
        @Nullable RatingAgreement agreement,
        @Nullable Rankings rankings,
        @Nullable JudgeAgreement judge) {
    /** The schema this code writes and reads. */
    public static final int SCHEMA = 1;

    public Ratings {
        preferences = preferences == null ? List.of() : List.copyOf(preferences);
        checks = checks == null ? new Checks(List.of(), List.of(), List.of()) : checks;
    }

    /** Ratings without comparisons, checks or statistics. */
    public Ratings(
            int schema, List<String> dimensions, Map<String, OfModel> models, List<Row> rows, List<Unusable> unusable) {
        this(
                schema,
                dimensions,
                models,
                rows,
                unusable,
                List.of(),
                new Checks(List.of(), List.of(), List.of()),
                null,
                null,
                null);
    }

    /**
     * One model's ratings.
     *
     * @param n rated rows
     * @param prompts different prompts among them
     * @param means by dimension; standard errors are clustered by prompt
     * @param counts ratings by dimension, fewer than {@code n} where raters left some out
     */
    public record OfModel(int n, int prompts, Map<String, Metric> means, Map<String, Integer> counts) {
        public OfModel {
            counts = counts == null ? Map.of() : counts;
        }

        public OfModel(int n, int prompts, Map<String, Metric> means) {
            this(n, prompts, means, Map.of());
        }
    }

    /**
     * One response rated by one rater.
     *
     * @param prompt its id
     * @param ratings from 1 to 5 by dimension; a dimension left out was not rated
     * @param position the row's place in the rater's sheet, from 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String id,
            String rater,
            String model,
            String prompt,
            Map<String, Integer> ratings,
            @Nullable String comment,
            @Nullable Integer position) {
        public Row(
                String id,
                String rater,
                String model,
                String prompt,
                Map<String, Integer> ratings,
                @Nullable String comment) {
            this(id, rater, model, prompt, ratings, comment, null);
        }
    }

    /** What a rater says of two responses to one prompt. */
    public enum Choice {
        @JsonProperty("first")
        FIRST,
        @JsonProperty("second")
        SECOND,
        @JsonProperty("tie")
        TIE,
        /** Neither is of use. */
        @JsonProperty("both_bad")
        BOTH_BAD;

        /** The same said with the two in the other order. */
        public Choice swapped() {
            return switch (this) {
                case FIRST -> SECOND;
                case SECOND -> FIRST;
                case TIE, BOTH_BAD -> this;
            };
        }
    }

    /**
     * Two responses compared by one rater.
     *
     * @param first the model whose response stood first, or on the left
     * @param prompt its id
     * @param position the row's place in the rater's sheet, from 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Preference(
            String id,
            String rater,
            String prompt,
            String first,
            String second,
            Choice choice,
            @Nullable String comment,
            @Nullable Integer position) {}

    /**
     * Rows that test the raters; they count in no mean and no ranking.
     *
     * @param ratings responses that a rater rated a second time
     * @param preferences pairs that a rater compared a second time, in the other order
     * @param gold items whose right ratings are known
     */
    public record Checks(List<Row> ratings, List<Preference> preferences, List<Gold> gold) {}

    /** An item whose right ratings, by dimension, or right choice is known, and what a rater gave it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Gold(
            String id,
            String rater,
            String prompt,
            Map<String, Integer> expected,
            Map<String, Integer> ratings,
            @Nullable Choice expectedChoice,
            @Nullable Choice choice) {}

    /**
     * A row that could not be used.
     *
     * @param row as a spreadsheet counts, the header being row 1; of a JSON file the entry, from 1
     * @param id the row's, where it has one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Unusable(String file, long row, @Nullable String id, String reason) {}
}
