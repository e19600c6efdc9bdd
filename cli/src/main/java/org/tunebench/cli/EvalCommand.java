package org.tunebench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.experiment.ScoredResponses;
import org.tunebench.cli.experiment.Scoring;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.eval.engine.PromptFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code eval}: one checkpoint on suites. */
@Command(
        name = "eval",
        description = "Scores a model, or answers made elsewhere, on suites, into a run folder.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Option(names = "--model", paramLabel = "DIR", description = "Model folder, or embedded.")
    private @Nullable String model;

    @Option(
            names = "--responses",
            paramLabel = "FILE",
            description = "In a model's place: answers made elsewhere, {\"id\": …, \"response\": …} a line.")
    private @Nullable Path responses;

    @Option(
            names = "--suites",
            paramLabel = "SUITE",
            required = true,
            split = ",",
            description = "Suite names, or own suites' YAML files.")
    private List<String> suites = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The run folder.")
    private Path out = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "The suite's data in its original format; default: the bundled data.")
    private @Nullable Path data;

    @Option(names = "--shots", paramLabel = "N", description = "Few-shot examples before each item.")
    private @Nullable Integer shots;

    @Option(names = "--limit", paramLabel = "N", description = "Items taken from the start (of each subject).")
    private @Nullable Integer limit;

    @Option(
            names = "--subjects",
            paramLabel = "SUBJECT",
            split = ",",
            description = "Subjects of MMLU, e.g. anatomy; default: all there are.")
    private List<String> subjects = List.of();

    @Option(
            names = {"--chat", "--chat-template"},
            description = "Put prompts through the model's chat template.")
    private boolean chat;

    @Option(
            names = "--fewshot-as-multiturn",
            paramLabel = "BOOL",
            arity = "0..1",
            fallbackValue = "true",
            description = "Few-shot examples as turns of their own; default: true with --chat-template.")
    private @Nullable Boolean fewshotAsMultiturn;

    @Option(
            names = "--system-instruction",
            paramLabel = "TEXT",
            description = "Stands before the suite's own description; with --chat-template in the system message.")
    private @Nullable String systemInstruction;

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            description = "For judged suites: reference, openai, a model folder, or a JSONL file of judgments.")
    private @Nullable String judge;

    @Option(
            names = "--against",
            paramLabel = "RUN_DIR",
            description = "Have the judge compare the answers with those of this run, pair by pair.")
    private @Nullable Path against;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of sampled answers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private ProgramsOption programs = new ProgramsOption();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(names = "--resume", description = "Go on with the run in the folder: suites it holds are not asked again.")
    private boolean resume;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Device on = device.device();
        boolean multiturn = fewshotAsMultiturn == null ? chat : fewshotAsMultiturn;
        PromptFormat format = new PromptFormat(chat, multiturn, systemInstruction);
        List<SuiteChoice> choices = suites.stream()
                .map(name ->
                        new SuiteChoice(name, data, shots, limit, subjects, format, seed, judge, programs.options()))
                .toList();
        if (responses != null) {
            refuseWhatNeedsAModel();
            return scoreResponses(responses, choices, on);
        }
        if (model == null) {
            throw new InputException(
                    "neither --model nor --responses is given", "tunebench eval", "Name a model folder to score");
        }
        ModelFolder folder = Models.open(model);
        try (Interruption interruption = new Interruption(Main.arguments(spec));
                Console console = new Console(main != null && main.quiet(), interruption)) {
            Scoring scoring = new Scoring(choices, on, console);
            RunFolder opponent = against == null ? null : scoring.opponent(against);
            scoring.score(folder, Models.label(model, folder), Models.source(model), out, existing());
            if (opponent != null) {
                scoring.compare(RunFolder.open(out), opponent, resume);
            }
        }
        return done();
    }

    private Integer scoreResponses(Path file, List<SuiteChoice> choices, Device on) {
        try (Interruption interruption = new Interruption(Main.arguments(spec));
                Console console = new Console(main != null && main.quiet(), interruption)) {
            RunFolder opponent = against == null ? null : new Scoring(choices, on, console).opponent(against);
            ScoredResponses.score(file, choices, on, out, console, resume);
            if (opponent != null) {
                new Scoring(choices, on, console).compare(RunFolder.open(out), opponent, resume);
            }
        }
        return done();
    }

    private void refuseWhatNeedsAModel() {
        String option = model != null ? "--model" : chat ? "--chat" : "";
        if (!option.isEmpty()) {
            throw new InputException(
                    option + " together with --responses, which are scored as they are",
                    "tunebench eval",
                    "Leave one of the two out");
        }
    }

    private Integer done() {
        RunFolder.open(out).readResults().ifPresent(results -> System.out.print(ResultsTable.of(results)));
        System.out.println(out.resolve("results.json"));
        return Main.DONE;
    }

    private Scoring.Existing existing() {
        if (resume) {
            return Scoring.Existing.KEPT;
        }
        return Files.isDirectory(out.resolve("train")) ? Scoring.Existing.REPLACED : Scoring.Existing.REFUSED;
    }
}
