package org.tunebench.eval.judge;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Judgment;

/**
 * A model behind an OpenAI-compatible chat completions endpoint as judge: temperature 0, FastChat's prompts. Where it is and
 * who asks comes from the environment only: {@code TUNEBENCH_JUDGE_BASE_URL}, {@code TUNEBENCH_JUDGE_MODEL},
 * {@code TUNEBENCH_JUDGE_API_KEY} (may be left out for an endpoint without keys). The client repeats a request that failed
 * in passing, with growing pauses; what still fails is a judgment without rating that says why.
 */
public final class OpenAiJudge implements Judge, AutoCloseable {
    static final String BASE_URL = "TUNEBENCH_JUDGE_BASE_URL";
    static final String MODEL = "TUNEBENCH_JUDGE_MODEL";
    static final String API_KEY = "TUNEBENCH_JUDGE_API_KEY";

    private static final int MAX_TOKENS = 2048;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int RETRIES = 4;

    private final OpenAIClient client;
    private final String model;

    OpenAiJudge(OpenAIClient client, String model) {
        this.client = client;
        this.model = model;
    }

    /**
     * The judge that the environment names.
     *
     * @throws InputException where a variable is missing
     */
    public static OpenAiJudge fromEnvironment(Map<String, String> environment) {
        String model = require(environment, MODEL);
        return new OpenAiJudge(
                OpenAIOkHttpClient.builder()
                        .baseUrl(requireAddress(environment))
                        .apiKey(environment.getOrDefault(API_KEY, "none"))
                        .timeout(TIMEOUT)
                        .maxRetries(RETRIES)
                        .disableTelemetry(true)
                        .build(),
                model);
    }

    private static String requireAddress(Map<String, String> environment) {
        String address = require(environment, BASE_URL);
        if (!address.matches("https?://[^/\\s]+\\S*")) {
            throw new InputException(
                    BASE_URL + " is '" + address + "', which is no web address",
                    "judge openai",
                    "Write it with http:// or https://");
        }
        return address;
    }

    private static String require(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new InputException(
                    "the environment variable " + variable + " is not set",
                    "judge openai",
                    "Set " + BASE_URL + ", " + MODEL + " and, where the endpoint wants one, " + API_KEY);
        }
        return value;
    }

    @Override
    public String name() {
        return model;
    }

    @Override
    public String identity() {
        return name();
    }

    @Override
    public boolean wantsAllReferences() {
        return false;
    }

    @Override
    public List<Judgment> judge(List<Exchange> exchanges) {
        return exchanges.stream().map(this::judge).toList();
    }

    private Judgment judge(Exchange exchange) {
        JudgePrompt prompt = JudgePrompt.of(exchange);
        ChatCompletionCreateParams request = ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage(prompt.systemPrompt())
                .addUserMessage(prompt.fill(exchange))
                .temperature(0)
                .maxTokens(MAX_TOKENS)
                .build();
        try {
            ChatCompletion answer = client.chat().completions().create(request);
            Optional<String> text = answer.choices().stream()
                    .findFirst()
                    .flatMap(c -> c.message().content());
            if (text.isEmpty()) {
                return Judgments.failed(name(), prompt.name(), "the endpoint's answer holds no text");
            }
            CompletionUsage usage = answer.usage().orElse(null);
            return Judgments.of(
                    name(),
                    prompt.name(),
                    text.get(),
                    usage == null ? null : usage.promptTokens(),
                    usage == null ? null : usage.completionTokens());
        } catch (OpenAIException e) {
            return Judgments.failed(name(), prompt.name(), e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
