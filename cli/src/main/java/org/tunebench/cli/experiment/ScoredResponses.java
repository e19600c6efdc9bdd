package org.tunebench.cli.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tunebench.cli.SuiteChoice;
import org.tunebench.core.record.FolderLock;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.suite.Evaluator;
import org.tunebench.eval.suite.ResponsesFile;

/** Answers made elsewhere, scored into a run folder like a model's. */
public final class ScoredResponses {
    private ScoredResponses() {}

    /**
     * Scores a file of answers.
     *
     * @param device for a checkpoint as judge
     * @param resume whether the run in the folder is gone on with: what was judged already is not judged again
     * @throws org.tunebench.core.input.InputException with file and line, where the answers do not fit the suites
     */
    public static void score(
            Path file, List<SuiteChoice> choices, Device device, Path out, Progress progress, boolean resume) {
        boolean there = resume && Files.exists(out.resolve("run.json"));
        if (!there) {
            RunFolder.requireFree(out);
        }
        ResponsesFile responses = ResponsesFile.read(file);
        Evaluator evaluator = new Evaluator(
                choices.stream().map(choice -> choice.request(device)).toList(), progress);
        evaluator.requireAnswered(responses);
        try (FolderLock lock = FolderLock.of(out)) {
            RunFolder run = there ? RunFolder.open(out) : RunFolder.create(out, begun(responses, device));
            evaluator.evaluate(responses, Map.of("responses", responses.sha256()), out, resume);
            RunRecord record = run.readRecord();
            run.write(record.done(record.totals(), Instant.now()));
        }
    }

    private static RunRecord begun(ResponsesFile responses, Device device) {
        String path = responses.path().toAbsolutePath().normalize().toString();
        String sha256 = responses.sha256();
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null,
                RunRecord.BaseModel.elsewhere(responses.name(), path, sha256),
                null,
                List.of(new RunRecord.DataFile(path, "responses", sha256, responses.size(), Map.of())),
                Map.of());
        return RunRecord.running(responses.name(), inputs, RunEnvironment.current(device.toString()), Instant.now());
    }
}
