package org.tunebench.reports.samples;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SampleRecord.SampledResponse;
import org.tunebench.reports.run.SuiteMetric;

/**
 * What one run made of one item.
 *
 * @param score by the suite's metric, in the unit of differences; absent where the sample has none
 * @param responses all of them, where the item was answered several times
 * @param prompt where it differs from the first run's
 */
record Answer(
        @Nullable Double score,
        @Nullable Object prediction,
        @Nullable List<Double> logLikelihoods,
        @Nullable String response,
        List<SampledResponse> responses,
        List<String> flags,
        @Nullable Judgment judgment,
        @Nullable String prompt) {

    static Answer of(SampleRecord sample, SuiteMetric metric, Item item) {
        var score = metric.itemScore(Objects.requireNonNullElse(sample.scores(), Map.of()));
        return new Answer(
                score.isPresent() ? score.getAsDouble() : null,
                sample.prediction(),
                sample.loglikelihoods(),
                sample.response(),
                Objects.requireNonNullElse(sample.responses(), List.of()),
                Objects.requireNonNullElse(sample.flags(), List.of()),
                sample.judgment(),
                Objects.equals(sample.prompt(), item.prompt()) ? null : sample.prompt());
    }
}
