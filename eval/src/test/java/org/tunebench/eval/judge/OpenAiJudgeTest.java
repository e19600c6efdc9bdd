package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Judgment;
import org.tunebench.eval.endpoint.Endpoint;
import org.tunebench.eval.endpoint.Pacing;
import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Progress;

/** Against a server in this process; no request leaves it, and pauses pass on a clock of the test's own. */
@Timeout(60)
class OpenAiJudgeTest {
    private static final Exchange EXCHANGE = new Exchange("1", List.of("Why?"), List.of("So."), List.of());
    private static final String BODY = """
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
             "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
                          "message": {"role": "assistant", "content": "Good. [[9]]", "refusal": null}}],
             "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}
            """;
    private static final Answer GOOD = new Answer(200, BODY);

    private static final String BASE_URL = "TUNEBENCH_JUDGE_BASE_URL";
    private static final String MODEL = "TUNEBENCH_JUDGE_MODEL";
    private static final String API_KEY = "TUNEBENCH_JUDGE_API_KEY";
    private static final String TIMEOUT = "TUNEBENCH_JUDGE_TIMEOUT";
    private static final String ATTEMPTS = "TUNEBENCH_JUDGE_ATTEMPTS";
    private static final String REQUESTS_PER_MINUTE = "TUNEBENCH_JUDGE_REQUESTS_PER_MINUTE";
    private static final String IN_FLIGHT = "TUNEBENCH_JUDGE_IN_FLIGHT";
    private static final String PROMPT_PRICE = "TUNEBENCH_JUDGE_PROMPT_PRICE";
    private static final String COMPLETION_PRICE = "TUNEBENCH_JUDGE_COMPLETION_PRICE";

    @TempDir
    Path folder;

    private final Deque<Misbehaviour> answers = new ArrayDeque<>();
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = new ArrayList<>();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    /** What the server does with a request. */
    private interface Misbehaviour {
        void answer(HttpExchange http) throws IOException;
    }

    private record Answer(int status, String body, String... headers) implements Misbehaviour {
        @Override
        public void answer(HttpExchange http) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().add("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                http.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            http.sendResponseHeaders(status, bytes.length);
            http.getResponseBody().write(bytes);
            http.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/chat/completions", http -> {
            Misbehaviour answer;
            synchronized (answers) {
                requests.add(Json.MAPPER.readTree(http.getRequestBody()));
                keys.add(String.valueOf(http.getRequestHeaders().getFirst("Authorization")));
                answer = answers.size() > 1 ? answers.pop() : answers.element();
            }
            answer.answer(http);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                BASE_URL,
                "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                        + server.getAddress().getPort() + "/v1",
                MODEL,
                "m",
                API_KEY,
                "sk-secret",
                ATTEMPTS,
                "3"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /** Time passes only while somebody sleeps. */
    private final class TestClock implements Pacing.Clock {
        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public void sleep(Duration duration) {
            pauses.add(duration);
            now.addAndGet(duration.toNanos());
        }
    }

    private static Endpoint endpoint(Map<String, String> environment) {
        return Endpoint.of(environment, OpenAiJudge.PREFIX, "judge openai");
    }

    private OpenAiJudge judge(String... more) {
        Endpoint endpoint = endpoint(environment(more));
        return new OpenAiJudge(endpoint, new Pacing(endpoint.requestsPerMinute(), new TestClock()));
    }

    private Judgment ask(String... more) {
        try (OpenAiJudge judge = judge(more)) {
            return judge.rate(List.of(EXCHANGE), JudgeRun.alone()).get(0);
        }
    }

    private void assertFails(Misbehaviour misbehaviour, int attempts, String... failure) {
        answers.clear();
        answers.add(misbehaviour);
        requests.clear();
        Judgment judgment = ask(TIMEOUT, "0.3");
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.text()).isNull();
        assertThat(judgment.failure()).contains(failure).doesNotContain("sk-secret", "\n");
        assertThat(requests).hasSize(attempts);
    }

    @Test
    void rate_sendsFastChatsPromptAtTemperature0() {
        answers.add(GOOD);
        try (OpenAiJudge judge = OpenAiJudge.fromEnvironment(environment())) {
            Judgment judgment = judge.rate(List.of(EXCHANGE), JudgeRun.alone()).get(0);
            assertThat(judgment).isEqualTo(new Judgment("m", "single-v1", "Good. [[9]]", 9.0, null, 12L, 3L));
        }
        JsonNode request = requests.get(0);
        assertThat(request.get("model").asText()).isEqualTo("m");
        assertThat(request.get("temperature").asDouble()).isZero();
        assertThat(request.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(request.at("/messages/1/content").asText()).contains("[Question]\nWhy?");
        assertThat(keys).containsExactly("Bearer sk-secret");
    }

    @Test
    void passingFailures_areAskedAgainAfterGrowingPauses() {
        answers.add(new Answer(503, "<html>busy</html>"));
        answers.add(new Answer(200, "<html>hello</html>"));
        answers.add(GOOD);
        assertThat(ask().rating()).isEqualTo(9);
        assertThat(requests).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void retryAfter_isWaitedForUpToFiveMinutes() {
        answers.add(new Answer(429, "{\"error\": {\"message\": \"slow down\"}}", "Retry-After", "17"));
        answers.add(new Answer(429, "{}", "Retry-After", "86400"));
        answers.add(GOOD);
        assertThat(ask().rating()).isEqualTo(9);
        assertThat(pauses).containsExactly(Duration.ofSeconds(17), Duration.ofMinutes(5));
    }

    @Test
    void everyMisbehaviour_isRetriedThenAJudgmentThatSaysWhy() {
        assertFails(new Answer(500, "{}"), 3, "HTTP 500", "(3 attempts)");
        assertFails(new Answer(429, "<html>\nlimit</html>"), 3, "HTTP 429");
        assertFails(new Answer(200, "<html>log in</html>"), 3, "no chat completion");
        assertFails(new Answer(200, "{\"choices\": []}"), 3, "holds no text");
        assertFails(new Answer(200, "{}"), 3, "no chat completion");
        assertFails(new Answer(200, "[]"), 3, "no chat completion");
        assertFails(new Answer(200, "\"\""), 3, "no chat completion");
        assertFails(new Answer(200, ""), 3, "no chat completion");
        assertFails(new Answer(200, GOOD.body().replace("\"Good. [[9]]\"", "null")), 3, "holds no text");
        assertFails(new Answer(200, GOOD.body().replace("Good. [[9]]", "  ")), 3, "holds no text");
        assertFails(new Answer(200, GOOD.body().replace("\"Good. [[9]]\"", "[1]")), 3, "no chat completion");
        assertFails(new Answer(200, GOOD.body().substring(0, 80)), 3, "no chat completion");
        assertFails(new Answer(401, "{\"error\": {\"message\": \"wrong key sk-secret\"}}"), 1, "HTTP 401", "<key>");
        assertFails(new Answer(400, "{\"error\": {\"message\": \"too long\"}}"), 1, "HTTP 400", "too long");
        assertFails(new Answer(404, "<html>?</html>"), 1, "HTTP 404");
    }

    @Test
    void connectionsThatBreakOrHang_areRetriedThenAJudgmentThatSaysWhy() {
        assertFails(HttpExchange::close, 3, "no answer");
        assertFails(
                http -> {
                    http.sendResponseHeaders(200, 1000);
                    http.getResponseBody().write("{\"choices\"".getBytes(StandardCharsets.UTF_8));
                    http.close();
                },
                3,
                "(3 attempts)");
        assertFails(http -> hang(), 3, "no whole answer within 0.3 s");
        assertFails(
                http -> {
                    http.sendResponseHeaders(200, 0);
                    try {
                        for (int i = 0; i < 1000 && !over.await(20, TimeUnit.MILLISECONDS); i++) {
                            http.getResponseBody().write(' ');
                            http.getResponseBody().flush();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                3,
                "no whole answer within 0.3 s");
        server.stop(0);
        requests.clear();
        assertThat(ask().failure()).contains("no answer: ConnectException").contains("(3 attempts)");
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void wordsWithoutRating_areKept() {
        answers.add(new Answer(200, GOOD.body().replace("[[9]]", "very good")));
        Judgment judgment = ask();
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.failure()).isNull();
        assertThat(judgment.text()).isEqualTo("Good. very good");
    }

    private static List<Exchange> exchanges(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new Exchange("" + i, List.of("Why?"), List.of("Answer " + i), List.of()))
                .toList();
    }

    @Test
    void severalRequests_areInFlightAndComeBackInOrder() {
        CyclicBarrier four = new CyclicBarrier(4);
        answers.add(http -> {
            try {
                four.await(30, TimeUnit.SECONDS); // passed only by four at a time
            } catch (Exception e) {
                throw new IOException(e);
            }
            new Answer(200, GOOD.body()).answer(http);
        });
        try (OpenAiJudge judge = judge(IN_FLIGHT, "4")) {
            assertThat(judge.rate(exchanges(12), JudgeRun.alone())).hasSize(12).allMatch(j -> j.rating() == 9);
        }
    }

    @Test
    void rateLimit_spacesRequestsEvenly() {
        answers.add(GOOD);
        try (OpenAiJudge judge = judge(REQUESTS_PER_MINUTE, "30", IN_FLIGHT, "1")) {
            judge.rate(exchanges(4), JudgeRun.alone());
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void judgments_areKeptAtOnceAndOnlyFailuresAskedForAgain() throws IOException {
        Path file = folder.resolve(".mt_bench.answers.jsonl");
        List<Integer> linesAtRequest = Collections.synchronizedList(new ArrayList<>());
        answers.add(http -> {
            linesAtRequest.add(Files.readAllLines(file).size());
            boolean fifth = requests.get(requests.size() - 1)
                    .at("/messages/1/content")
                    .asText()
                    .contains("Answer 4");
            (fifth ? new Answer(400, "{}") : GOOD).answer(http);
        });
        try (OpenAiJudge judge = judge(IN_FLIGHT, "1");
                Journal journal = Journal.create(file, Map.of())) {
            judge.rate(exchanges(6), new JudgeRun(journal, Progress.NONE, "judge"));
        }
        assertThat(linesAtRequest).containsExactly(1, 2, 3, 4, 5, 5);
        assertThat(Files.readString(file)).doesNotContain("sk-secret", "127.0.0.1");

        answers.clear();
        answers.add(GOOD);
        requests.clear();
        try (OpenAiJudge judge = judge();
                Journal journal = Journal.resume(file, Map.of())) {
            List<Judgment> judgments = judge.rate(exchanges(6), new JudgeRun(journal, Progress.NONE, "judge"));
            assertThat(judgments).hasSize(6).allMatch(j -> j.rating() == 9);
            assertThat(JudgeTally.ofRatings(judge, judgments)).isEqualTo(new JudgeTally("m", 6, 0, 0, 72L, 18L, null));
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void cost_isThatOfThePricesGiven() {
        try (OpenAiJudge judge = judge(PROMPT_PRICE, "2.5", COMPLETION_PRICE, "10")) {
            assertThat(judge.cost(1_000_000, 100_000)).isEqualTo(3.5);
        }
        try (OpenAiJudge judge = judge()) {
            assertThat(judge.cost(1, 1)).isNull();
        }
    }

    @Test
    void environment_missingOrWrong_isNamed() {
        assertRefused(Map.of(BASE_URL, "x"), "TUNEBENCH_JUDGE_MODEL is not set");
        assertRefused(Map.of(BASE_URL, "localhost", MODEL, "m"), "'localhost', which is no web address");
        assertRefused(environment(ATTEMPTS, "0"), "TUNEBENCH_JUDGE_ATTEMPTS is '0'");
        assertRefused(environment(TIMEOUT, "soon"), "TUNEBENCH_JUDGE_TIMEOUT is 'soon'");
        assertRefused(environment(REQUESTS_PER_MINUTE, "-1"), "a number from 0 to 1000000");
        assertThatThrownBy(() -> endpoint(environment(API_KEY, "sk secret")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("TUNEBENCH_JUDGE_API_KEY holds characters that no key has")
                .hasMessageNotContaining("secret");
        assertThat(endpoint(environment())).hasToString("m");
    }

    private static void assertRefused(Map<String, String> environment, String what) {
        assertThatThrownBy(() -> OpenAiJudge.fromEnvironment(environment))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(what);
    }
}
