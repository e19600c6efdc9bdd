package org.tunebench.cli.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.cli.Console;
import org.tunebench.cli.Main;
import org.tunebench.cli.Models;
import org.tunebench.cli.SuiteChoice;
import org.tunebench.cli.experiment.Experiment.SheetSettings;
import org.tunebench.cli.experiment.Experiment.SuiteSettings;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.YamlChanges;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.FolderLock;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.eval.rating.GoldItem;
import org.tunebench.eval.rating.RaterPrompt;
import org.tunebench.eval.rating.SheetExport;
import org.tunebench.eval.suite.ProgramOptions;
import org.tunebench.reports.html.Report;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.train.data.filter.CachedRater;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.filter.SuiteOverlap;
import org.tunebench.train.data.filter.SuiteTexts;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Runner;
import org.tunebench.train.step.Trainer;
import org.tunebench.train.step.TrainingInterrupted;
import org.tunebench.train.step.TrainingJob;

/**
 * Runs an experiment: every base scored, every recipe trained with every seed and scored, one report, the rater sheets.
 * Everything is read and checked before anything is written.
 */
public final class ExperimentRunner {
    private static final String MARKER = "experiment.yaml";

    private final Experiment experiment;
    private final Path file;
    private final Path out;
    private final Options options;
    private final Console console;
    /** Loaded when they are asked for. */
    private @Nullable List<SuiteTexts> suiteTexts;

    /** By run: what has been read and is not trained yet. Where memory is short it is given up, and read again. */
    private final Map<String, SoftReference<Trainer>> checked = new ConcurrentHashMap<>();
    /** Who rates training data, while the experiment runs; absent where no recipe asks for that. */
    private @Nullable CachedRater rater;

    /**
     * How an experiment is run.
     *
     * @param resume whether the experiment in the output folder is gone on with
     * @param jobs recipes trained and scored at the same time, 1 to 64
     * @param memoryCheck whether runs are refused that main memory is too small for
     * @param check what is done with the check of the data, over what the experiment says; null where it has the say
     */
    public record Options(
            boolean resume, Device device, int jobs, boolean memoryCheck, Preflight.@Nullable Mode check) {
        public Options {
            if (jobs < 1 || jobs > 64) {
                throw new InputException(jobs + " jobs", "--jobs", "Give a number from 1 to 64");
            }
        }
    }

    /** @param file the experiment's own file: bases and own suites are relative to it */
    public ExperimentRunner(Path file, Path out, Options options, Console console) {
        this.experiment = Experiment.read(file);
        this.file = file;
        this.out = out;
        this.options = options;
        this.console = console;
    }

    /** What came of it. @param failures one line for each run that failed */
    public record Outcome(Leaderboard leaderboard, Path report, List<String> failures) {}

    private record Base(String source, String label, ModelFolder folder) {}

    private record Run(Base base, Recipe recipe, String name, Path folder) {}

    /**
     * Runs what has not been run yet.
     *
     * @throws InputException before anything is written, where an input cannot be used
     */
    public Outcome run() {
        List<Base> bases = experiment.base().stream().map(this::base).toList();
        List<Run> runs = plan(bases);
        Scoring scoring = new Scoring(choices(), options.device(), console);
        Pairings pairings = new Pairings(experiment, scoring, names(bases, runs), file);
        requireFree();
        List<Recipe> recipes = runs.stream().map(Run::recipe).toList();
        try (CachedRater opened = RecipeJudge.open(experiment, recipes, file, options.device())) {
            rater = opened;
            return run(bases, runs, scoring, pairings);
        }
    }

    private Outcome run(List<Base> bases, List<Run> runs, Scoring scoring, Pairings pairings) {
        Preflight preflight = preflight();
        for (Run run : runs) {
            Trainer read = preflight.read(job(run));
            if (read != null) {
                checked.put(run.name(), new SoftReference<>(read));
            }
        }
        if (experiment.sheets() != null) {
            RaterPrompt.read(prompts(experiment.sheets()));
            export(experiment.sheets());
        }
        try (FolderLock lock = FolderLock.of(out)) {
            preflight.conclude();
            AtomicFiles.write(out.resolve(MARKER), read(file));
            return trainAndScore(bases, runs, scoring, pairings);
        }
    }

    private Outcome trainAndScore(List<Base> bases, List<Run> runs, Scoring scoring, Pairings pairings) {
        List<Path> done = new ArrayList<>();
        for (Base base : bases) {
            console.say("Scoring the base model " + base.label());
            Path folder = out.resolve("runs").resolve(name(base, bases));
            scoring.score(
                    base.folder(),
                    base.label(),
                    base.source(),
                    folder,
                    options.resume() ? Scoring.Existing.KEPT : Scoring.Existing.REFUSED);
            done.add(folder);
        }
        List<String> failures = runAll(runs, scoring, done);
        Map<String, Path> folders = new LinkedHashMap<>();
        done.forEach(folder -> folders.put(folder.getFileName().toString(), folder));
        Map<String, String> baseRuns = new HashMap<>();
        bases.forEach(base -> baseRuns.put(name(base, bases), name(base, bases)));
        runs.forEach(run -> baseRuns.put(run.name(), name(run.base(), bases)));
        pairings.judge(folders, baseRuns, scoring, options.resume(), console);
        exportSheets(done);
        console.say("Writing the report");
        Path page = out.resolve("report.html");
        Report report = Report.read(done, new Report.Presentation(experiment.name(), null));
        report.write(page);
        return new Outcome(report.leaderboard(), page, failures);
    }

    /** Trains and scores; a run that fails does not stop the others. @return a line for each failure */
    private List<String> runAll(List<Run> runs, Scoring first, List<Path> done) {
        // With several jobs each has suites, and so a judge, of its own.
        ThreadLocal<Scoring> scorings = ThreadLocal.withInitial(
                () -> options.jobs() == 1 ? first : new Scoring(choices(), options.device(), console));
        List<String> failures = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(options.jobs());
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get(i);
                String title = "Recipe " + (i + 1) + " of " + runs.size() + ": " + run.name();
                pending.add(workers.submit(() -> trainAndScore(run, scorings.get(), title)));
            }
            for (int i = 0; i < runs.size(); i++) {
                try {
                    pending.get(i).get();
                    done.add(runs.get(i).folder());
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    if (cause instanceof InputException
                            || cause instanceof TrainingInterrupted
                            || cause instanceof CancellationException) {
                        throw (RuntimeException) cause;
                    }
                    failures.add(runs.get(i).name() + ": " + Main.message(cause));
                    console.say("  " + failures.get(failures.size() - 1));
                }
            }
            return failures;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<String> names(List<Base> bases, List<Run> runs) {
        return Stream.concat(
                        bases.stream().map(base -> name(base, bases)),
                        runs.stream().map(Run::name))
                .toList();
    }

    /** A base model's run. */
    private static String name(Base base, List<Base> bases) {
        return bases.size() == 1 ? "base" : "base-" + base.label();
    }

    private Base base(String name) {
        String source = model(name);
        ModelFolder folder = Models.open(source);
        return new Base(source, Models.label(source, folder), folder);
    }

    private List<Run> plan(List<Base> bases) {
        List<Run> runs = new ArrayList<>();
        for (Path recipeFile : experiment.recipes()) {
            Recipe recipe = Recipe.read(recipeFile);
            List<Long> seeds = experiment.seeds().isEmpty() ? List.of(recipe.seed()) : experiment.seeds();
            for (Base base : bases) {
                for (long seed : seeds) {
                    String name = recipe.name()
                            + (bases.size() > 1 ? "-" + base.label() : "")
                            + (seeds.size() > 1 ? "-seed" + seed : "");
                    Path folder = out.resolve("runs").resolve(name);
                    if (runs.stream().anyMatch(r -> r.name().equals(name))) {
                        throw new InputException(
                                "two runs are called " + name,
                                file.toString(),
                                "Give each recipe and each base its own name");
                    }
                    Recipe fitted = recipe.withBase(base.source())
                            .withSeed(seed)
                            .fittedTo(
                                    base.folder().parameters(),
                                    base.folder().config().contextLength());
                    runs.add(new Run(base, fitted, name, folder));
                }
            }
        }
        return runs;
    }

    /** A model's name as the command line takes it: embedded, or a path beside the experiment's file. */
    private String model(String name) {
        return name.equals(Recipe.EMBEDDED) ? name : beside(name).toString();
    }

    private @Nullable String judge(@Nullable String name) {
        return name == null || SuiteChoice.JUDGES.contains(name) ? name : model(name); // or a file of judgments
    }

    private List<SuiteChoice> choices() {
        List<SuiteChoice> choices = new ArrayList<>();
        experiment.suites().forEach((name, given) -> {
            SuiteSettings s = given == null ? SuiteSettings.DEFAULT : given;
            String resolved = name.endsWith(".yaml") || name.endsWith(".yml")
                    ? beside(name).toString()
                    : name;
            ProgramOptions programs =
                    s.programs() == null ? ProgramOptions.DEFAULT : s.programs().options();
            choices.add(new SuiteChoice(
                    resolved, s.data(), s.shots(), s.limit(), s.subjects(), s.format(), 1, judge(s.judge()), programs));
        });
        return choices;
    }

    /** Refuses an output folder that is not this experiment's. */
    private void requireFree() {
        Path marker = out.resolve(MARKER);
        if (Files.exists(marker)) {
            if (!options.resume()) {
                throw new InputException(
                        "the output folder already holds an experiment",
                        out.toString(),
                        "Name another folder, or go on with --resume");
            }
            List<String> changes = YamlChanges.between(read(marker), read(file));
            if (!changes.isEmpty()) {
                throw new InputException(
                        "the output folder holds another experiment than " + file + ": " + String.join("; ", changes),
                        marker.toString(),
                        "Resume with the experiment as it was, or name another folder");
            }
        } else {
            RunFolder.requireFree(out);
        }
    }

    private void trainAndScore(Run run, Scoring scoring, String title) {
        console.say(title);
        TrainingJob job = job(run);
        if (!job.resume() || RunFolder.open(run.folder()).readRecord().status() != RunRecord.Status.DONE) {
            SoftReference<Trainer> kept = checked.remove(run.name());
            Trainer trainer = kept == null ? null : kept.get();
            console.awaited(() -> (trainer == null ? Trainer.check(job, console) : trainer).train());
        }
        Path checkpoint = run.folder().resolve("checkpoint");
        ModelFolder model = ModelFolder.open(checkpoint, Models::folder);
        scoring.score(model, run.name(), checkpoint.toString(), run.folder(), Scoring.Existing.KEPT);
    }

    private TrainingJob job(Run run) {
        FilterInputs inputs = FilterInputs.NONE.withSuites(suiteTexts(run.recipe()));
        boolean there = Files.exists(run.folder().resolve("run.json"));
        return new TrainingJob(
                run.recipe(),
                run.base().folder(),
                run.base().source(),
                options.device(),
                run.folder(),
                run.name(),
                there,
                options.memoryCheck(),
                Runner.AUTO,
                rater == null ? inputs : inputs.withRater(rater));
    }

    private Preflight preflight() {
        Preflight.Mode mode = options.check() == null ? experiment.check() : options.check();
        return new Preflight(mode, mode == Preflight.Mode.SKIP ? List.of() : suiteTexts(), console);
    }

    /** The texts of the experiment's suites, for a recipe that filters by them. */
    private List<SuiteTexts> suiteTexts(Recipe recipe) {
        return recipe.filters().stream().anyMatch(f -> f instanceof SuiteOverlap) ? suiteTexts() : List.of();
    }

    private synchronized List<SuiteTexts> suiteTexts() {
        if (suiteTexts == null) {
            suiteTexts = choices().stream().map(c -> c.texts(options.device())).toList();
        }
        return suiteTexts;
    }

    private static Path prompts(SheetSettings sheets) {
        return sheets.prompts() == null ? EmbeddedData.open().raterPrompts() : sheets.prompts();
    }

    private void exportSheets(List<Path> runs) {
        SheetSettings sheets = experiment.sheets();
        Path folder = out.resolve("sheets");
        if (sheets == null || Files.exists(folder)) {
            return;
        }
        console.say("Writing the rater sheets");
        List<String> models = new ArrayList<>();
        for (Path run : runs) {
            Path checkpoint = run.resolve("checkpoint");
            models.add(
                    Files.exists(checkpoint)
                            ? checkpoint.toString()
                            : RunFolder.open(run).readRecord().base().path());
        }
        List<String> names = runs.stream()
                .map(run -> RunFolder.open(run).readRecord().name())
                .toList();
        new RaterSheets(options.device(), sheets.maxNewTokens())
                .write(prompts(sheets), models, names, export(sheets), folder);
    }

    private static SheetExport export(SheetSettings sheets) {
        return new SheetExport(sheets.design(), sheets.gold() == null ? List.of() : GoldItem.read(sheets.gold()));
    }

    private static String read(Path text) {
        try {
            return Files.readString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path beside(String name) {
        return file.toAbsolutePath().resolveSibling(name).normalize();
    }
}
