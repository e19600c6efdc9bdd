package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score that never travels alone.
 *
 * @param value in the metric's own unit
 * @param stderr standard error of the value, absent where it cannot be estimated (one sample)
 * @param ci95 95 % interval as {@code [lo, hi]}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metric(
        double value,
        @Nullable Double stderr,
        @JsonProperty("ci95") @Nullable List<Double> ci95) {}
