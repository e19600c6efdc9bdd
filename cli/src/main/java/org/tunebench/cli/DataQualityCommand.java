package org.tunebench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.example.Exchange;
import org.tunebench.train.quality.CorruptedSet;
import org.tunebench.train.quality.LabelledFile;
import org.tunebench.train.quality.LabelledResponse;
import org.tunebench.train.quality.QualityFile;
import org.tunebench.train.quality.QualityModel;
import org.tunebench.train.quality.QualityReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data quality}: models of what a good response is. */
@Command(
        name = "quality",
        description = "Learns from labelled responses what a good one is, for the filter quality.",
        mixinStandardHelpOptions = true,
        subcommands = {DataQualityCommand.Train.class, DataQualityCommand.Corrupt.class})
final class DataQualityCommand {
    /** {@code data quality train}. */
    @Command(
            name = "train",
            description = "Trains a quality model and says how it does on responses held out.",
            mixinStandardHelpOptions = true)
    static final class Train implements Callable<Integer> {
        @Parameters(
                paramLabel = "LABELLED",
                arity = "1..*",
                description =
                        "{\"instruction\": …, \"response\": …, \"good\": true} a line; kind and group may stand beside.")
        private List<Path> labelled = List.of();

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model, as JSON.")
        private Path out = Path.of("");

        @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the split (default: 1).")
        private long seed = 1;

        @Override
        public Integer call() {
            OutputFile.require("--out", out, labelled);
            List<LabelledResponse> responses = new ArrayList<>();
            labelled.forEach(file -> responses.addAll(LabelledFile.read(file)));
            QualityModel.Trained trained = train(responses);
            QualityFile.write(out, trained, labelled, seed);
            print(trained.report());
            System.out.println(out);
            return Main.DONE;
        }

        private QualityModel.Trained train(List<LabelledResponse> responses) {
            try {
                return QualityModel.train(responses, seed);
            } catch (IllegalArgumentException e) {
                throw new InputException(
                        String.valueOf(e.getMessage()),
                        labelled.get(0).toString(),
                        "Label more responses, good and bad",
                        e);
            }
        }

        private static void print(QualityReport report) {
            System.err.printf(
                    Locale.ROOT,
                    "%d responses held out: AUC %.3f, Brier score %.3f, calibration error %.3f%n",
                    report.n(),
                    report.auc(),
                    report.brier(),
                    report.calibrationError());
            report.byKind().forEach((kind, auc) -> System.err.printf(Locale.ROOT, "  %-20s AUC %.3f%n", kind, auc));
        }
    }

    /** {@code data quality corrupt}. */
    @Command(
            name = "corrupt",
            description = "Makes a labelled set from good data: each response, and a spoiled copy of it.",
            mixinStandardHelpOptions = true)
    static final class Corrupt implements Callable<Integer> {
        @Parameters(paramLabel = "IN", arity = "1..*", description = "Data files, in any format.")
        private List<Path> in = List.of();

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The labelled responses.")
        private Path out = Path.of("");

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "1",
                description = "Of what is spoiled (default: 1).")
        private long seed = 1;

        @Override
        public Integer call() {
            List<Exchange> good = new ArrayList<>();
            List<DataSource> sources = in.stream().map(DataSource::of).toList();
            OutputFile.require("--out", out, ExampleFile.files(sources));
            DataMixture mixture = DataMixture.of(sources, seed);
            Dataset.stream(
                    mixture,
                    example -> Exchange.of(example).stream()
                            .filter(e -> !e.response().isBlank())
                            .forEach(good::add));
            if (good.size() < 2) {
                throw new InputException(
                        good.size() + " responses, too few to spoil",
                        in.get(0).toString(),
                        "Give conversations with at least two responses");
            }
            LabelledFile.write(out, CorruptedSet.of(good, seed));
            System.out.println(out);
            return Main.DONE;
        }
    }
}
