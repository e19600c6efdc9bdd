package org.tunebench.eval.engine;

/**
 * A text and the text whose log-likelihood after it is asked for.
 *
 * @param context may be empty
 * @param continuation not empty
 */
public record TextRequest(String context, String continuation) {
    public TextRequest {
        if (continuation.isEmpty()) {
            throw new IllegalArgumentException("the continuation is empty");
        }
    }
}
