package org.tunebench.eval.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
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
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;

/**
 * Puts suites to a model and writes what came out: {@code samples/<suite>.jsonl}, then {@code results.json}, after each
 * suite, each file whole or not at all. All data is read and checked before the model is asked anything; it stays in memory,
 * so that one evaluator serves many models. Suites of the same name that results.json already holds are replaced, others
 * stay.
 */
public final class Evaluator {
    private static final double NANOS_A_SECOND = 1e9;

    private final Map<Suite, LoadedSuite> loaded = new LinkedHashMap<>();
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
            loaded.put(request.suite(), request.suite().load(request.options()));
        }
    }

    /**
     * Scores a model.
     *
     * @param out folder for results.json and samples/
     * @return what results.json holds afterwards
     */
    public Results evaluate(LanguageModel model, Path out) {
        Results results = existing(model.name(), out);
        for (Map.Entry<Suite, LoadedSuite> entry : loaded.entrySet()) {
            Engine engine = new Engine(model, progress);
            engine.enter(entry.getKey().name());
            long start = System.nanoTime();
            LoadedSuite.Outcome outcome = entry.getValue().run(engine);
            double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
            SuiteResult result = result(entry.getKey(), entry.getValue(), outcome, seconds, engine.tokens());
            AtomicFiles.write(
                    out.resolve("samples").resolve(entry.getKey().name() + ".jsonl"),
                    JsonLines.text(outcome.samples()));
            results = with(results, entry.getKey().name(), result);
            AtomicFiles.writeJson(out.resolve("results.json"), results);
        }
        return results;
    }

    private static SuiteResult result(
            Suite suite, LoadedSuite loaded, LoadedSuite.Outcome outcome, double seconds, long tokens) {
        return new SuiteResult(
                suite.version(),
                outcome.samples().size(),
                loaded.shots(),
                outcome.chat(),
                outcome.metrics(),
                outcome.groups(),
                outcome.details(),
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
