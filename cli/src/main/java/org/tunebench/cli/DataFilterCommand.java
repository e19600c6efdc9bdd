package org.tunebench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.filter.FilterList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data filter}: the examples of files that filters keep, in a file. */
@Command(
        name = "filter",
        description = "Writes the examples that filters keep, and what each filter dropped.",
        mixinStandardHelpOptions = true)
final class DataFilterCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IN", arity = "1..*", description = "Data files or folders, in any format.")
    private List<Path> in = List.of();

    @Option(
            names = "--filters",
            required = true,
            paramLabel = "FILTERS",
            description = "A YAML file with the key filters, or names with their defaults: words,exact_duplicates.")
    private String filters = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The kept examples, as JSON lines.")
    private Path out = Path.of("");

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "What each filter dropped, with samples (default: FILE of --out with .filters.json behind it).")
    private @Nullable Path report;

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--predict-categories",
            description = "Give each example that names none the category its instruction reads like.")
    private boolean predictCategories;

    @Mixin
    private FilterInputOptions outside = new FilterInputOptions();

    @Option(names = "--model", paramLabel = "DIR", description = "The model whose tokens the filter tokens counts.")
    private @Nullable String model;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of what is drawn (default: 1).")
    private long seed = 1;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Override
    public Integer call() {
        boolean file = filters.endsWith(".yaml") || filters.endsWith(".yml");
        FilterList list = file ? FilterList.read(Path.of(filters)) : FilterList.ofNames(filters);
        List<DataSource> sources = in.stream().map(this::source).toList();
        DataMixture mixture = DataMixture.of(sources, seed).with(sources, list.filters());
        Path dropped = report == null ? out.resolveSibling(out.getFileName() + ".filters.json") : report;
        requireOutputs(mixture, file, dropped);
        Path answers = out.resolveSibling(out.getFileName() + ".judge.jsonl");
        FilteredFile.write(mixture, inputs(answers), out, dropped).forEach(System.err::println);
        System.out.println(out);
        System.out.println(dropped);
        return Main.DONE;
    }

    private void requireOutputs(DataMixture mixture, boolean filtersFile, Path dropped) {
        List<Path> read = new ArrayList<>(ExampleFile.files(mixture.sources()));
        if (filtersFile) {
            read.add(Path.of(filters));
        }
        OutputFile.require("--out", out, read);
        read.add(out);
        OutputFile.require(report == null ? "beside --out" : "--report", dropped, read);
    }

    private DataSource source(Path path) {
        DataSource source = format.of(DataSource.of(path));
        return predictCategories ? source.withCategory(DataSource.PREDICTED) : source;
    }

    /** @param cache of the judge's answers, where no other is named */
    private FilterInputs inputs(Path cache) {
        FilterInputs inputs = outside.inputs(device.device(), cache);
        return model == null
                ? inputs
                : inputs.withTokenizer(Tokenizers.load(Models.open(model).tokenizerPath()));
    }
}
