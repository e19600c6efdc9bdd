package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A task of the harness as a suite of ours, or as a group of one.
 *
 * @param group empty where the task is the whole suite
 * @param metrics the harness's name of a metric, with its filter where that is not {@code none} → ours, where they differ
 * @param sharesItems whether the suite numbers its items as the harness does, so that they can be matched
 */
record HarnessTask(String task, String suite, String group, Map<String, String> metrics, boolean sharesItems) {

    static HarnessTask of(String task, JsonNode config) {
        String subject = config.path("dataset_name").asText("");
        if (!subject.isEmpty()
                && task.equals("mmlu_" + subject)
                && config.path("dataset_path").asText("").contains("mmlu")) {
            return new HarnessTask(task, "mmlu", subject, Map.of(), true);
        }
        return switch (task) {
            case "hellaswag" -> new HarnessTask(task, task, "", Map.of(), true);
            case "gsm8k" ->
                new HarnessTask(
                        task,
                        task,
                        "",
                        Map.of(
                                "exact_match,strict-match",
                                "exact_match_strict",
                                "exact_match,flexible-extract",
                                "exact_match_flexible"),
                        true);
            case "truthfulqa_mc2" -> new HarnessTask(task, "truthfulqa_mc", "", Map.of("acc", "mc2"), true);
            default -> new HarnessTask(task, task, "", Map.of(), false);
        };
    }

    /**
     * A metric's name.
     *
     * @param main the filter whose numbers stand for the task; metrics of others keep theirs
     */
    String metric(String harness, String filter, String main) {
        String filtered = harness + "," + filter;
        return metrics.getOrDefault(
                filter.equals("none") ? harness : filtered, filter.equals(main) ? harness : filtered);
    }

    /** Of an item by its place in the data, from 0; where ids are not shared, what it says counts too. */
    String id(String docId, String docHash) {
        String place = group.isEmpty() ? docId : group + "/" + docId;
        return sharesItems || docHash.isEmpty()
                ? place
                : place + "-" + docHash.substring(0, Math.min(8, docHash.length()));
    }
}
