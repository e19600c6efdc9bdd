package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a judge said of one answer, kept whole in the sample's record.
 *
 * @param judge which judge
 * @param template the prompt's name, or the rule that the judge follows
 * @param text the judge's own words
 * @param rating 1 to 10; absent where the words hold no rating or the judge failed
 * @param failure why there are no words, where there are none
 * @param promptTokens sent to the judge, where it says so
 * @param completionTokens written by the judge, where it says so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judgment(
        String judge,
        String template,
        @Nullable String text,
        @Nullable Double rating,
        @Nullable String failure,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens) {}
