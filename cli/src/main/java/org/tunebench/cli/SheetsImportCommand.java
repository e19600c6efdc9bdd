package org.tunebench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Ratings;
import org.tunebench.eval.rating.PreferenceData;
import org.tunebench.eval.rating.SheetImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sheets import}. */
@Command(
        name = "import",
        description = "Reads filled sheets back, whatever program saved them, and reports means with intervals.",
        mixinStandardHelpOptions = true)
final class SheetsImportCommand implements Callable<Integer> {
    private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl");
    private static final String INSTRUCTIONS = "instructions.txt";
    private static final String NOT_RATED = "it is not rated";

    @Parameters(
            arity = "1..*",
            paramLabel = "SHEET",
            description =
                    "Filled sheets: .csv, .xlsx, .json; or folders of them. Where a row came twice the first counts.")
    private List<Path> sheets = List.of();

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The key written at export.")
    private Path key = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "ratings.json to write; tunebench report takes it with --ratings.")
    private Path out = Path.of("");

    @Option(
            names = "--preferences",
            paramLabel = "FILE",
            description = "JSONL of prompt, chosen and rejected to write, for preference tuning.")
    private @Nullable Path preferences;

    @Option(
            names = "--preferences-form",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text or messages (default: ${DEFAULT-VALUE}).")
    private PreferenceData.Form form = PreferenceData.Form.TEXT;

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            defaultValue = "1",
            description = "Where no pairs were compared: points that mean ratings lie apart to make a preference"
                    + " (default: ${DEFAULT-VALUE}).")
    private double margin = 1;

    @Override
    public Integer call() {
        Main.require(margin >= 0, "--margin", margin, "at least 0");
        Ratings ratings = SheetImport.read(files(), key);
        AtomicFiles.writeJson(out, ratings);
        tellUnusable(ratings.unusable());
        System.out.print(RatingsTable.of(ratings));
        System.out.println(out);
        if (preferences != null) {
            PreferenceData.Written written = PreferenceData.write(ratings, key, margin, form, preferences);
            System.out.println(preferences + " (" + written.pairs() + " pairs; " + written.undecided() + " undecided)");
        }
        return Main.DONE;
    }

    /** Rows that were left empty are counted file by file, the others told one by one. */
    private static void tellUnusable(List<Ratings.Unusable> unusable) {
        Map<String, Integer> empty = new LinkedHashMap<>();
        for (Ratings.Unusable row : unusable) {
            if (row.reason().equals(NOT_RATED)) {
                empty.merge(row.file(), 1, Integer::sum);
            } else {
                System.err.println("not used: " + row.file() + " row " + row.row() + ": " + row.reason());
            }
        }
        empty.forEach((file, rows) ->
                System.err.println("not used: " + file + ": " + rows + (rows == 1 ? " row" : " rows") + " not rated"));
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path path : sheets) {
            if (Files.isDirectory(path)) {
                List<Path> inside = inside(path);
                if (inside.isEmpty()) {
                    throw new InputException("no sheet in the folder", path.toString(), "Put the filled sheets there");
                }
                files.addAll(inside);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    /** Not the key, the instructions, or what a spreadsheet program leaves while a file is open. */
    private List<Path> inside(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toAbsolutePath()
                            .normalize()
                            .equals(key.toAbsolutePath().normalize()))
                    .filter(file -> !file.toAbsolutePath()
                            .normalize()
                            .equals(out.toAbsolutePath().normalize()))
                    .filter(file -> isSheet(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static boolean isSheet(String name) {
        return !name.equals(INSTRUCTIONS)
                && !name.startsWith(".")
                && !name.startsWith("~$")
                && ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }
}
