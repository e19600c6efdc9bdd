package org.tunebench.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.eval.endpoint.Endpoint;
import org.tunebench.eval.endpoint.EndpointClient;
import org.tunebench.eval.engine.Journal;
import org.tunebench.train.selfinstruct.Completer;
import org.tunebench.train.selfinstruct.Made;
import org.tunebench.train.selfinstruct.Method;
import org.tunebench.train.selfinstruct.SeedTasks;
import org.tunebench.train.selfinstruct.SelfInstruct;
import org.tunebench.train.selfinstruct.SelfInstructSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code data self-instruct}: tasks that a model makes from seed tasks. */
@Command(
        name = "self-instruct",
        description =
                "Makes instruction data from seed tasks with a model, by Self-Instruct or Alpaca's variant of it.",
        mixinStandardHelpOptions = true)
final class DataSelfInstructCommand implements Callable<Integer> {
    private static final String ENDPOINT = "openai";

    @Parameters(
            paramLabel = "SEEDS",
            description = "Seed tasks, as Self-Instruct's seed_tasks.jsonl: {\"id\": …, \"instruction\": …, "
                    + "\"instances\": [{\"input\": …, \"output\": …}], \"is_classification\": false} a line.")
    private Path seedTasks = Path.of("");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "Model folder, embedded, or openai: the endpoint that TUNEBENCH_GENERATOR_BASE_URL, "
                    + "TUNEBENCH_GENERATOR_MODEL and TUNEBENCH_GENERATOR_API_KEY name.")
    private String model = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Tasks, lineage, summary and answers.")
    private Path out = Path.of("");

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "self_instruct",
            description = "self_instruct or alpaca (default: ${DEFAULT-VALUE}).")
    private String method = "self_instruct";

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "100",
            description = "New instructions to keep; some may get no instances (default: ${DEFAULT-VALUE}).")
    private int tasks = 100;

    @Option(
            names = "--prompt-tasks",
            paramLabel = "N",
            description = "Tasks shown in a prompt for new ones (default: 8, for alpaca 3).")
    private @Nullable Integer promptTasks;

    @Option(
            names = "--classification-only",
            description = "Show and ask for classification tasks only (self_instruct).")
    private boolean classificationOnly;

    @Option(
            names = "--chat",
            description =
                    "Put prompts as a user's turn: through the chat template, or to the endpoint's chat completions.")
    private boolean chat;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "100",
            description = "Stop after N requests in a row without a new instruction (default: ${DEFAULT-VALUE}).")
    private int patience = 100;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of what is shown and drawn (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(names = "--resume", description = "Go on with the run in the folder: nothing is asked twice.")
    private boolean resume;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        OutputFile.requireFolder("--out", out);
        SelfInstructSettings settings = settings();
        SeedTasks seeds = SeedTasks.read(seedTasks);
        seeds.requireEnough(settings);
        boolean quiet = spec != null && spec.root().userObject() instanceof Main main && main.quiet();
        try (Interruption interruption = new Interruption(Main.arguments(spec));
                Console console = new Console(quiet, interruption)) {
            Made made = model.equals(ENDPOINT)
                    ? withEndpoint(seeds, settings, console)
                    : withCheckpoint(seeds, settings, console);
            made.write(out);
            SelfInstructText.of(made.summary()).forEach(console::say);
            if (made.tasks().isEmpty()) {
                throw new IllegalStateException("the model made no task that passes the filters; " + Made.SUMMARY
                        + " in " + out + " says what was dropped");
            }
        }
        System.out.println(out.resolve(Made.TASKS));
        System.out.println(out.resolve(Made.LINEAGE));
        System.out.println(out.resolve(Made.SUMMARY));
        return Main.DONE;
    }

    private SelfInstructSettings settings() {
        List<String> known = Arrays.stream(Method.values()).map(Method::id).toList();
        KnownNames.require("method", method, known, "--method");
        SelfInstructSettings published = SelfInstructSettings.of(Method.values()[known.indexOf(method)]);
        int shown = promptTasks == null ? published.promptTasks() : promptTasks;
        Main.require(tasks >= 1, "--tasks", tasks, "at least 1");
        Main.require(shown >= 1, "--prompt-tasks", shown, "at least 1");
        Main.require(patience >= 1, "--patience", patience, "at least 1");
        return published
                .withTasks(tasks)
                .withPromptTasks(shown)
                .withClassificationOnly(classificationOnly)
                .withChat(chat)
                .withSeed(seed)
                .withPatience(patience);
    }

    private Made withEndpoint(SeedTasks seeds, SelfInstructSettings settings, Console console) {
        Endpoint endpoint = Endpoint.of(System.getenv(), EndpointCompleter.PREFIX, "--model " + ENDPOINT);
        try (EndpointClient client = EndpointClient.of(endpoint)) {
            return make(
                    endpoint.model(),
                    journal -> new EndpointCompleter(endpoint, client, chat, journal),
                    seeds,
                    settings,
                    console);
        }
    }

    private Made withCheckpoint(SeedTasks seeds, SelfInstructSettings settings, Console console) {
        ModelFolder folder = Models.open(model);
        String label = Models.label(model, folder);
        try (LanguageModel loaded = Models.load(folder, label, device.device())) {
            return make(
                    label + " " + Sha256.ofText(folder.hashes().toString()),
                    journal -> new CheckpointCompleter(loaded, chat, journal),
                    seeds,
                    settings,
                    console);
        }
    }

    private Made make(
            String identity,
            Function<Journal, Completer> completer,
            SeedTasks seeds,
            SelfInstructSettings settings,
            Console console) {
        try (SelfInstructFolder folder =
                SelfInstructFolder.open(out, SelfInstructFolder.madeFrom(identity, seeds, settings), resume)) {
            return SelfInstruct.make(seeds, settings, completer.apply(folder.journal()), console::report);
        }
    }
}
