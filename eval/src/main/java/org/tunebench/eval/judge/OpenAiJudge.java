package org.tunebench.eval.judge;

import com.fasterxml.jackson.core.type.TypeReference;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tunebench.eval.engine.Question;

/**
 * A model behind an OpenAI-compatible chat completions endpoint as judge: temperature 0, FastChat's prompts, several requests
 * at a time. {@link Endpoint} says which environment variables tell where it is; the address and the key are written nowhere.
 * What still fails after several attempts is a judgment without rating that says why, and is asked for again when the run is
 * gone on with; any other judgment is kept as soon as it is there.
 */
public final class OpenAiJudge implements PromptedJudge {
    private static final TypeReference<Reply> REPLY = new TypeReference<>() {};

    private final OpenAIClient client;
    private final Endpoint endpoint;
    private final Attempts attempts;

    OpenAiJudge(Endpoint endpoint, Pacing pacing) {
        this.endpoint = endpoint;
        this.client = OpenAIOkHttpClient.builder()
                .baseUrl(endpoint.baseUrl())
                .apiKey(endpoint.apiKey())
                .timeout(endpoint.timeout())
                .maxRetries(0)
                .disableTelemetry(true)
                .build();
        this.attempts = new Attempts(client, endpoint, pacing);
    }

    /**
     * The judge that the environment names.
     *
     * @throws org.tunebench.core.input.InputException where a variable is missing or holds what it cannot
     */
    public static OpenAiJudge fromEnvironment(Map<String, String> environment) {
        Endpoint endpoint = Endpoint.of(environment);
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
        Endpoint.Prices prices = endpoint.prices();
        return prices == null ? null : prices.cost(promptTokens, completionTokens);
    }

    @Override
    public List<Reply> ask(List<Asked> prompts, JudgeRun run) {
        ExecutorService threads = Executors.newFixedThreadPool(endpoint.inFlight(), work -> {
            Thread thread = new Thread(work, "judge");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Reply>> pending = prompts.stream()
                    .map(p -> threads.submit(() -> known(p, run)))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : pending) {
                replies.add(reply.get());
                run.progress().report(run.stage(), replies.size(), pending.size());
            }
            return replies;
        } catch (ExecutionException e) {
            throw new IllegalStateException("judge " + name() + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Reply known(Asked prompt, JudgeRun run) {
        Question question = new Question("judge")
                .text(name())
                .text(prompt.template())
                .text(prompt.system())
                .text(prompt.user());
        return run.journal().answer(question, REPLY, reply -> reply.text() != null, () -> attempts.ask(prompt));
    }

    @Override
    public void close() {
        client.close();
    }
}
