package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/** Goldens: the logits processors of transformers 5.23.0, in the order of its generate. */
class TokenChoiceTest {
    private static final JsonNode GOLDENS = GenerationGoldens.read();

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(GOLDENS.path("choices").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void candidates_randomLogits_haveTheProbabilitiesOfTransformers(JsonNode golden) {
        try (Session session = session(golden)) {
            Outputs out = run(session, golden, 0);
            JsonNode expected = golden.path("probabilities");
            int rows = expected.size();
            int vocabulary = expected.get(0).size();
            int kept = out.longs("ids").length / rows;
            for (int r = 0; r < rows; r++) {
                double[] found = new double[vocabulary];
                double sum = 0;
                for (int i = 0; i < kept; i++) {
                    found[(int) out.longs("ids")[r * kept + i]] = out.floats("shares")[r * kept + i];
                    sum += out.floats("shares")[r * kept + i];
                }
                for (int token = 0; token < vocabulary; token++) {
                    assertThat(found[token] / sum)
                            .as("row %d, token %d, %s", r, token, golden.path("settings"))
                            .isCloseTo(expected.get(r).get(token).asDouble(), within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void next_uniformNumbers_decideTheTokensOfTransformersDistribution(JsonNode golden) {
        try (Session session = session(golden)) {
            for (int draw = 0; draw < golden.path("drawn").size(); draw++) {
                assertThat(run(session, golden, draw).longs("chosen"))
                        .as("draw %d of %s", draw, golden.path("settings"))
                        .containsExactly(Stream.of(GenerationGoldens.ints(
                                        golden.path("drawn").get(draw)))
                                .flatMapToLong(
                                        ints -> java.util.Arrays.stream(ints).asLongStream())
                                .toArray());
            }
        }
    }

    @Test
    void next_numberAtTheEdges_isTheFirstOrTheLastTokenKept() {
        JsonNode golden = cases().filter(c -> c.path("settings").path("top_k").asInt() == 7)
                .findFirst()
                .orElseThrow();
        try (Session session = session(golden)) {
            long[] ids = run(session, golden, 0).longs("ids");
            float almostOne = Math.nextDown(1f);
            long[] chosen = run(session, golden, new float[] {0, almostOne, 0}).longs("chosen");
            assertThat(chosen).containsExactly(ids[0], ids[13], ids[14]);
        }
    }

    private static Session session(JsonNode golden) {
        Graph graph = new Graph("choice");
        GraphBuilder b = new GraphBuilder(graph);
        int vocabulary = golden.path("logits").get(0).size();
        Value logits = graph.input("logits", DType.FLOAT, Shape.of("batch", vocabulary));
        Value history = graph.input("history", DType.INT64, Shape.of("batch", "length"));
        Value step = graph.input("step", DType.INT64, Shape.SCALAR);
        TokenChoice choice = new TokenChoice(b, vocabulary);
        TokenChoice.Candidates candidates = choice.candidates(b, logits, history, step);
        graph.output("ids", candidates.ids());
        graph.output("shares", candidates.shares());
        graph.output("chosen", choice.next(b, logits, history, step));
        return Session.open(graph, Device.CPU, null);
    }

    private static Outputs run(Session session, JsonNode golden, int draw) {
        float[] uniforms = floats(Stream.of(golden.path("uniforms").get(draw)));
        return run(session, golden, uniforms);
    }

    private static Outputs run(Session session, JsonNode golden, float[] uniforms) {
        JsonNode settings = golden.path("settings");
        JsonNode logits = golden.path("logits");
        int rows = logits.size();
        int vocabulary = logits.get(0).size();
        int length = golden.path("history").get(0).size();
        return session.run(new Session.Feeds()
                .floats("logits", floats(stream(logits)), rows, vocabulary)
                .longs("history", longs(stream(golden.path("history"))), rows, length)
                .longs("step", new long[] {0})
                .longs(
                        "stops",
                        longs(Stream.of(GOLDENS.path("eos"))),
                        GOLDENS.path("eos").size())
                .longs(
                        "min_new_tokens",
                        new long[] {settings.path("min_new_tokens").asInt(0)})
                .floats(
                        "repetition_penalty",
                        new float[] {(float) settings.path("repetition_penalty").asDouble(1)})
                .floats(
                        "temperature",
                        new float[] {(float) settings.path("temperature").asDouble()})
                .longs(
                        "top_k",
                        new long[] {Math.min(vocabulary, settings.path("top_k").asInt(vocabulary))},
                        1)
                .floats("top_p", new float[] {(float) settings.path("top_p").asDouble(2)})
                .floats("uniforms", uniforms, 1, rows));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static float[] floats(Stream<JsonNode> rows) {
        double[] doubles = rows.flatMap(TokenChoiceTest::stream)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    private static long[] longs(Stream<JsonNode> rows) {
        return rows.flatMap(TokenChoiceTest::stream).mapToLong(JsonNode::asLong).toArray();
    }
}
