package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of samples/&lt;suite&gt;.jsonl. Keys that do not apply are left out.
 *
 * @param id unique within the suite and the same for every model, so that models can be compared item by item
 * @param group subject, category, relation…
 * @param loglikelihoods natural logarithms, one a choice
 * @param choiceTokens tokens of each choice
 * @param response what the model answered; the first of several
 * @param responses all answers, where an item was answered several times (pass@k)
 * @param prediction the chosen index (multiple choice) or the extracted answer
 * @param target the right index, or the reference answer
 * @param scores metric name → this sample's value
 * @param flags what is odd about it: {@code truncated}, {@code unparsed}, {@code tie}…
 * @param judgment what the judge said, where one was asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SampleRecord(
        String id,
        @Nullable String group,
        @Nullable String prompt,
        @Nullable List<String> choices,
        @Nullable List<Double> loglikelihoods,
        @Nullable List<Integer> choiceTokens,
        @Nullable String response,
        @Nullable List<SampledResponse> responses,
        @Nullable Object prediction,
        @Nullable Object target,
        Map<String, Double> scores,
        @Nullable List<String> flags,
        @Nullable Judgment judgment) {

    /**
     * One of several answers to an item.
     *
     * @param verdict how it fared, e.g. {@code passed}, {@code failed}, {@code timed_out}
     * @param message why, in one line; absent where there is nothing to say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SampledResponse(
            String response, String verdict, @Nullable String message) {}

    /** A sample answered once. */
    public SampleRecord(
            String id,
            @Nullable String group,
            @Nullable String prompt,
            @Nullable List<String> choices,
            @Nullable List<Double> loglikelihoods,
            @Nullable List<Integer> choiceTokens,
            @Nullable String response,
            @Nullable Object prediction,
            @Nullable Object target,
            Map<String, Double> scores,
            @Nullable List<String> flags,
            @Nullable Judgment judgment) {
        this(
                id,
                group,
                prompt,
                choices,
                loglikelihoods,
                choiceTokens,
                response,
                null,
                prediction,
                target,
                scores,
                flags,
                judgment);
    }

    /** A sample that no judge was asked about. */
    public SampleRecord(
            String id,
            @Nullable String group,
            @Nullable String prompt,
            @Nullable List<String> choices,
            @Nullable List<Double> loglikelihoods,
            @Nullable List<Integer> choiceTokens,
            @Nullable String response,
            @Nullable Object prediction,
            @Nullable Object target,
            Map<String, Double> scores,
            @Nullable List<String> flags) {
        this(
                id,
                group,
                prompt,
                choices,
                loglikelihoods,
                choiceTokens,
                response,
                prediction,
                target,
                scores,
                flags,
                null);
    }
}
