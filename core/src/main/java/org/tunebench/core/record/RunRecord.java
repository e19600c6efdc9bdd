package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of run.json: what a run was made from, on what, when, and how it ended. A run that only scores a base model
 * has no recipe and no training totals.
 *
 * @param schema {@link #SCHEMA}
 * @param name unique within an experiment, e.g. {@code masked-seed1}
 * @param template the chat template trained or prompted with, where there is one
 * @param data training data, in the recipe's order
 * @param seeds by the recipe's key for them
 * @param end absent while running
 * @param failure one sentence, for a run that failed
 * @param totals of the training, once it is done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRecord(
        int schema,
        String name,
        Status status,
        @Nullable Recipe recipe,
        BaseModel base,
        @Nullable Template template,
        List<DataFile> data,
        Map<String, Long> seeds,
        RunEnvironment environment,
        Instant start,
        @Nullable Instant end,
        @Nullable String failure,
        @Nullable TrainingTotals totals) {

    /** The schema this code writes and reads. */
    public static final int SCHEMA = 1;

    public RunRecord {
        require(name, "name");
        require(status, "status");
        require(base, "base");
        require(environment, "environment");
        require(start, "start");
        data = data == null ? List.of() : List.copyOf(data);
        seeds = seeds == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(seeds));
    }

    /** A run that has begun. */
    public static RunRecord running(String name, Inputs inputs, RunEnvironment environment, Instant start) {
        return new RunRecord(
                SCHEMA,
                name,
                Status.RUNNING,
                inputs.recipe(),
                inputs.base(),
                inputs.template(),
                inputs.data(),
                inputs.seeds(),
                environment,
                start,
                null,
                null,
                null);
    }

    /**
     * The same run, finished.
     *
     * @param finished absent for a run that trained nothing
     */
    public RunRecord done(@Nullable TrainingTotals finished, Instant at) {
        return ended(Status.DONE, finished, null, at);
    }

    /** The same run, stopped by a failure. */
    public RunRecord failed(String why, Instant at) {
        return ended(Status.FAILED, totals, why, at);
    }

    /** The same run, stopped from outside; it can be gone on with. */
    public RunRecord interrupted(Instant at) {
        return ended(Status.INTERRUPTED, totals, null, at);
    }

    /** The same run, going on after an interruption. */
    public RunRecord resumed() {
        return ended(Status.RUNNING, null, null, null);
    }

    private RunRecord ended(Status how, @Nullable TrainingTotals sums, @Nullable String why, @Nullable Instant at) {
        return new RunRecord(schema, name, how, recipe, base, template, data, seeds, environment, start, at, why, sums);
    }

    private static void require(@Nullable Object value, String key) {
        if (value == null) {
            throw new IllegalArgumentException("no '" + key + "'");
        }
    }

    /** How far a run is. */
    public enum Status {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    /** What a run is made from. */
    public record Inputs(
            @Nullable Recipe recipe,
            BaseModel base,
            @Nullable Template template,
            List<DataFile> data,
            Map<String, Long> seeds) {}

    /**
     * @param name shared by the runs of one recipe with different seeds
     * @param sha256 of recipe.yaml as resolved
     */
    public record Recipe(String name, String sha256) {}

    /**
     * The model a run starts from, or scores.
     *
     * @param weightsSha256 of the weight file; of {@link Sha256#ofFiles} where there are several
     * @param parameters number of weights
     */
    public record BaseModel(
            String name,
            String path,
            String configSha256,
            String weightsSha256,
            String tokenizerSha256,
            long parameters) {
        /** One that is not here: the file of its answers stands for it, with its digest, and no weights are counted. */
        public static BaseModel elsewhere(String name, String answers, String sha256) {
            return new BaseModel(name, answers, sha256, sha256, sha256, 0);
        }
    }

    /** @param sha256 of the template's Jinja source, UTF-8 */
    public record Template(String name, String sha256) {}

    /**
     * A file of training data and what became of its records.
     *
     * @param used records that were trained on
     * @param format by its name in recipes, where it was detected too
     * @param dropped reason → records dropped for it
     * @param truncated records that were trained on without their oldest turns
     * @param split records of which several examples were made because they are long
     * @param categories category → records trained on, where records have one
     */
    public record DataFile(
            String path,
            String format,
            String sha256,
            long used,
            Map<String, Long> dropped,
            long truncated,
            long split,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> categories) {
        public DataFile {
            dropped = dropped == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(dropped));
            categories = categories == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(categories));
        }

        /** A file of which nothing was truncated or split. */
        public DataFile(String path, String format, String sha256, long used, Map<String, Long> dropped) {
            this(path, format, sha256, used, dropped, 0, 0, Map.of());
        }
    }

    /**
     * What the training cost and where it ended.
     *
     * @param steps optimizer steps
     * @param supervisedTokens targets that counted in the loss
     * @param realTokens tokens of examples
     * @param paddedTokens positions computed, padding included
     * @param finalLoss of the last step, in nats a supervised token
     * @param seconds wall time
     * @param bestStep the step whose weights the checkpoint holds, where held-out losses have chosen it; absent where it
     *     is the last one
     * @param energyJoules what the processor and the card took meanwhile, the whole machine's; absent where it cannot be
     *     read
     */
    public record TrainingTotals(
            int steps,
            long supervisedTokens,
            long realTokens,
            long paddedTokens,
            double finalLoss,
            double seconds,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer bestStep,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double energyJoules) {
        /** Totals without the energy. */
        public TrainingTotals(
                int steps,
                long supervisedTokens,
                long realTokens,
                long paddedTokens,
                double finalLoss,
                double seconds,
                @Nullable Integer bestStep) {
            this(steps, supervisedTokens, realTokens, paddedTokens, finalLoss, seconds, bestStep, null);
        }

        /** Totals of a run whose checkpoint holds the last weights. */
        public TrainingTotals(
                int steps,
                long supervisedTokens,
                long realTokens,
                long paddedTokens,
                double finalLoss,
                double seconds) {
            this(steps, supervisedTokens, realTokens, paddedTokens, finalLoss, seconds, null);
        }
    }
}
