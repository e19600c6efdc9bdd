package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.template.InstructionTemplates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data expand}: records × instruction templates → examples, in a file. */
@Command(
        name = "expand",
        description = "Writes records as instruction templates phrase them: one template for each record, or all.",
        mixinStandardHelpOptions = true)
final class DataExpandCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IN", arity = "1..*", description = "Data files or folders with records.")
    private List<Path> in = List.of();

    @Option(
            names = "--templates",
            required = true,
            paramLabel = "FILE",
            description = "YAML: a list of templates, lists by task, or PromptSource's templates.yaml.")
    private Path templates = Path.of("");

    @Option(names = "--all", description = "Every template for each record, not one drawn by seed.")
    private boolean all;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The examples, as JSON lines.")
    private Path out = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--columns",
            paramLabel = "NAME=COLUMN",
            split = ",",
            description = "Where field names differ: the format's name, and the file's.")
    private Map<String, String> columns = Map.of();

    @Option(names = "--task", paramLabel = "TASK", description = "The task of records that name none.")
    private @Nullable String task;

    @Option(names = "--category", paramLabel = "CATEGORY", description = "The category of records that name none.")
    private @Nullable String category;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of what is drawn (default: 1).")
    private long seed = 1;

    @Override
    public Integer call() {
        OutputFile.require("--out", out, List.of(templates));
        InstructionTemplates read = InstructionTemplates.read(templates);
        InstructionTemplates used = all ? read.every() : read;
        List<DataSource> sources = in.stream().map(path -> source(path, used)).toList();
        Map<String, Integer> byTemplate = new TreeMap<>();
        List<SourceCounts> counts = ExampleFile.write(
                DataMixture.of(sources, seed),
                FilterInputs.NONE,
                out,
                example -> byTemplate.merge(String.valueOf(example.origin().template()), 1, Integer::sum));
        counts.forEach(System.err::println);
        ExampleFile.badRecords(counts).forEach(System.err::println);
        byTemplate.forEach((name, n) -> System.err.println("  template " + name + ": " + n));
        System.out.println(out);
        return Main.DONE;
    }

    private DataSource source(Path path, InstructionTemplates used) {
        DataSource source = format.of(DataSource.of(path)).withTemplates(used).withColumns(columns);
        source = category == null ? source : source.withCategory(category);
        return task == null ? source : source.withTask(task);
    }
}
