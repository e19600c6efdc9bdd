package org.tunebench.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;

/** The folder of one run: where its parts are, and what they hold. The only thing that passes between stages. */
public final class RunFolder {
    private static final String JSON_LINES = ".jsonl";

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a new run folder and writes its run.json.
     *
     * @throws InputException where the folder is not empty
     */
    public static RunFolder create(Path path, RunRecord run) {
        requireFree(path);
        RunFolder folder = new RunFolder(path);
        folder.write(run);
        return folder;
    }

    /**
     * Refuses a path that {@link #create} would refuse; for before the work whose output goes there.
     *
     * @throws InputException where something other than an empty folder is there
     */
    public static void requireFree(Path path) {
        RunFolder folder = new RunFolder(path);
        if (Files.exists(folder.recordFile())) {
            throw new InputException(
                    "the output folder already holds the run '"
                            + folder.readRecord().name() + "'",
                    path.toString(),
                    "Name another output folder, or go on with --resume");
        }
        if (Files.exists(path) && !folder.isEmptyFolder()) {
            throw new InputException(
                    "the output path is not an empty folder, and holds no run",
                    path.toString(),
                    "Name another output folder");
        }
    }

    /**
     * Opens a folder that holds a run.
     *
     * @throws InputException where run.json is missing, malformed or of another schema
     */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(path);
        folder.readRecord();
        return folder;
    }

    public Path path() {
        return path;
    }

    public Path recordFile() {
        return path.resolve("run.json");
    }

    public Path recipeFile() {
        return path.resolve("recipe.yaml");
    }

    public Path stepsFile() {
        return path.resolve("train").resolve("steps.jsonl");
    }

    public Path evaluationsFile() {
        return path.resolve("train").resolve("evaluations.jsonl");
    }

    /** The examples that are trained on, one {@link ExampleRecord} a line. */
    public Path examplesFile() {
        return path.resolve("train").resolve("examples.jsonl");
    }

    /** Which examples each step saw, one {@link SeenRecord} a line. */
    public Path seenFile() {
        return path.resolve("train").resolve("seen.jsonl");
    }

    /** The records of the training data that could not be used, the first thousand of each file. */
    public Path badRecordsFile() {
        return path.resolve("train").resolve("bad_records.jsonl");
    }

    /** What the recipe's filters dropped, one a line: name, number, a few samples. */
    public Path filtersFile() {
        return path.resolve("train").resolve("filters.jsonl");
    }

    /** What the steps were made of. */
    public Path compositionFile() {
        return path.resolve("train").resolve("composition.json");
    }

    /** TensorBoard's event files. */
    public Path tensorBoard() {
        return path.resolve("train").resolve("tensorboard");
    }

    public Path checkpoint() {
        return path.resolve("checkpoint");
    }

    /** What {@code data check} found in the recipe's data before the run: {@link CheckRecord}. */
    public static Path checkFile(Path folder) {
        return folder.resolve("data-check.json");
    }

    /** The same for a person to read. */
    public static Path checkPage(Path folder) {
        return folder.resolve("data-check.html");
    }

    public Path resultsFile() {
        return path.resolve("results.json");
    }

    /** Human ratings, where raters' sheets were imported for this run. */
    public Path ratingsFile() {
        return path.resolve("ratings.json");
    }

    public Path samplesFile(String suite) {
        return path.resolve("samples").resolve(suite + JSON_LINES);
    }

    /** Replaces run.json. */
    public void write(RunRecord run) {
        ObjectNode tree = Json.MAPPER.valueToTree(run);
        tree.set("provenance", RunProvenance.of(run).marshalled());
        AtomicFiles.writeJson(recordFile(), tree);
    }

    /** Replaces train/composition.json. */
    public void write(DataComposition composition) {
        AtomicFiles.writeJson(compositionFile(), composition);
    }

    /** Replaces results.json. */
    public void write(Results results) {
        AtomicFiles.writeJson(resultsFile(), results);
    }

    /** run.json. */
    public RunRecord readRecord() {
        if (!Files.exists(recordFile())) {
            throw new InputException(
                    "has no run.json", path.toString(), "Name a folder that train, eval or compare has written");
        }
        return read(recordFile(), RunRecord.class, RunRecord.SCHEMA);
    }

    /** results.json; empty where nothing has been scored yet. */
    public Optional<Results> readResults() {
        return Files.exists(resultsFile())
                ? Optional.of(read(resultsFile(), Results.class, Results.SCHEMA))
                : Optional.empty();
    }

    /** train/composition.json; empty for a run without training, or one that has not come to its end. */
    public Optional<DataComposition> readComposition() {
        return Files.exists(compositionFile())
                ? Optional.of(read(compositionFile(), DataComposition.class, DataComposition.SCHEMA))
                : Optional.empty();
    }

    /** ratings.json; empty where no rater's sheet was imported for this run. */
    public Optional<Ratings> readRatings() {
        return Files.exists(ratingsFile())
                ? Optional.of(read(ratingsFile(), Ratings.class, Ratings.SCHEMA))
                : Optional.empty();
    }

    /** recipe.yaml as written; empty for a run without training. */
    public Optional<String> readRecipe() {
        try {
            return Files.exists(recipeFile()) ? Optional.of(Files.readString(recipeFile())) : Optional.empty();
        } catch (IOException e) {
            throw new InputException("cannot be read", recipeFile().toString(), "Write the file as UTF-8", e);
        }
    }

    /** The training steps in order; empty for a run without training. */
    public List<StepRecord> readSteps() {
        return lines(stepsFile(), StepRecord.class);
    }

    /** The held-out losses in order; empty for a run that was not evaluated during training. */
    public List<EvaluationRecord> readEvaluations() {
        return lines(evaluationsFile(), EvaluationRecord.class);
    }

    /** The examples that are trained on, one at a time, in the order that {@link SeenRecord} counts them in. Close the stream. */
    public Stream<ExampleRecord> examples() {
        return JsonLines.read(examplesFile(), ExampleRecord.class);
    }

    /** What each step saw, one at a time. Close the stream. */
    public Stream<SeenRecord> seen() {
        return JsonLines.read(seenFile(), SeenRecord.class);
    }

    /** Suite name → samples file, sorted. */
    public Map<String, Path> samplesFiles() {
        return jsonLines("samples");
    }

    /** The files of a folder by name without ending; those in the making, whose names begin with a full stop, are left out. */
    private Map<String, Path> jsonLines(String folder) {
        Path inside = path.resolve(folder);
        if (!Files.isDirectory(inside)) {
            return Map.of();
        }
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(inside)) {
            entries.filter(file ->
                            name(file).endsWith(JSON_LINES) && !name(file).startsWith("."))
                    .forEach(file -> files.put(name(file).replaceFirst("\\.jsonl$", ""), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** A suite's samples, one at a time. Close the stream. */
    public Stream<SampleRecord> samples(String suite) {
        return JsonLines.read(samplesFile(suite), SampleRecord.class);
    }

    /** Where the comparisons of a suite's answers with another run's are. */
    public Path pairwiseFile(String suite) {
        return path.resolve("pairwise").resolve(suite + JSON_LINES);
    }

    /** Suite name → comparisons with other runs' answers, sorted; empty where none were judged. */
    public Map<String, List<PairwiseRecord>> readPairwise() {
        Map<String, List<PairwiseRecord>> comparisons = new TreeMap<>();
        jsonLines("pairwise").forEach((suite, file) -> comparisons.put(suite, lines(file, PairwiseRecord.class)));
        return comparisons;
    }

    private static <T> List<T> lines(Path file, Class<T> type) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<T> values = JsonLines.read(file, type)) {
            return values.toList();
        }
    }

    /**
     * What a process that was killed before it wrote run.json has left counts as nothing, and what a check of the data before
     * a run or an experiment has written: where it refuses the run, the mended one goes to the same folder.
     */
    private boolean isEmptyFolder() {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.walk(path)) {
            return entries.filter(file -> !Files.isDirectory(file)).allMatch(RunFolder::countsAsNothing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean countsAsNothing(Path file) {
        Path folder = file.resolveSibling("");
        return AtomicFiles.isLeftover(file)
                || FolderLock.isLockFile(file)
                || file.equals(checkFile(folder))
                || file.equals(checkPage(folder));
    }

    private static <T> T read(Path file, Class<T> type, int schema) {
        try {
            JsonNode tree = Json.MAPPER.readTree(file.toFile());
            int found = tree.path("schema").asInt(0);
            if (found != schema) {
                throw new InputException(
                        "schema " + (found == 0 ? "missing" : found) + ", expected " + schema,
                        file.toString(),
                        "Make the run again, or read it with the version of Tunebench that wrote it");
            }
            return Json.MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not a whole " + file.getFileName() + ": " + JsonLines.firstLine(e),
                    file.toString(),
                    "Make the run again",
                    e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check the file and its permissions", e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
