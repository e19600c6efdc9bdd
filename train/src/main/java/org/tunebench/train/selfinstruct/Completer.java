package org.tunebench.train.selfinstruct;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that goes on with texts. The caller connects it to a checkpoint or an endpoint. */
public interface Completer {
    /** The model's name in the lineage. */
    String model();

    /** Whether the model's context has room for a prompt and an answer, as far as that is known. */
    boolean fits(CompletionRequest request);

    /**
     * One completion a request, in order. A model that cannot be asked at all ends the run with an exception.
     *
     * @param requests none of which was asked before in this run
     */
    List<Completion> complete(List<CompletionRequest> requests);

    /** What so many tokens cost; null where nobody says. */
    @Nullable
    Double cost(long promptTokens, long completionTokens);
}
