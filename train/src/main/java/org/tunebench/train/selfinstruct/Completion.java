package org.tunebench.train.selfinstruct;

import org.jspecify.annotations.Nullable;

/**
 * What a model wrote.
 *
 * @param cut whether it ends at the limit of tokens and not of its own accord
 * @param refusal why there is no text, or null; a refusal is final
 * @param promptTokens as far as the model tells
 */
public record Completion(
        String text,
        boolean cut,
        @Nullable String refusal,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens) {
    public static Completion refused(String why) {
        return new Completion("", false, why, null, null);
    }
}
