package org.tunebench.cli;

import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.batch.BatchPlan;
import org.tunebench.train.batch.TokenizedExamples;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Preparation;
import org.tunebench.train.step.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data mix}: the examples of a recipe in the order in which training takes them. */
@Command(
        name = "mix",
        description = "Writes the mixture of a recipe exactly as training draws it, and its realised shares.",
        mixinStandardHelpOptions = true)
final class DataMixCommand implements Callable<Integer> {
    @Mixin
    private RecipeOption recipe = new RecipeOption();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The examples, as JSON lines.")
    private Path out = Path.of("");

    @Option(names = "--epochs", paramLabel = "N", description = "So many epochs, in place of the recipe's.")
    private @Nullable Integer epochs;

    @Option(names = "--size", paramLabel = "N", description = "So many examples, over as many epochs as that takes.")
    private @Nullable Integer size;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Mixin
    private FilterInputOptions outside = new FilterInputOptions();

    @Override
    public Integer call() {
        requireLength();
        Recipe read = recipe.recipe();
        OutputFile.require("--out", out, ExampleFile.files(read.data()));
        OutputFile.require("--out", out, List.of(recipe.file()));
        Device on = device.device();
        TrainingJob job = recipe.job(read, on, out).withFilterInputs(outside.inputs(on, recipe.judgeCache(read)));
        MixedShares shares = new MixedShares(job.recipe());
        try (DrawnExamples examples = new DrawnExamples()) {
            Preparation prepared = Preparation.of(job, examples);
            AtomicFiles.write(out, temporary -> {
                try (BufferedWriter lines = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                    new Drawing(prepared, examples, shares, lines).run();
                }
            });
        }
        shares.lines().forEach(System.err::println);
        System.out.println(out);
        return Main.DONE;
    }

    private void requireLength() {
        if (epochs != null && size != null) {
            throw new InputException("--epochs and --size exclude each other", "command line", "Give one of them");
        }
        if (epochs != null) {
            Main.require(epochs >= 1, "--epochs", epochs, "at least 1");
        }
        if (size != null) {
            Main.require(size >= 1, "--size", size, "at least 1");
        }
    }

    /** Writes what is drawn, each example where its first piece is. */
    private final class Drawing {
        private final BatchPlan plan;
        private final TokenizedExamples tokenized;
        private final DrawnExamples examples;
        private final MixedShares shares;
        private final BufferedWriter lines;
        private int written;

        Drawing(Preparation prepared, DrawnExamples examples, MixedShares shares, BufferedWriter lines) {
            this.plan = prepared.plan();
            this.tokenized = prepared.tokenized().examples();
            this.examples = examples;
            this.shares = shares;
            this.lines = lines;
        }

        void run() {
            if (epochs == null && size == null) {
                for (int step = 0; step < plan.steps(); step++) {
                    write(plan.examplesOf(step));
                }
            }
            for (int epoch = 0; epochs != null && epoch < epochs; epoch++) {
                write(plan.examplesOfEpoch(epoch));
            }
            for (int epoch = 0; size != null && written < size; epoch++) {
                write(plan.examplesOfEpoch(epoch));
            }
        }

        private void write(int[] indices) {
            for (int index : indices) {
                if (size != null && written == size) {
                    return;
                }
                boolean first = index == 0 || tokenized.ordinal(index - 1) != tokenized.ordinal(index);
                shares.add(tokenized, index, first);
                if (first) {
                    examples.write(tokenized.ordinal(index), lines);
                    written++;
                }
            }
        }
    }
}
