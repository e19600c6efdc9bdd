package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of train/examples.jsonl: an example that is trained on. One that was split for its length has several lines.
 *
 * @param id file name and line of its record, e.g. {@code alpaca.json:17}
 * @param source index of its file in run.json's data
 * @param line line of the file at which its record begins, counted from 1
 * @param task where the data names one
 * @param category where one is given
 * @param template the instruction template that was drawn for it, where there are any
 * @param scores filter → the score that it gave
 * @param tokens its length
 * @param supervisedTokens its targets
 * @param prompt how what was asked begins; absent in raw text
 * @param response how what was answered begins, or the raw text
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExampleRecord(
        String id,
        int source,
        int line,
        @Nullable String task,
        @Nullable String category,
        @Nullable String template,
        Map<String, Double> scores,
        int tokens,
        int supervisedTokens,
        @Nullable String prompt,
        @Nullable String response) {

    public ExampleRecord {
        scores = scores == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(scores));
    }
}
