package org.tunebench.cli.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tunebench.cli.Models;
import org.tunebench.cli.SuiteChoice;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.ModelRecords;
import org.tunebench.core.record.Results;
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
        /** It is gone on with; suites that it has results of are not asked again. */
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
        try (LanguageModel model = Models.load(folder, label, device)) {
            RunFolder run = there ? RunFolder.open(out) : RunFolder.create(out, begun(folder, label, source, model));
            Set<String> scored =
                    run.readResults().map(Results::suites).map(Map::keySet).orElse(Set.of());
            for (Map.Entry<String, Evaluator> suite : evaluators.entrySet()) {
                if (existing == Existing.REPLACED || !scored.contains(suite.getKey())) {
                    suite.getValue().evaluate(model, out);
                }
            }
            RunRecord record = run.readRecord();
            if (record.status() == RunRecord.Status.RUNNING) {
                run.write(record.done(record.totals(), Instant.now()));
            }
        }
    }

    private RunRecord begun(ModelFolder folder, String label, String source, LanguageModel model) {
        ChatTemplate template = model.chatTemplate();
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null,
                ModelRecords.of(folder, source),
                template == null ? null : new RunRecord.Template(template.name(), Sha256.ofText(template.source())),
                List.of(),
                Map.of());
        return RunRecord.running(label, inputs, RunEnvironment.current(device.toString()), Instant.now());
    }
}
