package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.data.filter.FilterInputs;
import picocli.CommandLine.Option;

/** What filters take from outside the data, the same for every command that filters. */
final class FilterInputOptions {
    @Option(
            names = "--suites",
            paramLabel = "SUITE",
            split = ",",
            description = "The suites that suite_overlap looks for: names, or own suites' YAML files.")
    private List<String> suites = List.of();

    @Option(
            names = "--suite-data",
            paramLabel = "PATH",
            description = "The suite's data in its original format; default: the bundled data.")
    private @Nullable Path suiteData;

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            description =
                    "Who rates for judge_score and deita: openai, a model folder, or the kept answers of an earlier run.")
    private @Nullable String judge;

    @Option(
            names = "--judge-cache",
            paramLabel = "FILE",
            description = "The judge's answers, so that nothing is asked twice (default: beside what is written).")
    private @Nullable Path judgeCache;

    /** @param cache of the judge's answers, where no other is named */
    FilterInputs inputs(Device device, Path cache) {
        FilterInputs inputs = FilterInputs.NONE.withSuites(suites.stream()
                .map(name -> SuiteChoice.of(name, suiteData).texts(device))
                .toList());
        return judge == null
                ? inputs
                : inputs.withRater(FilterJudge.open(judge, "--judge", device, judgeCache == null ? cache : judgeCache));
    }
}
