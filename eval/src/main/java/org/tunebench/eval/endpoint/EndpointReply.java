package org.tunebench.eval.endpoint;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's words, or why there are none.
 *
 * @param cut whether the words end at the limit of tokens
 * @param promptTokens as far as the endpoint tells
 */
public record EndpointReply(
        String text,
        boolean cut,
        @Nullable Failure failure,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens) {
    /**
     * Why there are no words.
     *
     * @param reason in one line, without the key
     * @param status HTTP's, 200 for an answer that says nothing which can be used, 0 where none came
     */
    public record Failure(String reason, int status) {
        public Failure {
            Objects.requireNonNull(reason, "reason");
        }

        /** Whether it is this request that was refused, as too long or not allowed, and another may be answered. */
        public boolean ofRequest() {
            return status == 400 || status == 413 || status == 422;
        }

        /** Whether no request will be answered as things are: a wrong address, key, model or something else than an endpoint. */
        public boolean ofEndpoint() {
            return status == 200 || status == 401 || status == 403 || status == 404 || status == 405;
        }
    }

    public EndpointReply {
        text = Objects.requireNonNullElse(text, "");
    }

    static EndpointReply failed(String reason, int status) {
        return new EndpointReply("", false, new Failure(reason, status), null, null);
    }
}
