package org.tunebench.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code generate}: text from a checkpoint. */
@Command(
        name = "generate",
        description =
                "Prints what a model writes after a prompt, on a terminal as it comes. With --chat and no PROMPT, each "
                        + "line of standard input is a turn of one conversation; an empty line ends it.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Model folder, or embedded.")
    private String model = "";

    @Option(names = "--chat", description = "Put prompts through the chat template as a user's turn.")
    private boolean chat;

    @Option(names = "--system", paramLabel = "TEXT", description = "System prompt; implies --chat.")
    private @Nullable String system;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "128",
            description = "At most; the model's context ends a text too (default: ${DEFAULT-VALUE}).")
    private int maxNewTokens = 128;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End before this text; may be given several times.")
    private List<String> stops = List.of();

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @ParentCommand
    private @Nullable Main main;

    @Parameters(arity = "0..*", paramLabel = "PROMPT", description = "Prompts, or - to read one from standard input.")
    private List<String> prompts = List.of();

    @Override
    public Integer call() {
        boolean asTurns = chat || system != null;
        Sampling how = checked(asTurns);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> texts = prompts.stream().map(p -> text(p, input)).toList();
        Device on = device.device();
        ModelFolder folder = Models.open(model);
        try (LanguageModel loaded = Models.load(folder, Models.label(model, folder), on)) {
            Dialogue dialogue = new Dialogue(loaded, asTurns);
            GenerationOptions options = dialogue.options(maxNewTokens, how, stops);
            List<Message> opening = system == null ? List.of() : List.of(Message.system(system));
            boolean live = System.console() != null && (main == null || !main.quiet());
            TextOutput output = new TextOutput(new PrintStream(System.out, false, StandardCharsets.UTF_8), live);
            if (texts.isEmpty()) {
                new Conversation(loaded, options, opening, output, System.err).run(input);
            } else {
                Engine engine = new Engine(loaded, Progress.NONE);
                List<int[]> tokens = texts.stream()
                        .map(text -> asTurns ? dialogue.prompt(turns(opening, text)) : text)
                        .map(engine::promptTokens)
                        .toList();
                write(loaded, tokens, options, output);
            }
        }
        return Main.DONE;
    }

    /** One prompt is written as it comes, several are generated side by side. */
    private static void write(LanguageModel loaded, List<int[]> prompts, GenerationOptions options, TextOutput output) {
        if (prompts.size() == 1) {
            output.write(loaded, prompts.get(0), options);
            return;
        }
        for (Generation generation : loaded.generate(prompts, options)) {
            output.out().println(generation.text());
        }
        output.out().flush();
    }

    /** What the command line asks for, checked before anything is loaded. */
    private Sampling checked(boolean asTurns) {
        Main.require(maxNewTokens >= 1, "--max-new-tokens", maxNewTokens, "at least 1");
        if (stops.contains("")) {
            throw new InputException("--stop is empty", "command line", "Give the text to end before");
        }
        if (prompts.isEmpty() && !asTurns) {
            throw new InputException(
                    "no PROMPT",
                    "command line of tunebench generate",
                    "Give one, - to read it from standard input, or --chat to talk; see 'tunebench generate --help'");
        }
        return sampling.sampling();
    }

    private static List<Message> turns(List<Message> opening, String text) {
        return Stream.concat(opening.stream(), Stream.of(Message.user(text))).toList();
    }

    private static String text(String given, BufferedReader input) {
        boolean piped = given.equals("-");
        String text = piped ? input.lines().collect(Collectors.joining("\n")) : given;
        if (text.isEmpty()) {
            throw new InputException(
                    "the prompt is empty", piped ? "standard input" : "command line", "Give at least one character");
        }
        return text;
    }
}
