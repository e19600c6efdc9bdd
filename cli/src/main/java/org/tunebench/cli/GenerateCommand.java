package org.tunebench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code generate}: text from a checkpoint. */
@Command(name = "generate", description = "Prints what a model writes after a prompt.", mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Model folder, or embedded.")
    private String model = "";

    @Option(names = "--chat", description = "Put the prompt through the chat template as a user's turn.")
    private boolean chat;

    @Option(names = "--system", paramLabel = "TEXT", description = "System prompt; implies --chat.")
    private @Nullable String system;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "128",
            description = "At most (default: ${DEFAULT-VALUE}).")
    private int maxNewTokens = 128;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "0 is greedy (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "In (0, 1] (default: ${DEFAULT-VALUE}).")
    private double topP = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of sampling (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Parameters(arity = "1..*", paramLabel = "PROMPT", description = "Prompts, or - to read one from standard input.")
    private List<String> prompts = List.of();

    @Override
    public Integer call() {
        GenerationOptions options = options();
        Device on = device.device();
        ModelFolder folder = Models.open(model);
        try (LanguageModel loaded = Models.load(folder, Models.label(model, folder), on)) {
            List<String> asked = prompts.stream().map(p -> prompt(p, loaded)).toList();
            new Engine(loaded, Progress.NONE)
                    .generate(asked, options)
                    .forEach(response -> System.out.println(response.text()));
        }
        return Main.DONE;
    }

    private GenerationOptions options() {
        Main.require(maxNewTokens >= 1, "--max-new-tokens", maxNewTokens, "at least 1");
        Main.require(temperature >= 0, "--temperature", temperature, "at least 0");
        Main.require(topP > 0 && topP <= 1, "--top-p", topP, "greater than 0 and at most 1");
        return new GenerationOptions(maxNewTokens, temperature, topP, seed, List.of(), List.of());
    }

    private String prompt(String given, LanguageModel loaded) {
        String text = given.equals("-") ? standardInput() : given;
        if (!chat && system == null) {
            return text;
        }
        List<Message> messages = new ArrayList<>();
        if (system != null) {
            messages.add(Message.system(system));
        }
        messages.add(Message.user(text));
        return Prompt.template(loaded).render(messages, true).text();
    }

    private static String standardInput() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return reader.lines().collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
