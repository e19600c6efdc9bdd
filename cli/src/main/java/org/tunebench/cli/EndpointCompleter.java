package org.tunebench.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.eval.endpoint.Endpoint;
import org.tunebench.eval.endpoint.EndpointClient;
import org.tunebench.eval.endpoint.EndpointReply;
import org.tunebench.eval.endpoint.EndpointReply.Failure;
import org.tunebench.eval.endpoint.EndpointRequest;
import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Question;
import org.tunebench.train.selfinstruct.Completer;
import org.tunebench.train.selfinstruct.Completion;
import org.tunebench.train.selfinstruct.CompletionRequest;
import org.tunebench.train.selfinstruct.Decoding;

/**
 * A model behind an OpenAI-compatible endpoint that completes prompts: as texts (completions), or as a user's turn (chat
 * completions). Every answer is kept as soon as it is there. A request that is refused for itself is an answer, once another
 * has been answered; any other failure ends the run, which can be gone on with.
 */
final class EndpointCompleter implements Completer {
    /** Of the environment variables. */
    static final String PREFIX = "TUNEBENCH_GENERATOR";

    private static final TypeReference<Completion> COMPLETION = new TypeReference<>() {};

    private final Endpoint endpoint;
    private final EndpointClient client;
    private final boolean chat;
    private final Journal journal;
    private final AtomicBoolean answers = new AtomicBoolean();

    /**
     * @param client of the endpoint; closed by the caller
     * @param journal where answers are kept, and taken from where it knows them
     */
    EndpointCompleter(Endpoint endpoint, EndpointClient client, boolean chat, Journal journal) {
        this.endpoint = endpoint;
        this.client = client;
        this.chat = chat;
        this.journal = journal;
    }

    @Override
    public String model() {
        return endpoint.model();
    }

    /** Nobody says how much the model has room for; what is too long it refuses. */
    @Override
    public boolean fits(CompletionRequest request) {
        return true;
    }

    @Override
    public List<Completion> complete(List<CompletionRequest> requests) {
        return client.each(requests, this::known, done -> {});
    }

    private Completion known(CompletionRequest request) {
        Question question = new Question("complete")
                .text(endpoint.model())
                .text(request.id())
                .text(request.prompt())
                .text(Json.text(request.decoding(), false));
        Completion completion = journal.answer(question, COMPLETION, () -> asked(request));
        if (completion.refusal() == null) {
            answers.set(true);
        }
        return completion;
    }

    private Completion asked(CompletionRequest request) {
        Decoding decoding = request.decoding();
        EndpointReply reply = client.ask(new EndpointRequest(
                chat,
                null,
                request.prompt(),
                decoding.maxTokens(),
                decoding.temperature(),
                decoding.topP(),
                decoding.presencePenalty(),
                decoding.stops(),
                true));
        if (reply.failure() == null) {
            return new Completion(reply.text(), reply.cut(), null, reply.promptTokens(), reply.completionTokens());
        }
        return refused(request, reply.failure());
    }

    private Completion refused(CompletionRequest request, Failure failure) {
        if (failure.ofRequest() && answers.get()) {
            return Completion.refused(failure.reason());
        }
        if (failure.ofRequest() || failure.ofEndpoint()) {
            throw new InputException(
                    failure.reason(),
                    "endpoint, request " + request.id(),
                    "Check " + PREFIX + "_BASE_URL (up to /v1), " + PREFIX + "_MODEL and " + PREFIX + "_API_KEY, and "
                            + (chat
                                    ? "leave --chat out for an endpoint without chats"
                                    : "give --chat for an endpoint that only chats")
                            + "; what was answered is kept for --resume");
        }
        throw new IllegalStateException("the endpoint gave no answer to request " + request.id() + ": "
                + failure.reason() + "; what was answered is kept for --resume");
    }

    @Override
    public @Nullable Double cost(long promptTokens, long completionTokens) {
        return endpoint.cost(promptTokens, completionTokens);
    }
}
