package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.cli.experiment.RaterSheets;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Ratings;
import org.tunebench.eval.rating.SheetExport;
import org.tunebench.eval.rating.SheetImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sheets}: rater sheets out, ratings in. */
@Command(
        name = "sheets",
        description = "Exports blind rater sheets, imports what comes back.",
        mixinStandardHelpOptions = true,
        subcommands = {SheetsCommand.Export.class, SheetsCommand.Import.class})
final class SheetsCommand {
    /** {@code sheets export}. */
    @Command(
            name = "export",
            description = "Answers prompts with models, writes blind sheets and the key.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Option(
                names = "--model",
                paramLabel = "DIR",
                required = true,
                split = ",",
                description = "Model folders, or embedded.")
        private List<String> models = List.of();

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

        @Option(names = "--raters-each", paramLabel = "N", description = "Raters who rate each response; default: all.")
        private @Nullable Integer ratersEach;

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
            SheetExport export = new SheetExport(raters, ratersEach == null ? raters : ratersEach, seed);
            List<String> names =
                    models.stream().map(m -> Models.label(m, Models.open(m))).toList();
            SheetExport.Sheets written = new RaterSheets(device.device(), maxNewTokens)
                    .write(prompts == null ? EmbeddedData.open().raterPrompts() : prompts, models, names, export, out);
            written.files().forEach(System.out::println);
            System.out.println(written.key());
            return Main.DONE;
        }
    }

    /** {@code sheets import}. */
    @Command(
            name = "import",
            description = "Reads filled sheets back and reports means with intervals.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "SHEET.csv", description = "Filled sheets.")
        private List<Path> sheets = List.of();

        @Option(names = "--key", paramLabel = "FILE", required = true, description = "The key written at export.")
        private Path key = Path.of("");

        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "ratings.json to write; tunebench report takes it with --ratings.")
        private Path out = Path.of("");

        @Override
        public Integer call() {
            Ratings ratings = SheetImport.read(sheets, key);
            AtomicFiles.writeJson(out, ratings);
            ratings.unusable()
                    .forEach(u -> System.err.println("not used: " + u.file() + " row " + u.row() + ": " + u.reason()));
            System.out.print(RatingsTable.of(ratings));
            System.out.println(out);
            return Main.DONE;
        }
    }
}
