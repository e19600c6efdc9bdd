package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.runtime.Device;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.judge.CheckpointJudge;
import org.tunebench.eval.judge.Judge;
import org.tunebench.eval.judge.OpenAiJudge;
import org.tunebench.eval.judge.RecordedJudge;
import org.tunebench.eval.judge.ReferenceJudge;
import org.tunebench.eval.suite.ProgramOptions;
import org.tunebench.eval.suite.Suite;
import org.tunebench.eval.suite.SuiteOptions;
import org.tunebench.eval.suite.SuiteRequest;
import org.tunebench.eval.suite.Suites;
import org.tunebench.train.data.filter.SuiteTexts;

/**
 * A suite as people name it, with what they said about it.
 *
 * @param name a suite's name, a bundled own suite's name, or the path of an own suite's YAML file
 * @param data left out, the bundled data
 * @param subjects of a suite that has subjects; an empty list takes all
 * @param format how prompts become text
 * @param judge {@code reference}, {@code openai}, a model folder, or a JSONL file of judgments; left out, {@code reference} for judged suites
 * @param programs of suites that run programs which the model wrote
 */
public record SuiteChoice(
        String name,
        @Nullable Path data,
        @Nullable Integer shots,
        @Nullable Integer limit,
        List<String> subjects,
        PromptFormat format,
        long seed,
        @Nullable String judge,
        ProgramOptions programs) {

    /** The judges that are no model folder. */
    public static final List<String> JUDGES = List.of("reference", "openai");

    /** A suite as it is, without a model in mind. @param data left out, the bundled data */
    static SuiteChoice of(String name, @Nullable Path data) {
        return new SuiteChoice(name, data, null, null, List.of(), PromptFormat.PLAIN, 1, null, ProgramOptions.DEFAULT);
    }

    /** The request that the evaluator takes. @param device for a checkpoint as judge */
    public SuiteRequest request(Device device) {
        EmbeddedData bundled = EmbeddedData.open();
        boolean builtIn = Suites.ALL.stream().anyMatch(s -> s.name().equals(name));
        boolean file = name.endsWith(".yaml") || name.endsWith(".yml");
        if (!builtIn && !file) {
            KnownNames.require("suite", name, known().keySet(), "suites");
        }
        Suite suite = Suites.find(builtIn || file ? name : bundled.suite(name).toString());
        if (!suite.runsPrograms() && !programs.equals(ProgramOptions.DEFAULT)) {
            throw new InputException(
                    "options for programs asked of a suite that runs none",
                    "suite " + name,
                    "Leave samples, temperature, top_p, k, timeout and unsafe-exec out, or ask for the suites apart");
        }
        Path from = data == null && builtIn ? bundledData(bundled, suite) : data;
        return new SuiteRequest(
                suite, new SuiteOptions(from, shots, limit, subjects, format, seed, judge(judge, device), programs));
    }

    private static Path bundledData(EmbeddedData bundled, Suite suite) {
        if (!bundled.holds(suite.name())) {
            throw new InputException(
                    "no data is bundled for this suite",
                    "suite " + suite.name(),
                    "Name it with --data: " + suite.format());
        }
        return bundled.suite(suite.name());
    }

    /** What the suite's items show and compare with. No judge is needed for it. */
    public SuiteTexts texts(Device device) {
        SuiteRequest request =
                new SuiteChoice(name, data, shots, limit, subjects, format, seed, null, programs).request(device);
        return new SuiteTexts(
                request.suite().name(), request.suite().load(request.options()).texts());
    }

    /** The judge of a name. @param device for a checkpoint as judge */
    static Judge judge(@Nullable String name, Device device) {
        if (name == null || name.equals("reference")) {
            return new ReferenceJudge();
        }
        if (name.equals("openai")) {
            return OpenAiJudge.fromEnvironment(System.getenv());
        }
        if (name.endsWith(".jsonl")) {
            return RecordedJudge.read(Path.of(name));
        }
        ModelFolder folder = Models.open(name);
        return new CheckpointJudge(
                Models.load(folder, Models.label(name, folder), device),
                Sha256.ofText(folder.hashes().toString()));
    }

    /** Every name that can be given, with a line about it. */
    static Map<String, String> known() {
        Map<String, String> lines = new java.util.LinkedHashMap<>();
        Suites.ALL.forEach(s -> lines.put(s.name(), s.description()));
        EmbeddedData bundled = EmbeddedData.open();
        for (String name : bundled.suites()) {
            Path path = bundled.suite(name);
            if (path.toString().endsWith(".yaml")) {
                lines.put(name, Suites.find(path.toString()).description());
            }
        }
        return lines;
    }
}
