package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.SuiteResult;

/**
 * All that decides a suite's results for a model, by name: the model's files, the suite with its version and data, how it was
 * asked, who judged. Results and answers are gone on with only where it is the same. Every option of {@link SuiteOptions} is
 * in it, new ones too.
 */
final class MadeFrom {
    /** Where results.json holds it, in a suite's details. */
    static final String KEY = "made_from";

    private MadeFrom() {}

    static Map<String, String> of(Map<String, String> modelFiles, SuiteRequest request, LoadedSuite loaded) {
        Map<String, String> madeFrom = new TreeMap<>(modelFiles);
        Suite suite = request.suite();
        SuiteOptions options = request.options();
        ObjectNode asked = Json.MAPPER.valueToTree(options.withJudge(null));
        asked.properties()
                .forEach(option ->
                        madeFrom.put(option.getKey(), option.getValue().toString()));
        madeFrom.remove("data"); // known by its digest, wherever it lies
        madeFrom.put(
                "suite",
                suite.name() + " version " + suite.version() + (suite.rules().isEmpty() ? "" : " " + suite.rules()));
        madeFrom.put("shots", String.valueOf(loaded.shots()));
        madeFrom.put("suite data", loaded.dataSha256());
        madeFrom.put("judge", options.judge() == null ? "none" : options.judge().identity());
        return madeFrom;
    }

    /** Of a suite in results.json; empty where it does not say. */
    static Map<String, String> of(SuiteResult result) {
        return result.details() == null ? Map.of() : of(result.details());
    }

    /** Of details that hold it. */
    static Map<String, String> of(Map<?, ?> details) {
        Map<String, String> madeFrom = new TreeMap<>();
        if (details.get(KEY) instanceof Map<?, ?> found) {
            found.forEach((name, value) -> madeFrom.put(String.valueOf(name), String.valueOf(value)));
        }
        return madeFrom;
    }
}
