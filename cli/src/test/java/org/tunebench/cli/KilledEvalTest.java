package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;

/**
 * An evaluation, killed while a model scores, while it answers and while its answers are judged, and resumed each time, leaves
 * the results and samples of an undisturbed one, and asks the judge nothing twice that it had answered. {@code
 * -Dtunebench.kill.seed} repeats the moments as far as two processes can.
 */
class KilledEvalTest {
    @TempDir
    Path folder;

    private HttpServer endpoint;

    /** Prompt → how often the judge has answered it. */
    private final Map<String, Integer> judged = new ConcurrentHashMap<>();

    /** When a process is killed. */
    private enum Moment {
        SCORING,
        ANSWERING,
        JUDGING,
        ANY
    }

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.setExecutor(Executors.newFixedThreadPool(4, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        endpoint.createContext("/v1/chat/completions", this::judge);
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    private void judge(HttpExchange http) throws IOException {
        String prompt = Json.MAPPER
                .readTree(http.getRequestBody())
                .at("/messages/1/content")
                .asText();
        byte[] answer = """
                {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
                 "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
                              "message": {"role": "assistant", "content": "[[%d]]", "refusal": null}}],
                 "usage": {"prompt_tokens": %d, "completion_tokens": 3, "total_tokens": 15}}
                """.formatted(1 + Math.floorMod(prompt.hashCode(), 10), prompt.length())
                .getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", "application/json");
        http.sendResponseHeaders(200, answer.length);
        http.getResponseBody().write(answer);
        http.close();
        judged.merge(prompt, 1, Integer::sum);
    }

    @Test
    void eval_killedAtSeveralMomentsAndResumed_endsWithTheSameResults() throws Exception {
        long seed = Long.getLong("tunebench.kill.seed", System.nanoTime());
        System.out.println("KilledEvalTest: -Dtunebench.kill.seed=" + seed);
        Random random = new Random(seed);
        Path whole = folder.resolve("whole");
        assertThat(start(whole).waitFor()).isZero();
        int answers = judged.size();

        Path run = folder.resolve("killed");
        judged.clear();
        int killed = 0;
        long left = 0;
        for (Moment moment : Moment.values()) {
            Process process = start(run);
            int lines = random.nextInt(3);
            int millis = random.nextInt(3000);
            int judgments = judged.size() + 1 + random.nextInt(answers / 2);
            switch (moment) {
                case SCORING -> await(process, () -> lines(run, "mmlu") > 1 + lines);
                case ANSWERING -> await(process, () -> lines(run, "mt_bench") > 1 + lines);
                case JUDGING -> await(process, () -> judged.size() >= judgments);
                case ANY -> Thread.sleep(millis);
            }
            process.destroyForcibly();
            killed += process.waitFor() == 0 ? 0 : 1;
            long found = lines(run, "mmlu") + lines(run, "mt_bench");
            left += found;
            System.out.println("  " + moment + " leaves " + found + " lines of answers");
        }
        assertThat(killed).isPositive();
        assertThat(left).isPositive();
        assertThat(start(run).waitFor()).isZero();

        assertThat(Files.readString(folder.resolve("errors.txt"))).doesNotContain("Exception", "failed");
        assertThat(withoutSeconds(run)).isEqualTo(withoutSeconds(whole));
        for (String suite : new String[] {"mmlu", "mt_bench"}) {
            Path samples = Path.of("samples", suite + ".jsonl");
            assertThat(run.resolve(samples)).hasSameTextualContentAs(whole.resolve(samples));
        }
        assertThat(judged).hasSize(answers);
        // asked again is only what was in flight when the process was killed, at most four each time
        assertThat(judged.values().stream().filter(times -> times > 1).count()).isLessThanOrEqualTo(4L * killed);
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.contains("answers"));
        }
    }

    private Process start(Path run) throws IOException {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "eval",
            "--quiet",
            "--model",
            "embedded",
            "--suites",
            "mmlu,mt_bench",
            "--judge",
            "openai",
            "--out",
            run.toString(),
            "--resume"
        };
        ProcessBuilder builder = new ProcessBuilder(Arrays.asList(command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors.txt").toFile()));
        builder.environment()
                .put(
                        "TUNEBENCH_JUDGE_BASE_URL",
                        "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                                + endpoint.getAddress().getPort() + "/v1");
        builder.environment().put("TUNEBENCH_JUDGE_MODEL", "m");
        return builder.start();
    }

    private static void await(Process process, BooleanSupplier moment) throws InterruptedException {
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    /** Of a suite's answers so far. */
    private static long lines(Path run, String suite) {
        try (Stream<String> lines =
                Files.lines(run.resolve("samples/." + suite + ".answers.jsonl"), StandardCharsets.ISO_8859_1)) {
            return lines.count();
        } catch (IOException notThereYet) {
            return 0;
        }
    }

    private static JsonNode withoutSeconds(Path run) throws IOException {
        JsonNode results = Json.MAPPER.readTree(run.resolve("results.json").toFile());
        results.get("suites")
                .forEach(suite -> assertThat(
                                ((ObjectNode) suite).remove("seconds").asDouble())
                        .isPositive());
        return results;
    }
}
