package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.eval.endpoint.Endpoint;
import org.tunebench.eval.endpoint.EndpointClient;
import org.tunebench.eval.endpoint.Pacing;
import org.tunebench.eval.engine.Journal;
import org.tunebench.train.selfinstruct.Completion;
import org.tunebench.train.selfinstruct.CompletionRequest;
import org.tunebench.train.selfinstruct.Decoding;

/** Against a server in this process; pauses pass on a clock of the test's own. */
@Timeout(60)
class EndpointCompleterTest {
    private static final Decoding DECODING = new Decoding(300, 0.7, 0.5, 2, List.of("\n\n", "Task:"));
    private static final Decoding GREEDY = new Decoding(3, 0, 1, 0, List.of());

    @TempDir
    Path folder;

    private ListeningEndpoint server;

    /** Nobody waits. */
    private static final class TestClock implements Pacing.Clock {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {
            assertThat(duration).isPositive();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new ListeningEndpoint();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Completion> complete(boolean chat, Journal journal, List<CompletionRequest> requests) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TUNEBENCH_GENERATOR_BASE_URL", server.address());
        environment.put("TUNEBENCH_GENERATOR_MODEL", "m");
        environment.put("TUNEBENCH_GENERATOR_API_KEY", "sk-secret");
        environment.put("TUNEBENCH_GENERATOR_ATTEMPTS", "2");
        environment.put("TUNEBENCH_GENERATOR_IN_FLIGHT", "1");
        Endpoint endpoint = Endpoint.of(environment, EndpointCompleter.PREFIX, "--model openai");
        try (EndpointClient client = new EndpointClient(endpoint, new Pacing(0, new TestClock()))) {
            return new EndpointCompleter(endpoint, client, chat, journal).complete(requests);
        }
    }

    private static CompletionRequest request(int n) {
        return new CompletionRequest("instances/" + n, "Task: about thing" + n, GREEDY, 0);
    }

    @Test
    void complete_plain_isATextToBeContinued() {
        CompletionRequest request =
                new CompletionRequest("instructions/0", "Come up with a series of tasks: 9.", DECODING, 1);

        Completion completion =
                complete(false, Journal.none(), List.of(request)).get(0);

        assertThat(completion.text()).startsWith(" Describe thing");
        assertThat(completion.cut()).isFalse();
        assertThat(completion.promptTokens()).isEqualTo(100);
        JsonNode sent = server.requests.get(0);
        assertThat(sent.get("prompt").asText()).isEqualTo("Come up with a series of tasks: 9.");
        assertThat(sent.get("temperature").asDouble()).isEqualTo(0.7);
        assertThat(sent.get("top_p").asDouble()).isEqualTo(0.5);
        assertThat(sent.get("presence_penalty").asDouble()).isEqualTo(2);
        assertThat(sent.get("max_tokens").asInt()).isEqualTo(300);
        assertThat(sent.get("stop")).hasSize(2);
        assertThat(server.keys).containsExactly("Bearer sk-secret");
    }

    @Test
    void complete_chat_isAUsersTurn() {
        Completion completion =
                complete(true, Journal.none(), List.of(request(1))).get(0);

        assertThat(completion.text()).isEqualTo("Example 1\nInput: about 1\nOutput: it is 1");
        JsonNode sent = server.requests.get(0);
        assertThat(sent.at("/messages")).hasSize(1);
        assertThat(sent.at("/messages/0/role").asText()).isEqualTo("user");
        assertThat(sent.has("top_p") || sent.has("stop") || sent.has("presence_penalty"))
                .isFalse();
    }

    @Test
    void complete_answerThatIsEmptyOrCutOff_isOne() {
        server.misbehaviour =
                request -> "200 {\"id\": \"1\", \"object\": \"text_completion\", \"created\": 1, \"model\": \"m\","
                        + " \"choices\": [{\"index\": 0, \"text\": \"\", \"finish_reason\": \"length\", \"logprobs\": null}]}";

        assertThat(complete(false, Journal.none(), List.of(request(1))))
                .containsExactly(new Completion("", true, null, null, null));
    }

    @Test
    void complete_refusalOfOneRequest_isAnAnswerOnceOthersWereAnswered() throws IOException {
        Path file = folder.resolve("answers.jsonl");
        server.misbehaviour = request -> ListeningEndpoint.prompt(request).contains("thing2")
                ? "400 {\"error\": {\"message\": \"too long\"}}"
                : "";
        List<CompletionRequest> requests =
                IntStream.range(0, 4).mapToObj(EndpointCompleterTest::request).toList();

        try (Journal journal = Journal.create(file, Map.of())) {
            List<Completion> completions = complete(false, journal, requests);
            assertThat(completions.get(2).refusal()).contains("HTTP 400", "too long");
            assertThat(completions.get(3).refusal()).isNull();
        }
        assertThat(server.requests).hasSize(4);
        try (Journal journal = Journal.resume(file, Map.of())) {
            assertThat(complete(false, journal, requests).get(2).refusal()).contains("HTTP 400");
        }
        assertThat(server.requests).hasSize(4);
        assertThat(Files.readString(file)).doesNotContain("sk-secret", "127.0.0.1");
    }

    @Test
    void complete_endpointThatCannotBeUsed_isRefused() {
        refuses("400 {\"error\": {\"message\": \"unknown parameter\"}}", "HTTP 400", 1);
        refuses("401 {\"error\": {\"message\": \"wrong key sk-secret\"}}", "HTTP 401", 1);
        refuses("404 <html>?</html>", "HTTP 404", 1);
        refuses("200 <html>log in</html>", "no completion", 2);
        refuses("200 {\"choices\": []}", "holds no text", 2);
        refuses("200 [1, 2]", "no completion", 2);
    }

    private void refuses(String answer, String what, int attempts) {
        server.misbehaviour = request -> answer;
        server.requests.clear();
        assertThatThrownBy(() -> complete(false, Journal.none(), List.of(request(1), request(2))))
                .as(answer)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("endpoint, request instances/1: ")
                .hasMessageContaining(what)
                .hasMessageContaining("TUNEBENCH_GENERATOR_API_KEY")
                .hasMessageContaining("--resume")
                .hasMessageNotContaining("sk-secret");
        assertThat(server.requests.size()).isBetween(attempts, attempts + 2); // the next one may have begun
    }

    @Test
    void complete_endpointThatIsDown_endsTheRunAndKeepsWhatWasAnswered() throws IOException {
        Path file = folder.resolve("answers.jsonl");
        List<CompletionRequest> requests =
                IntStream.range(0, 4).mapToObj(EndpointCompleterTest::request).toList();
        server.misbehaviour = request -> ListeningEndpoint.prompt(request).contains("thing2") ? "503 busy" : "";
        try (Journal journal = Journal.create(file, Map.of())) {
            assertThatThrownBy(() -> complete(false, journal, requests))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("request instances/2: HTTP 503")
                    .hasMessageContaining("(2 attempts)");
        }
        server.misbehaviour = request -> "";
        try (Journal journal = Journal.resume(file, Map.of())) {
            assertThat(complete(false, journal, requests)).hasSize(4).allMatch(c -> c.refusal() == null);
        }
        assertThat(server.answered)
                .allSatisfy((prompt, times) -> assertThat(times).isEqualTo(1));
    }
}
