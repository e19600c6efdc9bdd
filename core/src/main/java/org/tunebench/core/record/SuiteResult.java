package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One suite's results for one model: an entry of {@code suites} in results.json.
 *
 * @param version of the suite's rules and data
 * @param n samples scored
 * @param shots few-shot examples before each item, where the suite has them
 * @param chat whether prompts went through the model's chat template
 * @param metrics by name, e.g. {@code acc}
 * @param groups the same per subject, category…
 * @param details counts and settings that explain the numbers (unparsed verdicts, the judge, the data's hash)
 * @param seconds wall time
 * @param tokens tokens sent through the model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SuiteResult(
        String version,
        int n,
        @Nullable Integer shots,
        boolean chat,
        Map<String, Metric> metrics,
        Map<String, Group> groups,
        Map<String, Object> details,
        double seconds,
        long tokens) {

    /** The same with other details. */
    public SuiteResult withDetails(Map<String, Object> newDetails) {
        return new SuiteResult(version, n, shots, chat, metrics, groups, newDetails, seconds, tokens);
    }

    /** The metrics of one group of samples. */
    public record Group(int n, Map<String, Metric> metrics) {}
}
