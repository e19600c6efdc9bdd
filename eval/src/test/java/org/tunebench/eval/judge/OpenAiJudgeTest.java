package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Sleeper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Judgment;

/** Against a server in this process; no request leaves it, and pauses between retries take no time. */
class OpenAiJudgeTest {
    private static final Exchange EXCHANGE = new Exchange(List.of("Why?"), List.of("So."), List.of());
    private static final String ANSWER = """
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
             "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
                          "message": {"role": "assistant", "content": "Good. [[9]]", "refusal": null}}],
             "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}
            """;

    private final Deque<Map.Entry<Integer, String>> answers = new ArrayDeque<>();
    private final List<JsonNode> requests = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", http -> {
            requests.add(Json.MAPPER.readTree(http.getRequestBody()));
            keys.add(String.valueOf(http.getRequestHeaders().getFirst("Authorization")));
            Map.Entry<Integer, String> answer = answers.size() > 1 ? answers.pop() : answers.peek();
            byte[] body = answer.getValue().getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders()
                    .add("Content-Type", answer.getValue().startsWith("<") ? "text/html" : "application/json");
            http.sendResponseHeaders(answer.getKey(), body.length);
            http.getResponseBody().write(body);
            http.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String baseUrl() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/v1";
    }

    private Judgment ask() {
        try (OpenAiJudge judge = new OpenAiJudge(
                OpenAIOkHttpClient.builder()
                        .baseUrl(baseUrl())
                        .apiKey("k")
                        .maxRetries(2)
                        .sleeper(new NoSleep())
                        .disableTelemetry(true)
                        .build(),
                "m")) {
            return judge.judge(List.of(EXCHANGE)).get(0);
        }
    }

    private static final class NoSleep implements Sleeper {
        @Override
        public void sleep(Duration duration) {}

        @Override
        public CompletableFuture<Void> sleepAsync(Duration duration) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }

    @Test
    void judge_fromTheEnvironment_sendsFastChatsPromptAtTemperature0() {
        answers.add(Map.entry(200, ANSWER));
        try (OpenAiJudge judge = OpenAiJudge.fromEnvironment(
                Map.of(OpenAiJudge.BASE_URL, baseUrl(), OpenAiJudge.MODEL, "m", OpenAiJudge.API_KEY, "secret"))) {
            Judgment judgment = judge.judge(List.of(EXCHANGE)).get(0);
            assertThat(judgment).isEqualTo(new Judgment("m", "single-v1", "Good. [[9]]", 9.0, null, 12L, 3L));
        }
        JsonNode request = requests.get(0);
        assertThat(request.get("model").asText()).isEqualTo("m");
        assertThat(request.get("temperature").asDouble()).isZero();
        assertThat(request.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(request.at("/messages/1/content").asText()).contains("[Question]\nWhy?");
        assertThat(keys).containsExactly("Bearer secret");
    }

    @Test
    void judge_passingFailures_areRetried() {
        answers.add(Map.entry(429, "{\"error\": {\"message\": \"slow down\"}}"));
        answers.add(Map.entry(503, "<html>busy</html>"));
        answers.add(Map.entry(200, ANSWER));
        assertThat(ask().rating()).isEqualTo(9);
        assertThat(requests).hasSize(3);
    }

    @Test
    void judge_lastingFailure_isAJudgmentThatSaysWhy() {
        answers.add(Map.entry(500, "{}"));
        Judgment judgment = ask();
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.text()).isNull();
        assertThat(judgment.failure()).contains("InternalServerException").contains("500");
        assertThat(requests).hasSize(3);
    }

    @Test
    void judge_wrongKey_isNotRetried() {
        answers.add(Map.entry(401, "{\"error\": {\"message\": \"wrong key\"}}"));
        assertThat(ask().failure()).contains("UnauthorizedException");
        assertThat(requests).hasSize(1);
    }

    @Test
    void judge_rubbish_isAJudgmentThatSaysWhy() {
        answers.add(Map.entry(200, "<html>hello</html>"));
        assertThat(ask().failure()).isNotEmpty();
        answers.clear();
        answers.add(Map.entry(200, "{\"choices\": []}"));
        assertThat(ask().failure()).isNotEmpty();
        answers.clear();
        answers.add(Map.entry(200, "{}"));
        assertThat(ask().failure()).isNotEmpty();
    }

    @Test
    void judge_noRatingInTheWords_keepsTheWords() {
        answers.add(Map.entry(200, ANSWER.replace("[[9]]", "very good")));
        Judgment judgment = ask();
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.text()).isEqualTo("Good. very good");
    }

    @Test
    void fromEnvironment_missingVariable_isNamed() {
        assertThatThrownBy(() -> OpenAiJudge.fromEnvironment(Map.of(OpenAiJudge.BASE_URL, "x")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("TUNEBENCH_JUDGE_MODEL is not set");
        assertThatThrownBy(() ->
                        OpenAiJudge.fromEnvironment(Map.of(OpenAiJudge.BASE_URL, "localhost", OpenAiJudge.MODEL, "m")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'localhost', which is no web address");
    }
}
