package org.tunebench.cli.experiment;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.Range;
import org.tunebench.core.input.StrictYaml;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.rating.SheetDesign;
import org.tunebench.eval.rating.SheetFormat;
import org.tunebench.eval.suite.ProgramOptions;

/**
 * An experiment file.
 *
 * @param name for the report's title
 * @param base model folders, or {@code embedded}; a single one may stand without a list
 * @param seeds each recipe is trained with each; left out, with the recipe's own
 * @param recipes recipe files
 * @param judge who rates training data for the filters of recipes: {@code openai}, a model folder, or a JSONL file of the
 *     answers that an earlier run has kept; left out, recipes whose filters ask one are refused
 * @param suites suite name, or an own suite's YAML file → how it is run
 * @param sheets rater sheets to export; left out, none
 * @param check what is done with the check of the data before the runs; left out, the experiment is refused where something
 *     would spoil a run
 */
public record Experiment(
        String name,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> base,

        List<Long> seeds,
        List<Path> recipes,
        @Nullable String judge,
        Map<String, SuiteSettings> suites,
        @Nullable SheetSettings sheets,
        Preflight.Mode check) {

    public Experiment {
        name = name == null ? "experiment" : name;
        require(base != null && !base.isEmpty(), "base: name at least one model folder, or embedded");
        require(recipes != null && !recipes.isEmpty(), "recipes: name at least one recipe file");
        require(suites != null && !suites.isEmpty(), "suites: name at least one suite");
        base = List.copyOf(base);
        seeds = seeds == null ? List.of() : List.copyOf(seeds);
        recipes = List.copyOf(recipes);
        check = check == null ? Preflight.Mode.REFUSE : check;
        require(base.stream().distinct().count() == base.size(), "base: one stands there twice");
        require(seeds.stream().distinct().count() == seeds.size(), "seeds: one stands there twice");
        require(recipes.stream().distinct().count() == recipes.size(), "recipes: one stands there twice");
    }

    /**
     * How a suite is run; as the options of {@code eval}.
     *
     * @param data the suite's file or folder; left out, the bundled one
     * @param subjects those of a suite that has subjects; left out, all
     * @param chat whether prompts go through the chat template
     * @param fewshotAsMultiturn in chat, whether few-shot examples are turns of their own; left out, they are
     * @param systemInstruction before the suite's own description; left out, none
     * @param judge {@code reference}, {@code openai}, a model folder, or a JSONL file of judgments
     * @param pairwise the run that the judge compares every other run's answers with: {@code base}, which is a run's own
     *     base model, or a run's name; left out, answers are only rated
     * @param programs for suites that run programs which the model wrote
     */
    public record SuiteSettings(
            @Nullable Path data,
            @Nullable Integer shots,
            @Nullable Integer limit,
            List<String> subjects,
            @Nullable Boolean chat,
            @Nullable Boolean fewshotAsMultiturn,
            @Nullable String systemInstruction,
            @Nullable String judge,
            @Nullable String pairwise,
            @Nullable ProgramSettings programs) {
        /** A suite as it comes. */
        static final SuiteSettings DEFAULT =
                new SuiteSettings(null, null, null, List.of(), null, null, null, null, null, null);

        public SuiteSettings {
            subjects = subjects == null ? List.of() : List.copyOf(subjects);
            if (shots != null) {
                Range.from(0).check("shots", shots);
            }
            if (limit != null) {
                Range.from(1).check("limit", limit);
            }
        }

        /** How prompts become text. */
        PromptFormat format() {
            boolean templated = chat != null && chat;
            boolean multiturn = fewshotAsMultiturn == null ? templated : fewshotAsMultiturn;
            return new PromptFormat(templated, multiturn, systemInstruction);
        }
    }

    /**
     * How programs are drawn and run; as {@link ProgramOptions}, what is left out as its default.
     *
     * @param k of pass@k
     * @param timeout in seconds
     * @param unsafeExec whether they are run without isolation
     */
    public record ProgramSettings(
            @Nullable Integer samples,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable List<Integer> k,
            @Nullable Double timeout,
            @Nullable Boolean unsafeExec) {
        /** @throws InputException where they cannot be had together */
        public ProgramOptions options() {
            ProgramOptions usual = ProgramOptions.DEFAULT;
            return new ProgramOptions(
                    Objects.requireNonNullElse(samples, usual.samples()),
                    Objects.requireNonNullElse(temperature, usual.temperature()),
                    Objects.requireNonNullElse(topP, usual.topP()),
                    Objects.requireNonNullElse(k, usual.ks()),
                    Objects.requireNonNullElse(timeout, usual.seconds()),
                    Objects.requireNonNullElse(unsafeExec, usual.unsafeExec()));
        }
    }

    /**
     * Rater sheets; as the options of {@code sheets export}.
     *
     * @param prompts JSONL; left out, the bundled ones
     * @param raters how many sheets
     * @param doubled share of the prompts that several raters get; left out, all
     * @param ratersEach raters who get a doubled prompt; left out, all
     * @param within share of a rater's prompts that come twice
     * @param pairwise pairs to compare for each prompt
     * @param gold JSONL of items whose right ratings are known; left out, none
     * @param formats left out, csv, xlsx and html
     * @param maxNewTokens of each response
     */
    public record SheetSettings(
            @Nullable Path prompts,
            Integer raters,
            Double doubled,
            @Nullable Integer ratersEach,
            Double within,
            Integer pairwise,
            @Nullable Path gold,
            List<SheetFormat> formats,
            Integer maxNewTokens,
            Long seed) {
        public SheetSettings {
            raters = raters == null ? 3 : raters;
            doubled = doubled == null ? 1.0 : doubled;
            within = within == null ? SheetDesign.WITHIN : within;
            pairwise = pairwise == null ? 0 : pairwise;
            maxNewTokens = maxNewTokens == null ? 64 : maxNewTokens;
            seed = seed == null ? 1L : seed;
            Range.from(1).to(1000).check("raters", raters);
            Range.from(0).to(1).check("doubled", doubled);
            Range.from(0).to(1).check("within", within);
            Range.from(0).check("pairwise", pairwise);
            Range.from(1).check("max_new_tokens", maxNewTokens);
            if (ratersEach != null) {
                Range.from(1).to(raters).check("raters_each", ratersEach);
            }
            require(formats == null || !formats.isEmpty(), "formats: name at least one");
            formats = formats == null ? List.copyOf(SheetFormat.DEFAULT) : List.copyOf(formats);
        }

        /** Who sees what, in which formats. */
        public SheetDesign design() {
            return new SheetDesign(
                    raters,
                    doubled,
                    ratersEach == null ? raters : ratersEach,
                    within,
                    pairwise,
                    Set.copyOf(formats),
                    seed);
        }
    }

    /**
     * Reads an experiment file; paths in it are relative to its folder.
     *
     * @throws InputException with file and line
     */
    public static Experiment read(Path file) {
        return StrictYaml.read(file, Experiment.class);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
