package org.tunebench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.RunFolder;
import org.tunebench.eval.rating.JudgeComparison;
import org.tunebench.eval.rating.RatingStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sheets agree}. */
@Command(
        name = "agree",
        description = "Says how far raters agree with each other and themselves, ranks the models, and holds a judge"
                + " against the raters.",
        mixinStandardHelpOptions = true)
final class SheetsAgreeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RATINGS.json", description = "What sheets import wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--run",
            paramLabel = "DIR",
            split = ",",
            description =
                    "Run folders of the rated models: their judged samples are compared with the ratings, and each"
                            + " gets the ratings as its ratings.json.")
    private List<Path> runs = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers here, too.")
    private @Nullable Path json;

    @Override
    public Integer call() {
        Ratings ratings = read(file);
        List<Path> rated = runs.stream().filter(run -> isRated(run, ratings)).toList();
        Ratings complete = RatingStatistics.with(
                ratings, JudgeComparison.of(ratings, rated).orElse(ratings.judge()));
        for (Path run : rated) {
            AtomicFiles.writeJson(RunFolder.open(run).ratingsFile(), complete);
        }
        if (json != null) {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("agreement", complete.agreement());
            numbers.put("rankings", complete.rankings());
            numbers.put("judge", complete.judge());
            AtomicFiles.writeJson(json, numbers);
        }
        System.out.print(AgreementText.of(complete));
        rated.forEach(run -> System.out.println(RunFolder.open(run).ratingsFile()));
        if (json != null) {
            System.out.println(json);
        }
        return Main.DONE;
    }

    private static boolean isRated(Path run, Ratings ratings) {
        String name = RunFolder.open(run).readRecord().name();
        boolean rated = ratings.models().containsKey(name)
                || ratings.preferences().stream()
                        .anyMatch(p -> p.first().equals(name) || p.second().equals(name));
        if (!rated) {
            throw new InputException(
                    "nobody rated the model '" + name + "'",
                    run.toString(),
                    "Name runs of " + ratings.models().keySet());
        }
        return true;
    }

    private static Ratings read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException("no such file", file.toString(), "Name the ratings.json that sheets import wrote");
        }
        try {
            Ratings ratings = Json.MAPPER.readValue(file.toFile(), Ratings.class);
            if (ratings.schema() == Ratings.SCHEMA && ratings.models() != null && ratings.rows() != null) {
                return ratings;
            }
            throw new InputException(
                    "not a ratings.json of schema " + Ratings.SCHEMA, file.toString(), "Import the sheets again");
        } catch (JsonProcessingException e) {
            throw new InputException("not a whole ratings.json", file.toString(), "Import the sheets again", e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check the path and its permissions", e);
        }
    }
}
