package org.tunebench.train.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
import org.tunebench.core.input.StrictYaml;
import org.tunebench.core.text.Role;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.filter.ExampleFilter;
import org.tunebench.train.data.filter.FilterList;

/**
 * What one fine-tuning run does: which data, shown how, learned how. Unless the recipe says otherwise the settings are
 * those of the concept paper (3 epochs, 8 sequences a step, AdamW at 2e-5, gradients clipped to norm 1).
 *
 * @param name what reports and folders call the recipe; default: its file name without the ending
 * @param base the model folder to start from, or {@code embedded}; null where the caller says it
 * @param lora the adapters, exactly where {@code method} is {@code lora}
 * @param trainable which tensors full fine-tuning trains, by patterns of their names; empty: all
 * @param template null: the model folder's own where it has one, else the paper's
 * @param badRecords the part of a data entry's records that may be unusable
 * @param mixture how often an epoch takes what
 * @param supervise the roles whose turns are supervised
 * @param maxLength positions of a training sequence, in tokens
 * @param overlong what becomes of conversations that are longer
 * @param packing whether several examples share a row; they never see each other
 * @param batchSize rows of one optimizer step (examples, or with packing rows of {@code maxLength} positions); null where
 *     {@code batchTokens} says it
 * @param batchTokens positions of one optimizer step, padding included: at most so many
 * @param microBatchSize rows computed at once at most; gradients are accumulated over the rest
 * @param epochs passes over the data; null where {@code steps} says it
 * @param steps optimizer steps
 * @param evaluation held-out loss during training and early stopping; null: none
 * @param gradientCheckpointing whether each layer's activations are computed again for the backward pass, not kept
 * @param deterministic whether sums have a fixed order on CUDA too; on the CPU they always have
 * @param published for which base model and batch the learning rate was published; null where it holds as it is
 * @param seed orders the data, draws templates and limits, initialises adapters
 */
public record Recipe(
        String name,
        @Nullable String base,
        Method method,
        @Nullable LoraSettings lora,
        List<String> trainable,
        List<DataSource> data,
        List<ExampleFilter> filters,
        Double badRecords,
        MixtureSettings mixture,
        @Nullable Template template,
        Mask mask,
        Set<Role> supervise,
        Loss loss,
        Integer maxLength,
        Overlong overlong,
        Boolean packing,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        @Nullable Integer batchSize,
        @Nullable Integer batchTokens,
        Integer microBatchSize,
        @Nullable Integer epochs,
        @Nullable Integer steps,
        @Nullable EvaluationSettings evaluation,
        Precision precision,
        Boolean gradientCheckpointing,
        Boolean deterministic,
        @Nullable PublishedSettings published,
        Long seed) {

    /** The value of {@link #base()} that names the bundled base model. */
    public static final String EMBEDDED = "embedded";

    /** Which weights are trained. */
    public enum Method {
        FULL,
        LORA
    }

    /** The chat template: one of the built-in ones, or the model folder's. */
    public enum Template {
        PAPER,
        CHATML,
        ALPACA,
        VICUNA,
        DOLLY,
        MODEL
    }

    /** Which tokens of a conversation the loss counts. Raw text is always counted whole. */
    public enum Mask {
        /** Every supervised turn, with its end-of-turn token. */
        RESPONSE,
        /** Every token. */
        ALL,
        /** The last supervised turn, with its end-of-turn token. */
        LAST_TURN
    }

    /** What becomes of a conversation of more than {@code max_length} tokens. */
    public enum Overlong {
        /** Its oldest turns are left out, the system prompt stays; what then does not fit is dropped. */
        TRUNCATE,
        DROP,
        /** Every answer becomes an example, behind as many of the turns before it as fit; only it is supervised. */
        SPLIT,
        /** Nothing is trained. */
        REFUSE
    }

    /** How the supervised tokens of an optimizer step make its loss; accumulation changes neither. */
    public enum Loss {
        /** The mean over all its supervised tokens: a long response counts more than a short one. */
        TOKEN_MEAN,
        /** The mean over its sequences of each one's mean over supervised tokens: every response counts the same. */
        SEQUENCE_MEAN
    }

    /** The number format that the run computes in. */
    public enum Precision {
        FP32,
        /** Weights and activations in bfloat16, on CUDA; the training state, the loss and long sums stay in float. */
        BF16
    }

    public Recipe {
        name = name == null ? "" : name;
        if (name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ')) {
            throw new IllegalArgumentException("name '" + name + "' holds a slash or a control character");
        }
        method = method == null ? Method.FULL : method;
        if (method == Method.FULL && lora != null) {
            throw new IllegalArgumentException(
                    "lora is given, but method is full: write method: lora, or leave lora away");
        }
        lora = method == Method.LORA && lora == null ? LoraSettings.DEFAULT : lora;
        trainable = trainable == null ? List.of() : List.copyOf(trainable);
        if (method == Method.LORA && !trainable.isEmpty()) {
            throw new IllegalArgumentException(
                    "trainable is given, but method is lora: name the modules in lora.targets, or leave trainable away");
        }
        if (data == null || data.isEmpty()) {
            throw new IllegalArgumentException("data is missing: a recipe needs at least one file");
        }
        data = List.copyOf(data);
        if (data.stream().mapToDouble(d -> d.share() == null ? 0 : d.share()).sum() >= 1
                || data.stream().allMatch(d -> d.share() != null)) {
            throw new IllegalArgumentException(
                    "data: the shares must add up to less than 1, and one entry at least must have none");
        }
        filters = filters == null ? List.of() : List.copyOf(filters);
        badRecords =
                Range.from(0).to(1).check("bad_records", badRecords == null ? DataMixture.BAD_RECORDS : badRecords);
        mixture = mixture == null ? MixtureSettings.DEFAULT : mixture;
        mask = mask == null ? Mask.RESPONSE : mask;
        supervise = supervise == null ? Set.of(Role.ASSISTANT) : new TreeSet<>(supervise);
        if (supervise.isEmpty()) {
            throw new IllegalArgumentException("supervise is an empty list: no turn would be trained on");
        }
        overlong = overlong == null ? Overlong.TRUNCATE : overlong;
        loss = loss == null ? Loss.TOKEN_MEAN : loss;
        maxLength = Range.from(2).to(1_048_576).check("max_length", maxLength == null ? 512 : maxLength);
        packing = packing != null && packing;
        optimizer = (optimizer == null ? OptimizerSettings.adamW() : optimizer)
                .withDefaultLearningRate(method == Method.LORA ? 2e-4 : 2e-5);
        schedule = schedule == null ? ScheduleSettings.DEFAULT : schedule;
        if (batchSize != null && batchTokens != null) {
            throw new IllegalArgumentException("batch_size and batch_tokens exclude each other");
        }
        if (batchTokens != null) {
            Range.from(maxLength).check("batch_tokens", batchTokens);
        } else {
            batchSize = Range.from(1).to(65536).check("batch_size", batchSize == null ? 8 : batchSize);
        }
        microBatchSize = Range.from(1).to(65536).check("micro_batch_size", microBatchSize == null ? 8 : microBatchSize);
        if (epochs != null && steps != null) {
            throw new IllegalArgumentException("epochs and steps exclude each other");
        }
        if (steps != null) {
            Range.from(1).to(100_000_000).check("steps", steps);
        } else {
            epochs = Range.from(1).to(10_000).check("epochs", epochs == null ? 3 : epochs);
        }
        precision = precision == null ? Precision.FP32 : precision;
        gradientCheckpointing = gradientCheckpointing != null && gradientCheckpointing;
        deterministic = deterministic != null && deterministic;
        seed = seed == null ? 1L : seed;
    }

    /**
     * Reads a recipe file.
     *
     * @throws org.tunebench.core.input.InputException with file and line for unknown keys, values out of range and
     *     malformed YAML
     */
    public static Recipe read(Path yaml) {
        return located(StrictYaml.read(yaml, Recipe.class, document -> complete(document, yaml)), yaml);
    }

    /** Reads a recipe from text, as if it stood in {@code file}. */
    public static Recipe parse(String yaml, Path file) {
        return located(StrictYaml.parse(yaml, file, Recipe.class, document -> complete(document, file)), file);
    }

    private static void complete(ObjectNode document, Path file) {
        PublishedRecipes.complete(document, file);
        FilterList.nameFilters(document);
    }

    /** A {@linkplain PublishedRecipes published recipe} on some files. */
    public static Recipe published(String name, List<Path> data) {
        return parse(PublishedRecipes.onFiles(name, data), Path.of(name + ".yaml"));
    }

    /** The recipe with every default written out and every path absolute. */
    public String toYaml() {
        return StrictYaml.write(this);
    }

    /** Where the examples come from. */
    public DataMixture dataMixture() {
        String heading = template == Template.ALPACA ? "### Input:" : template == Template.DOLLY ? "Input:" : "";
        return new DataMixture(data, filters, heading, badRecords, seed);
    }

    /**
     * The recipe for a base model: a published learning rate is scaled to it and to the recipe's batch, and a published
     * length cut to its context ({@link PublishedSettings#factor}). A recipe that is not published stays as it is.
     *
     * @param parameters of the base model
     * @param context of the base model, in tokens
     */
    public Recipe fittedTo(long parameters, int context) {
        if (published == null) {
            return this;
        }
        OptimizerSettings scaled = optimizer.scaled(published.factor(parameters, this));
        return with(name, base, template, seed, data, Math.min(maxLength, context), scaled, null);
    }

    public Recipe withName(String name) {
        return with(name, base, template, seed);
    }

    public Recipe withBase(String base) {
        return with(name, base, template, seed);
    }

    public Recipe withTemplate(Template template) {
        return with(name, base, template, seed);
    }

    public Recipe withSeed(long seed) {
        return with(name, base, template, seed);
    }

    /** On other data. */
    public Recipe withData(List<DataSource> others) {
        return with(name, base, template, seed, others, maxLength, optimizer, published);
    }

    private Recipe with(String newName, @Nullable String newBase, @Nullable Template newTemplate, long newSeed) {
        return with(newName, newBase, newTemplate, newSeed, data, maxLength, optimizer, published);
    }

    private Recipe with(
            String newName,
            @Nullable String newBase,
            @Nullable Template newTemplate,
            long newSeed,
            List<DataSource> newData,
            int newMaxLength,
            OptimizerSettings newOptimizer,
            @Nullable PublishedSettings newPublished) {
        return new Recipe(
                newName,
                newBase,
                method,
                lora,
                trainable,
                newData,
                filters,
                badRecords,
                mixture,
                newTemplate,
                mask,
                supervise,
                loss,
                newMaxLength,
                overlong,
                packing,
                newOptimizer,
                schedule,
                batchSize,
                batchTokens,
                microBatchSize,
                epochs,
                steps,
                evaluation,
                precision,
                gradientCheckpointing,
                deterministic,
                newPublished,
                newSeed);
    }

    /** Names a recipe after its file and finds its base beside it. */
    private static Recipe located(Recipe recipe, Path file) {
        String fileName = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        String base = recipe.base;
        if (base != null && !base.equals(EMBEDDED)) {
            base = file.toAbsolutePath().resolveSibling(base).normalize().toString();
        }
        String name = recipe.name.isEmpty() ? fileName : recipe.name;
        return recipe.with(name, base, recipe.template, recipe.seed);
    }
}
