package org.tunebench.eval.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.judge.Judge;

/**
 * Puts suites to a model and writes what came out: {@code samples/<suite>.jsonl}, then {@code results.json}, after each
 * suite, each file whole or not at all. All data is read and checked before the model is asked anything; it stays in memory,
 * so that one evaluator serves many models. Suites of the same name that results.json already holds are replaced, others
 * stay.
 */
public final class Evaluator {
    private final Map<SuiteRequest, LoadedSuite> loaded = new LinkedHashMap<>();
    private final Progress progress;

    /**
     * Loads the suites.
     *
     * @throws InputException where a suite's data or options cannot be used, or two suites share a name
     */
    public Evaluator(List<SuiteRequest> requests, Progress progress) {
        this.progress = progress;
        Set<String> names = new HashSet<>();
        for (SuiteRequest request : requests) {
            if (!names.add(request.suite().name())) {
                throw new InputException(
                        "suite " + request.suite().name() + " is asked for twice", "suites", "Name it once");
            }
            loaded.put(request, request.suite().load(request.options()));
        }
    }

    /**
     * Refuses answers made elsewhere that do not fit the suites.
     *
     * @throws InputException with file and line
     */
    public void requireAnswered(ResponsesFile responses) {
        loaded.forEach((request, items) -> responses.requireFor(request.suite(), items));
    }

    /**
     * Scores a model that is not known by its files: nothing can be gone on with.
     *
     * @param out folder for results.json and samples/
     * @return what results.json holds afterwards
     */
    public Results evaluate(LanguageModel model, Path out) {
        Results results = existing(model.name(), out);
        for (Map.Entry<SuiteRequest, LoadedSuite> entry : loaded.entrySet()) {
            results = run(entry.getKey().suite(), entry.getValue(), model, Journal.none(), out, results, Map.of());
        }
        return results;
    }

    /**
     * Scores a model, each answer kept on disk until its suite is done.
     *
     * @param modelFiles digests of the model's files and whatever else decides its answers, by name
     * @param out folder for results.json and samples/
     * @param resume whether suites that results.json holds are left alone, and answers that a killed process has left are
     *     taken
     * @return what results.json holds afterwards
     * @throws InputException where what is to be gone on with was made from something else
     */
    public Results evaluate(LanguageModel model, Map<String, String> modelFiles, Path out, boolean resume) {
        if (resume) {
            requireResumable(model, modelFiles, out);
        }
        Results results = existing(model.name(), out);
        for (Map.Entry<SuiteRequest, LoadedSuite> entry : loaded.entrySet()) {
            Suite suite = entry.getKey().suite();
            SuiteRun run = suiteRun(entry.getKey(), entry.getValue(), modelFiles, out);
            if (resume && run.isFinished(results)) {
                continue;
            }
            try (Journal journal = resume ? run.resume() : run.begin()) {
                results = run(
                        suite, entry.getValue(), model, journal, out, results, Map.of(MadeFrom.KEY, run.madeFrom()));
            }
            run.forgetAnswers(results);
        }
        return results;
    }

    /**
     * Refuses what {@link #evaluate(LanguageModel, Map, Path, boolean)} could not go on with; for before anything is changed.
     *
     * @throws InputException that says how what is there was made otherwise
     */
    public void requireResumable(LanguageModel model, Map<String, String> modelFiles, Path out) {
        Results results = existing(model.name(), out);
        loaded.forEach(
                (request, data) -> suiteRun(request, data, modelFiles, out).requireSame(results));
    }

    private static SuiteRun suiteRun(SuiteRequest request, LoadedSuite data, Map<String, String> modelFiles, Path out) {
        Judge judge = request.options().judge();
        return new SuiteRun(
                out,
                request.suite().name(),
                MadeFrom.of(modelFiles, request, data),
                judge != null && judge.mayRecover());
    }

    /**
     * Compares a run's answers with another run's, for every suite here that has open answers and a judge.
     *
     * @param run a folder that {@link #evaluate} has filled
     * @param resume whether comparisons that are there are left alone, and verdicts that a killed process has left are taken
     * @throws InputException where one of the runs has no answers to one of them
     */
    public void compare(RunFolder run, RunFolder other, boolean resume) {
        for (Map.Entry<SuiteRequest, LoadedSuite> entry : loaded.entrySet()) {
            Judge judge = entry.getKey().options().judge();
            if (judge != null && !entry.getValue().judgedQuestions().isEmpty()) {
                new PairwiseRun(run, other, entry.getKey().suite(), entry.getValue(), judge).judge(progress, resume);
            }
        }
    }

    /** Whether one of the suites has open answers and a judge. */
    public boolean isComparable() {
        return loaded.entrySet().stream()
                .anyMatch(entry -> entry.getKey().options().judge() != null
                        && !entry.getValue().judgedQuestions().isEmpty());
    }

    private Results run(
            Suite suite,
            LoadedSuite data,
            LanguageModel model,
            Journal journal,
            Path out,
            Results before,
            Map<String, Object> details) {
        Engine engine = new Engine(model, progress, journal);
        engine.enter(suite.name());
        LoadedSuite.Outcome outcome = data.run(engine);
        Map<String, Object> added = new LinkedHashMap<>(details);
        ChatTemplate template = model.chatTemplate();
        if (outcome.chat() && template != null) {
            added.put("template_sha256", Sha256.ofText(template.source()));
        }
        SuiteResult result = result(suite, data, outcome, journal.seconds(), engine.tokens(), added);
        delete(out.resolve("pairwise").resolve(suite.name() + ".jsonl")); // it compares answers that are no more
        AtomicFiles.write(out.resolve("samples").resolve(suite.name() + ".jsonl"), JsonLines.text(outcome.samples()));
        Results results = with(before, suite.name(), result);
        AtomicFiles.writeJson(out.resolve("results.json"), results);
        return results;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static SuiteResult result(
            Suite suite,
            LoadedSuite loaded,
            LoadedSuite.Outcome outcome,
            double seconds,
            long tokens,
            Map<String, Object> details) {
        Map<String, Object> all = new LinkedHashMap<>(outcome.details());
        if (suite instanceof OwnSuite) {
            Map<String, Double> clustered = Summary.clusteredErrors(outcome.samples());
            if (!clustered.isEmpty()) {
                all.put("clustered_stderr", clustered);
            }
        }
        all.putAll(details);
        return new SuiteResult(
                suite.version(),
                outcome.samples().size(),
                loaded.shots(),
                outcome.chat(),
                outcome.metrics(),
                outcome.groups(),
                all,
                seconds,
                tokens);
    }

    private static Results with(Results results, String suite, SuiteResult result) {
        Map<String, SuiteResult> suites = new LinkedHashMap<>(results.suites());
        suites.put(suite, result);
        return new Results(Results.SCHEMA, results.model(), suites);
    }

    private static Results existing(String model, Path out) {
        Path file = out.resolve("results.json");
        if (!Files.exists(file)) {
            return new Results(Results.SCHEMA, model, Map.of());
        }
        String mend = "Name another output folder";
        Results results;
        try {
            results = Json.MAPPER.readValue(file.toFile(), Results.class);
        } catch (JsonProcessingException e) {
            throw new InputException("not a results.json: " + e.getOriginalMessage(), file.toString(), mend, e);
        } catch (IOException e) {
            throw new InputException("the file cannot be read", file.toString(), mend, e);
        }
        if (results.schema() != Results.SCHEMA) {
            throw new InputException(
                    "schema " + results.schema() + ", expected " + Results.SCHEMA, file.toString(), mend);
        }
        if (!results.model().equals(model)) {
            throw new InputException(
                    "it holds results of model '" + results.model() + "', not of '" + model + "'",
                    file.toString(),
                    mend);
        }
        return results;
    }
}
