package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.cli.experiment.RaterSheets;
import org.tunebench.core.input.InputException;
import org.tunebench.eval.rating.GoldItem;
import org.tunebench.eval.rating.RecordedResponses;
import org.tunebench.eval.rating.SheetDesign;
import org.tunebench.eval.rating.SheetExport;
import org.tunebench.eval.rating.SheetFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sheets export}. */
@Command(
        name = "export",
        description =
                "Writes blind sheets and the key: of models' answers to prompts, or of a suite's recorded answers.",
        mixinStandardHelpOptions = true)
final class SheetsExportCommand implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "DIR", split = ",", description = "Model folders, or embedded.")
    private List<String> models = List.of();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            split = ",",
            description = "Run folders, in place of models: their answers to --suite.")
    private List<Path> runs = List.of();

    @Option(names = "--suite", paramLabel = "NAME", description = "The suite whose answers are rated, with --run.")
    private @Nullable String suite;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Prompts at most, with --run (default: all).")
    private int limit = 1_000_000;

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "JSONL of id and prompt; default: the bundled ones.")
    private @Nullable Path prompts;

    @Option(
            names = "--raters",
            paramLabel = "N",
            defaultValue = "3",
            description = "Sheets (default: ${DEFAULT-VALUE}).")
    private int raters = 3;

    @Option(
            names = "--doubled",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Share of the prompts that several raters get (default: ${DEFAULT-VALUE}).")
    private double doubled = 1;

    @Option(names = "--raters-each", paramLabel = "N", description = "Raters who get a doubled prompt; default: all.")
    private @Nullable Integer ratersEach;

    @Option(
            names = "--within",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Share of a rater's prompts that come twice (default: ${DEFAULT-VALUE}).")
    private double within = SheetDesign.WITHIN;

    @Option(
            names = "--pairwise",
            paramLabel = "N",
            defaultValue = "0",
            description = "Pairs to compare for each prompt (default: ${DEFAULT-VALUE}).")
    private int pairwise;

    @Option(
            names = "--formats",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "csv,xlsx,html",
            description = "csv, xlsx, html, label_studio, argilla (default: ${DEFAULT-VALUE}).")
    private List<String> formats = List.of();

    @Option(names = "--gold", paramLabel = "FILE", description = "JSONL of items whose right ratings are known.")
    private @Nullable Path gold;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "256",
            description = "Of a response (default: ${DEFAULT-VALUE}).")
    private int maxNewTokens = 256;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the order (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the sheets; the key goes beside it.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Main.require(maxNewTokens >= 1, "--max-new-tokens", maxNewTokens, "at least 1");
        Main.require(limit >= 1, "--limit", limit, "at least 1");
        SheetExport export = new SheetExport(design(), gold == null ? List.of() : GoldItem.read(gold));
        SheetExport.Sheets written = runs.isEmpty() ? asked(export) : recorded(export);
        written.files().forEach(System.out::println);
        System.out.println(written.key());
        return Main.DONE;
    }

    private SheetDesign design() {
        Set<SheetFormat> named =
                formats.stream().map(f -> SheetFormat.of(f, "--formats")).collect(Collectors.toSet());
        return new SheetDesign(
                raters, doubled, ratersEach == null ? Math.max(1, raters) : ratersEach, within, pairwise, named, seed);
    }

    private SheetExport.Sheets asked(SheetExport export) {
        if (models.isEmpty()) {
            throw new InputException("no model", "command line", "Name models with --model, or runs with --run");
        }
        List<String> names =
                models.stream().map(m -> Models.label(m, Models.open(m))).toList();
        return new RaterSheets(device.device(), maxNewTokens)
                .write(prompts == null ? EmbeddedData.open().raterPrompts() : prompts, models, names, export, out);
    }

    private SheetExport.Sheets recorded(SheetExport export) {
        if (suite == null || !models.isEmpty() || prompts != null) {
            throw new InputException(
                    "--run goes with --suite, and without --model and --prompts",
                    "command line",
                    "Name the suite whose recorded answers are to be rated");
        }
        RecordedResponses recorded = RecordedResponses.read(runs, suite, limit);
        return export.write(recorded.prompts(), recorded.models(), out, RaterSheets.key(out));
    }
}
