package org.tunebench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.record.Json;

/**
 * An OpenAI-compatible endpoint in this process, for prompts of Self-Instruct: what it writes follows from the prompt. It
 * remembers every request and how often it answered each prompt.
 */
final class ListeningEndpoint implements AutoCloseable {
    private static final Pattern THING = Pattern.compile("thing(\\w+)");

    final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final Map<String, Integer> answered = new ConcurrentHashMap<>();

    /** What is answered in place of a completion: status and body; null for a completion. */
    volatile Function<JsonNode, String> misbehaviour = request -> "";

    private final HttpServer server;

    ListeningEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/completions", http -> answer(http, false));
        server.createContext("/v1/chat/completions", http -> answer(http, true));
        server.start();
    }

    String address() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange http, boolean chat) throws IOException {
        JsonNode request = Json.MAPPER.readTree(http.getRequestBody());
        requests.add(request);
        keys.add(String.valueOf(http.getRequestHeaders().getFirst("Authorization")));
        String bad = misbehaviour.apply(request);
        if (!bad.isEmpty()) {
            int space = bad.indexOf(' ');
            send(http, Integer.parseInt(bad.substring(0, space)), bad.substring(space + 1));
            return;
        }
        String prompt = prompt(request);
        String text = Json.text(said(prompt), false);
        String choice = chat
                ? "\"message\": {\"role\": \"assistant\", \"content\": " + text + ", \"refusal\": null}"
                : "\"text\": " + text;
        send(http, 200, """
                {"id": "1", "object": "%s", "created": 1, "model": "m",
                 "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null, %s}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}}
                """.formatted(chat ? "chat.completion" : "text_completion", choice));
        answered.merge(prompt, 1, Integer::sum);
    }

    static String prompt(JsonNode request) {
        return request.has("prompt")
                ? request.get("prompt").asText()
                : request.at("/messages/0/content").asText();
    }

    private static void send(HttpExchange http, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", body.startsWith("<") ? "text/html" : "application/json");
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    /** Two new instructions named by the prompt; no classification; one instance. */
    private static String said(String prompt) {
        if (prompt.startsWith("Come up with a series of tasks")) {
            String name = Integer.toString(prompt.hashCode() & 0xffff, 36);
            return " Describe thing%1$s in style%1$s and form%1$s\n10. Compare thing%1$sx with piece%1$sy by weight%1$s"
                    .formatted(name);
        }
        if (prompt.startsWith("Can the following task")) {
            return " No";
        }
        Matcher thing = THING.matcher(prompt);
        String name = "";
        while (thing.find()) {
            name = thing.group(1);
        }
        return "Example 1\nInput: about " + name + "\nOutput: it is " + name;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
