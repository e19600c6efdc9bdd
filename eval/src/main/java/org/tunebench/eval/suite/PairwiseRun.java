package org.tunebench.eval.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.judge.Judge;
import org.tunebench.eval.judge.JudgeRun;

/**
 * One suite's answers in a run folder compared with another run's, into {@code pairwise/<suite>.jsonl} and, in sum, under
 * {@code pairwise} in the suite's details in results.json, where a run may have several opponents. Verdicts are kept as they
 * come in {@code pairwise/.<suite>.answers.jsonl}.
 */
record PairwiseRun(RunFolder run, RunFolder other, Suite suite, LoadedSuite loaded, Judge judge) {
    /** Where a suite's details hold it. */
    static final String KEY = "pairwise";

    /**
     * Judges what is not judged yet.
     *
     * @param resume whether a comparison made from the same answers by the same judge is left alone
     * @throws InputException where a run lacks answers or has them to other questions
     */
    void judge(Progress progress, boolean resume) {
        Results results = results(run);
        String opponent = results(other).model();
        if (opponent.equals(results.model())) {
            throw new InputException(
                    "both runs are of '" + opponent + "'", other.path().toString(), "Name the run of another model");
        }
        Map<String, String> own = answers(run);
        Map<String, String> others = answers(other);
        Map<String, String> madeFrom = madeFrom(own, others);
        Path file = journal();
        if (resume && madeFrom.equals(madeFromBefore(results, opponent)) && !Files.exists(file)) {
            return;
        }
        Pairwise pairwise = new Pairwise(judge, opponent);
        List<PairwiseRecord> records;
        Map<String, String> by = Map.of("judge", judge.identity());
        boolean known = resume && Journal.madeFrom(file).filter(by::equals).isPresent();
        try (Journal journal = known ? Journal.resume(file, by) : Journal.create(file, by)) {
            JudgeRun judging = new JudgeRun(journal, progress, suite.name() + " against " + opponent);
            records = pairwise.records(loaded.judgedQuestions(), own, others, judging);
        }
        AtomicFiles.write(run.pairwiseFile(suite.name()), JsonLines.text(withOthers(records, opponent)));
        Pairwise.Summary summary = pairwise.summary(records, madeFrom);
        run.write(with(results, opponent, summary));
        if (summary.judge().failed() == 0 || !judge.mayRecover()) {
            delete(file);
        }
    }

    private Path journal() {
        return run.pairwiseFile("." + suite.name() + ".answers");
    }

    /** Sample id → answer, for every turn of every question. */
    private Map<String, String> answers(RunFolder folder) {
        Path file = folder.samplesFile(suite.name());
        if (!Files.exists(file)) {
            throw new InputException(
                    "the run has no answers to " + suite.name(),
                    folder.path().toString(),
                    "Score it on the suite first, with eval --suites " + suite.name());
        }
        Map<String, SampleRecord> samples = new LinkedHashMap<>();
        try (Stream<SampleRecord> lines = folder.samples(suite.name())) {
            lines.forEach(sample -> samples.put(sample.id(), sample));
        }
        Map<String, String> answers = new LinkedHashMap<>();
        for (JudgedQuestion question : loaded.judgedQuestions()) {
            for (int turn = 1; turn <= question.turns().size(); turn++) {
                String id = question.sampleId(turn);
                answers.put(id, answer(samples, id, question.turns().get(turn - 1), file));
            }
        }
        return answers;
    }

    private static String answer(Map<String, SampleRecord> samples, String id, String question, Path file) {
        SampleRecord sample = samples.get(id);
        if (sample == null || sample.response() == null) {
            throw new InputException(
                    "there is no answer to " + id, file.toString(), "Score both runs on the same questions");
        }
        if (sample.prompt() != null && !sample.prompt().equals(question)) {
            throw new InputException(
                    "the answer to " + id + " is to another question than the suite's",
                    file.toString(),
                    "Score both runs on the same data");
        }
        return sample.response();
    }

    private Map<String, String> madeFrom(Map<String, String> own, Map<String, String> others) {
        Map<String, String> madeFrom = new TreeMap<>();
        madeFrom.put("answers", Sha256.ofText(Json.text(own, false)));
        madeFrom.put("opponent's answers", Sha256.ofText(Json.text(others, false)));
        madeFrom.put("suite", suite.name() + " version " + suite.version());
        madeFrom.put("suite data", loaded.dataSha256());
        madeFrom.put("judge", judge.identity());
        return madeFrom;
    }

    private Map<String, String> madeFromBefore(Results results, String opponent) {
        SuiteResult result = results.suites().get(suite.name());
        if (result != null
                && result.details().get(KEY) instanceof Map<?, ?> all
                && all.get(opponent) instanceof Map<?, ?> summary) {
            return MadeFrom.of(summary);
        }
        return Map.of();
    }

    /** These records after those of other opponents. */
    private List<PairwiseRecord> withOthers(List<PairwiseRecord> records, String opponent) {
        List<PairwiseRecord> all = new ArrayList<>(run.readPairwise().getOrDefault(suite.name(), List.of()));
        all.removeIf(record -> record.opponent().equals(opponent));
        all.addAll(records);
        return all;
    }

    private Results with(Results results, String opponent, Pairwise.Summary summary) {
        SuiteResult before = results.suites().get(suite.name());
        if (before == null) {
            throw new InputException(
                    "results.json does not hold " + suite.name(), run.path().toString(), "Score the run again");
        }
        Map<String, Object> opponents = new LinkedHashMap<>();
        if (before.details().get(KEY) instanceof Map<?, ?> all) {
            all.forEach((name, value) -> opponents.put(String.valueOf(name), value));
        }
        opponents.put(opponent, summary);
        Map<String, Object> details = new LinkedHashMap<>(before.details());
        details.put(KEY, opponents);
        Map<String, SuiteResult> suites = new LinkedHashMap<>(results.suites());
        suites.put(suite.name(), before.withDetails(details));
        return new Results(results.schema(), results.model(), suites);
    }

    private static Results results(RunFolder folder) {
        return folder.readResults()
                .orElseThrow(() -> new InputException(
                        "nothing has been scored there", folder.path().toString(), "Score it first, with eval"));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
