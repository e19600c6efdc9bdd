package org.tunebench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.FolderProblems;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Storage;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models}: about model folders. */
@Command(
        name = "models",
        description = "Tells about model folders and merges adapters.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelsCommand.Inspect.class, ModelsCommand.Merge.class})
final class ModelsCommand {
    /** {@code models inspect}. */
    @Command(
            name = "inspect",
            description =
                    "Says what a model folder holds, what memory it will need, and all that keeps it from being used.",
            mixinStandardHelpOptions = true)
    static final class Inspect implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "Model folder, or embedded.")
        private String model = "";

        @Option(
                names = "--batch",
                paramLabel = "N",
                defaultValue = "1",
                description = "Sequences at once, for the memory (default: ${DEFAULT-VALUE}).")
        private int batch = 1;

        @Option(
                names = "--length",
                paramLabel = "N",
                description =
                        "Tokens of a sequence, for the memory (default: 512, or the context where it is shorter).")
        private @Nullable Integer length;

        @Option(names = "--json", description = "Print the same as one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Main.require(batch > 0, "--batch", batch, "at least 1");
            List<InputException> problems = new ArrayList<>(FolderProblems.of(Models.folder(model), Models::folder));
            ModelFolder folder = problems.isEmpty() ? Models.open(model) : null;
            Tokenizer tokenizer = null;
            ChatTemplate template = null;
            if (folder != null) {
                try {
                    tokenizer = Tokenizers.load(folder.tokenizerPath());
                    Tokenizers.requireEmbedded(tokenizer, folder.config().vocabularySize(), folder.tokenizerPath());
                    template = ChatTemplates.of(folder.tokenizerPath(), tokenizer);
                } catch (InputException e) {
                    problems.add(e);
                }
            }
            if (folder == null || tokenizer == null || !problems.isEmpty()) {
                return refuse(problems);
            }
            int context = folder.config().contextLength();
            int tokens = length == null ? Math.min(512, context) : length;
            Main.require(tokens > 0 && tokens <= context, "--length", tokens, "from 1 to the context, " + context);
            print(ModelFacts.of(folder, tokenizer, template, batch, tokens));
            return Main.DONE;
        }

        private void print(List<ModelFacts.Fact> facts) {
            if (json) {
                Map<String, Object> values = new LinkedHashMap<>();
                facts.forEach(f -> values.put(f.name().replace(' ', '_'), f.value()));
                System.out.println(Json.text(values, true));
            } else {
                facts.forEach(f -> System.out.printf("%-14s %s%n", f.name(), f.text()));
            }
        }

        private int refuse(List<InputException> problems) {
            if (json) {
                List<Map<String, String>> values = problems.stream()
                        .map(p -> Map.of("what", p.what(), "where", p.where(), "to_mend", p.mend()))
                        .toList();
                System.out.println(Json.text(Map.of("folder", model, "problems", values), true));
            } else if (spec != null) {
                CommandLine command = spec.commandLine();
                problems.forEach(p -> Main.print(p, command));
            }
            return Main.WRONG_INPUT;
        }
    }

    /** {@code models merge}. */
    @Command(
            name = "merge",
            description = "Writes an adapter and its base as one whole model folder.",
            mixinStandardHelpOptions = true)
    static final class Merge implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "Adapter folder.")
        private String adapter = "";

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "The model folder to make.")
        private Path out = Path.of("");

        @Option(
                names = "--dtype",
                paramLabel = "TYPE",
                defaultValue = "float32",
                description = "float32, or bfloat16 at half the size (default: ${DEFAULT-VALUE}).")
        private String dtype = "float32";

        @Override
        public Integer call() {
            Storage storage = Storage.of(dtype, "--dtype");
            ModelFolder folder = Models.open(adapter);
            if (folder.adapter().isEmpty()) {
                throw new InputException(
                        "holds a whole model, not an adapter",
                        "model folder " + adapter,
                        "Give a folder with adapter_config.json");
            }
            CheckpointFolder.writeWhole(out, folder, storage);
            System.out.println(out);
            return Main.DONE;
        }
    }
}
