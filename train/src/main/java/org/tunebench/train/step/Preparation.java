package org.tunebench.train.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.MemoryEstimate;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.ModelRecords;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.batch.BatchPlan;
import org.tunebench.train.batch.Inspection;
import org.tunebench.train.batch.Tokenization;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.batch.TokenizedExamples;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.ExampleSink;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.filter.FilterCount;
import org.tunebench.train.data.filter.FilterCounts;
import org.tunebench.train.recipe.Recipe;

/**
 * Everything a run reads before its first step: what {@code --dry-run} shows.
 *
 * @param filtered what each filter dropped
 * @param heldOut the examples to evaluate on during training; null where the recipe asks for no evaluation
 */
public record Preparation(
        Tokenizer tokenizer,
        ChatTemplate template,
        List<SourceCounts> counts,
        List<FilterCount> filtered,
        TokenizedDataset tokenized,
        BatchPlan plan,
        @Nullable HeldOutExamples heldOut) {

    private static final String HELD_OUT = "held_out";
    private static final String TASK_LIMIT = "task_limit";

    /**
     * Reads the data and lays out the batches. Writes nothing.
     *
     * @throws InputException for data, template or model that cannot be used
     */
    public static Preparation of(TrainingJob job) {
        return of(job, Inspection.NONE);
    }

    /** The same. @param inspection sees all that is read */
    public static Preparation of(TrainingJob job, Inspection inspection) {
        Recipe recipe = job.recipe();
        int context = job.base().config().contextLength();
        if (recipe.maxLength() > context) {
            throw new InputException(
                    "max_length " + recipe.maxLength() + " is beyond the base model's context of " + context,
                    "recipe " + recipe.name() + ", max_length",
                    "Lower max_length to at most " + context);
        }
        RecipeSettings.computation(job);
        RecipeSettings.method(recipe, job.base());
        RunnerChoice.of(job);
        Tokenizer tokenizer =
                Tokenizers.load(job.base().tokenizerPath(), job.base().config().vocabularySize());
        ChatTemplate template = template(recipe, job.base(), tokenizer);
        inspection.begin(template, tokenizer);
        try (Tokenization tokenization = new Tokenization(recipe, template, tokenizer, inspection)) {
            FilterCounts filtered = new FilterCounts(recipe.filters());
            List<SourceCounts> counts = Dataset.stream(
                    recipe.dataMixture(),
                    job.filterInputs().withTokenizer(tokenizer),
                    new CountingSink(tokenization::add, filtered));
            TokenizedDataset all = tokenization.finish();
            inspection.end(counts, all);
            HeldOutExamples heldOut = HeldOutExamples.of(recipe, counts, all, template, tokenizer);
            TokenizedDataset tokenized = (heldOut == null ? all : heldOut.training()).requireSome(recipe);
            BatchPlan plan = BatchPlan.of(recipe, tokenized.examples());
            return new Preparation(tokenizer, template, counts, filtered.counts(), tokenized, plan, heldOut);
        }
    }

    private static ChatTemplate template(Recipe recipe, ModelFolder base, Tokenizer tokenizer) {
        Recipe.Template wanted = recipe.template();
        if (wanted != null && wanted != Recipe.Template.MODEL) {
            return ChatTemplates.named(wanted.name().toLowerCase(java.util.Locale.ROOT), tokenizer);
        }
        ChatTemplate own = ChatTemplates.of(base.tokenizerPath(), tokenizer);
        if (own != null) {
            return own;
        }
        if (wanted == Recipe.Template.MODEL) {
            throw new InputException(
                    "template: model, but the base model's folder has no chat template",
                    "recipe " + recipe.name() + ", template",
                    "Name a built-in template: paper, chatml or alpaca");
        }
        return ChatTemplates.named("paper", tokenizer);
    }

    /** A line for each source, then one for the tokens. */
    public String summary() {
        return counts.stream().map(SourceCounts::toString).collect(Collectors.joining("\n")) + "\n"
                + tokenized
                + (heldOut == null ? "" : "\nheld out: " + heldOut.tokenized());
    }

    /** Main memory that the run is estimated to need on a CPU, at its peak. */
    public MemoryEstimate memory(TrainingJob job) {
        return TrainingMemory.estimate(job, this);
    }

    /** What run.json says about where the run comes from. */
    RunRecord.Inputs inputs(TrainingJob job) {
        List<RunRecord.DataFile> files = new ArrayList<>();
        List<DataSource> sources = job.recipe().data();
        TokenizedExamples examples = tokenized.examples();
        BitSet leftOut = plan.beyondTaskLimit();
        for (int i = 0; i < sources.size(); i++) {
            DataSource source = sources.get(i);
            SourceCounts read = counts.get(i);
            Map<String, Long> dropped = new LinkedHashMap<>();
            read.dropped().forEach((reason, n) -> dropped.put(reason, (long) n));
            Map<String, Integer> unfit = tokenized.dropped(i);
            unfit.forEach((reason, n) -> dropped.merge(reason, (long) n, Long::sum));
            if (read.bad() > 0) {
                dropped.put(SourceCounts.BAD_RECORD, (long) read.bad());
            }
            int held = heldOut == null ? 0 : heldOut.bySource().getOrDefault(i, 0);
            if (held > 0) {
                dropped.put(HELD_OUT, (long) held);
            }
            Map<String, Long> beyond = count(i, example -> leftOut.get(example) ? TASK_LIMIT : null);
            dropped.putAll(beyond);
            long used = read.kept()
                    - held
                    - beyond.getOrDefault(TASK_LIMIT, 0L)
                    - unfit.values().stream().mapToLong(n -> n).sum();
            files.add(new RunRecord.DataFile(
                    source.path().toString(),
                    read.format(),
                    Sha256.of(source.path()),
                    used,
                    dropped,
                    tokenized.truncated(i),
                    tokenized.split(i),
                    count(
                            i,
                            example -> leftOut.get(example)
                                    ? null
                                    : examples.origin(example).category())));
        }
        if (heldOut != null) {
            for (int i = 0; i < heldOut.files().size(); i++) {
                SourceCounts read = heldOut.filesRead().get(i);
                Path path = heldOut.files().get(i).path();
                Map<String, Long> held = Map.of(HELD_OUT, (long) read.kept());
                files.add(new RunRecord.DataFile(path.toString(), read.format(), Sha256.of(path), 0, held));
            }
        }
        return new RunRecord.Inputs(
                new RunRecord.Recipe(
                        job.recipe().name(), Sha256.ofText(job.recipe().toYaml())),
                ModelRecords.of(job.base(), job.baseName()),
                new RunRecord.Template(template.name(), Sha256.ofText(template.source())),
                files,
                Map.of("seed", job.recipe().seed()));
    }

    /**
     * Examples of a source, those that were split once, by name.
     *
     * @param name absent for examples that are not counted
     */
    private Map<String, Long> count(int source, IntFunction<@Nullable String> name) {
        Map<String, Long> counts = new TreeMap<>();
        TokenizedExamples examples = tokenized.examples();
        String before = "";
        for (int i = 0; i < examples.size(); i++) {
            if (examples.source(i) == source) {
                String id = examples.origin(i).id();
                String of = name.apply(i);
                if (of != null && !id.equals(before)) {
                    counts.merge(of, 1L, Long::sum);
                }
                before = of == null ? before : id;
            }
        }
        return counts;
    }

    /** Passes examples on to be tokenized and counts what filters drop. */
    private record CountingSink(ExampleSink kept, FilterCounts filtered) implements ExampleSink {
        @Override
        public void kept(Example example) {
            kept.kept(example);
        }

        @Override
        public void dropped(Example example, String reason, String objection) {
            filtered.dropped(example, reason, objection);
        }
    }
}
