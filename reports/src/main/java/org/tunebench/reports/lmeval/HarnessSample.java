package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;

/** One line of a samples file. */
final class HarnessSample {
    private HarnessSample() {}

    static SampleRecord of(JsonNode line, HarnessSamples.Source source) {
        if (!line.hasNonNull("doc_id")) {
            throw new InputException(
                    "a sample without doc_id", source.file().toString(), "Run lm_eval with --log_samples again");
        }
        HarnessTask task = source.task();
        List<JsonNode> requests = requests(line.path("arguments"));
        boolean choices = requests.size() > 1
                && requests.stream().allMatch(request -> second(request).isTextual());
        List<Double> logLikelihoods = choices ? logLikelihoods(line.path("resps")) : null;
        return new SampleRecord(
                task.id(line.get("doc_id").asText(), line.path("doc_hash").asText("")),
                task.group().isEmpty() ? null : task.group(),
                requests.isEmpty() ? null : first(requests.get(0)).asText(),
                choices
                        ? requests.stream()
                                .map(request -> second(request).asText().strip())
                                .toList()
                        : null,
                logLikelihoods,
                null,
                choices ? null : line.path("resps").path(0).path(0).asText(""),
                logLikelihoods == null ? text(line.path("filtered_resps").path(0)) : largest(logLikelihoods),
                target(line.path("target"), choices),
                scores(line, source),
                null);
    }

    /** An object {@code gen_args_0 …} of objects {@code arg_0 …}; in older files a list of lists. */
    private static List<JsonNode> requests(JsonNode arguments) {
        List<JsonNode> requests = new ArrayList<>();
        arguments.elements().forEachRemaining(requests::add);
        return requests;
    }

    private static JsonNode first(JsonNode request) {
        return request.isArray() ? request.path(0) : request.path("arg_0");
    }

    private static JsonNode second(JsonNode request) {
        return request.isArray() ? request.path(1) : request.path("arg_1");
    }

    /** One response a request, each a pair of log-likelihood and whether greedy decoding gives it. */
    private static List<Double> logLikelihoods(JsonNode responses) {
        List<Double> values = new ArrayList<>();
        responses.forEach(response -> values.add(response.path(0).path(0).asDouble(Double.NaN)));
        return values;
    }

    private static int largest(List<Double> values) {
        int largest = 0;
        for (int i = 1; i < values.size(); i++) {
            largest = values.get(i) > values.get(largest) ? i : largest;
        }
        return largest;
    }

    private static @Nullable Object target(JsonNode target, boolean choices) {
        String text = target.asText("");
        return choices && text.matches("\\d{1,4}") ? Integer.valueOf(text) : text(target);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.isValueNode() ? node.asText() : node.toString();
    }

    private static Map<String, Double> scores(JsonNode line, HarnessSamples.Source source) {
        Map<String, Double> scores = new LinkedHashMap<>();
        line.path("metrics").forEach(name -> {
            JsonNode score = line.path(name.asText());
            if (score.isNumber() || score.isBoolean()) {
                scores.put(
                        source.task().metric(name.asText(), source.filter(), source.filter()),
                        score.isBoolean() ? (score.asBoolean() ? 1.0 : 0.0) : score.asDouble());
            }
        });
        return scores;
    }
}
