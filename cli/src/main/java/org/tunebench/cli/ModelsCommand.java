package org.tunebench.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code models}: about model folders. */
@Command(
        name = "models",
        description = "Tells about model folders.",
        mixinStandardHelpOptions = true,
        subcommands = ModelsCommand.Inspect.class)
final class ModelsCommand {
    /** {@code models inspect}. */
    @Command(
            name = "inspect",
            description = "Says what a model folder holds; refuses what cannot be run, by name.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Callable<Integer> {
        private static final double MEBIBYTE = 1 << 20;

        @Parameters(paramLabel = "DIR", description = "Model folder, or embedded.")
        private String model = "";

        @Override
        public Integer call() {
            ModelFolder folder = Models.open(model);
            ModelConfig config = folder.config();
            Tokenizer tokenizer = Tokenizers.load(folder.tokenizerPath());
            ChatTemplate template = ChatTemplates.of(folder.tokenizerPath(), tokenizer);
            line("folder", folder.path());
            line("family", config.modelType());
            line("parameters", String.format(Locale.ROOT, "%,d", folder.parameters()));
            line(
                    "layers",
                    config.layers() + " of width " + config.hiddenSize() + ", " + config.heads() + " heads, "
                            + config.keyValueHeads() + " key-value heads");
            line("vocabulary", config.vocabularySize() + " rows, tokenizer " + tokenizer.vocabularySize() + " ids");
            line("context", config.contextLength() + " tokens");
            line("stored as", folder.tensors().values().iterator().next().type());
            line("chat template", template == null ? "none" : template.name());
            folder.adapter()
                    .ifPresent(a -> line(
                            "adapter",
                            "LoRA r " + a.config().rank() + " on "
                                    + String.join(", ", a.config().targetModules()) + ", base " + folder.basePath()));
            double weights = folder.parameters() * 4 / MEBIBYTE;
            line(
                    "memory",
                    String.format(
                            Locale.ROOT,
                            "weights %.0f MiB in fp32; full fine-tuning about %.0f MiB besides activations (weights, gradients, two moments,"
                                    + " old and new)",
                            weights,
                            weights * 8));
            return Main.DONE;
        }

        private static void line(String name, Object value) {
            System.out.printf("%-14s %s%n", name, value);
        }
    }
}
