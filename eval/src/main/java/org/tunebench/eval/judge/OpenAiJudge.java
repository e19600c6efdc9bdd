package org.tunebench.eval.judge;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.eval.endpoint.Endpoint;
import org.tunebench.eval.endpoint.EndpointClient;
import org.tunebench.eval.endpoint.EndpointReply;
import org.tunebench.eval.endpoint.EndpointRequest;
import org.tunebench.eval.endpoint.Pacing;
import org.tunebench.eval.engine.Question;

/**
 * A model behind an OpenAI-compatible chat completions endpoint as judge: temperature 0, FastChat's prompts, several requests
 * at a time. {@link Endpoint} says which environment variables tell where it is; the address and the key are written nowhere.
 * What still fails after several attempts is a judgment without rating that says why, and is asked for again when the run is
 * gone on with; any other judgment is kept as soon as it is there.
 */
public final class OpenAiJudge implements PromptedJudge {
    /** Of the environment variables. */
    static final String PREFIX = "TUNEBENCH_JUDGE";

    /** As FastChat asks. */
    private static final int MAX_TOKENS = 2048;

    private static final TypeReference<Reply> REPLY = new TypeReference<>() {};

    private final Endpoint endpoint;
    private final EndpointClient client;

    OpenAiJudge(Endpoint endpoint, Pacing pacing) {
        this.endpoint = endpoint;
        this.client = new EndpointClient(endpoint, pacing);
    }

    /**
     * The judge that the environment names.
     *
     * @throws org.tunebench.core.input.InputException where a variable is missing or holds what it cannot
     */
    public static OpenAiJudge fromEnvironment(Map<String, String> environment) {
        Endpoint endpoint = Endpoint.of(environment, PREFIX, "judge openai");
        return new OpenAiJudge(endpoint, Pacing.shared(endpoint.requestsPerMinute()));
    }

    @Override
    public String name() {
        return endpoint.model();
    }

    @Override
    public String identity() {
        return name();
    }

    @Override
    public boolean mayRecover() {
        return true;
    }

    @Override
    public @Nullable Double cost(long promptTokens, long completionTokens) {
        return endpoint.cost(promptTokens, completionTokens);
    }

    @Override
    public List<Reply> ask(List<Asked> prompts, JudgeRun run) {
        return client.each(
                prompts,
                prompt -> known(prompt, run),
                done -> run.progress().report(run.stage(), done, prompts.size()));
    }

    private Reply known(Asked prompt, JudgeRun run) {
        Question question = new Question("judge")
                .text(name())
                .text(prompt.template())
                .text(prompt.system())
                .text(prompt.user());
        return run.journal().answer(question, REPLY, reply -> reply.text() != null, () -> asked(prompt));
    }

    private Reply asked(Asked prompt) {
        EndpointReply reply =
                client.ask(EndpointRequest.turn(prompt.user(), MAX_TOKENS).withSystem(prompt.system()));
        return reply.failure() == null
                ? new Reply(reply.text(), null, reply.promptTokens(), reply.completionTokens())
                : Reply.failed(reply.failure().reason());
    }

    @Override
    public void close() {
        client.close();
    }
}
