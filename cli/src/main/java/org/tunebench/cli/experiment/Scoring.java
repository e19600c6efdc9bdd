package org.tunebench.cli.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.Models;
import org.tunebench.cli.SuiteChoice;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.ModelRecords;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.FolderLock;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.suite.Evaluator;
import org.tunebench.eval.suite.SuiteRequest;

/** Suites, loaded once, put to one model after the other. */
public final class Scoring {
    private final Map<String, Evaluator> evaluators = new LinkedHashMap<>();
    private final Device device;

    /**
     * Loads the suites.
     *
     * @throws InputException where a suite or its data cannot be used, or two suites share a name
     */
    public Scoring(List<SuiteChoice> choices, Device device, Progress progress) {
        this.device = device;
        for (SuiteChoice choice : choices) {
            SuiteRequest request = choice.request(device);
            String name = request.suite().name();
            if (evaluators.put(name, new Evaluator(List.of(request), progress)) != null) {
                throw new InputException("suite " + name + " is asked for twice", "suites", "Name it once");
            }
        }
    }

    /** What happens to a run that the output folder holds already. */
    public enum Existing {
        /** It is refused. */
        REFUSED,
        /** It is gone on with; suites that it has results of are asked again. */
        REPLACED,
        /** It is gone on with; neither suites that it has results of nor answers that a killed process left are asked again. */
        KEPT
    }

    /**
     * Scores a model into a run folder.
     *
     * @param label the model's name in results
     * @param source where the model came from, for run.json
     */
    public void score(ModelFolder folder, String label, String source, Path out, Existing existing) {
        boolean there = existing != Existing.REFUSED && Files.exists(out.resolve("run.json"));
        if (!there) {
            RunFolder.requireFree(out);
        }
        Map<String, String> hashes = folder.hashes();
        try (LanguageModel model = Models.load(folder, label, device)) {
            Map<String, String> files = modelFiles(hashes, model.chatTemplate());
            if (existing == Existing.KEPT) {
                evaluators.values().forEach(suite -> suite.requireResumable(model, files, out));
            }
            try (FolderLock lock = FolderLock.of(out)) {
                AtomicFiles.discardLeftovers(out);
                RunFolder run = there
                        ? RunFolder.open(out)
                        : RunFolder.create(
                                out, begun(ModelRecords.of(folder, source, hashes), label, model.chatTemplate()));
                for (Evaluator suite : evaluators.values()) {
                    suite.evaluate(model, files, out, existing == Existing.KEPT);
                }
                RunRecord record = run.readRecord();
                if (record.status() == RunRecord.Status.RUNNING) {
                    run.write(record.done(record.totals(), Instant.now()));
                }
            }
        }
    }

    /**
     * The run to compare answers with.
     *
     * @throws InputException where there is no run, or no suite whose answers could be compared
     */
    public RunFolder opponent(Path run) {
        List<String> compared = suites().stream().filter(this::isComparable).toList();
        if (compared.isEmpty()) {
            throw new InputException(
                    "none of the suites has open answers for a judge to compare",
                    "suites",
                    "Name a judged suite, such as mt_bench");
        }
        RunFolder opponent = RunFolder.open(run);
        for (String suite : compared) {
            if (!Files.exists(opponent.samplesFile(suite))) {
                throw new InputException(
                        "the run has no answers to " + suite,
                        run.toString(),
                        "Score it on the suite first, with eval --suites " + suite);
            }
        }
        return opponent;
    }

    /** Names of the suites, in the order of the choices. */
    List<String> suites() {
        return List.copyOf(evaluators.keySet());
    }

    /** Whether a suite has open answers and a judge. */
    boolean isComparable(String suite) {
        Evaluator evaluator = evaluators.get(suite);
        return evaluator != null && evaluator.isComparable();
    }

    /**
     * Has the suites' judges compare two runs' answers, into the first one's folder.
     *
     * @param resume whether what is judged already is left alone
     * @throws InputException where one of the runs lacks answers
     */
    public void compare(RunFolder run, RunFolder opponent, boolean resume) {
        suites().forEach(suite -> compare(suite, run, opponent, resume));
    }

    /** The same for one suite. */
    void compare(String suite, RunFolder run, RunFolder opponent, boolean resume) {
        Evaluator evaluator = evaluators.get(suite);
        if (evaluator != null) {
            try (FolderLock lock = FolderLock.of(run.path())) {
                evaluator.compare(run, opponent, resume);
            }
        }
    }

    /** What of a model decides its answers. The chat template may be one that the folder does not have. */
    private static Map<String, String> modelFiles(Map<String, String> hashes, @Nullable ChatTemplate template) {
        Map<String, String> files = new TreeMap<>(hashes);
        files.put("chat template", template == null ? "none" : Sha256.ofText(template.source()));
        files.put("precision", "float32");
        return files;
    }

    private RunRecord begun(RunRecord.BaseModel base, String label, @Nullable ChatTemplate template) {
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null,
                base,
                template == null ? null : new RunRecord.Template(template.name(), Sha256.ofText(template.source())),
                List.of(),
                Map.of());
        return RunRecord.running(label, inputs, RunEnvironment.current(device.toString()), Instant.now());
    }
}
