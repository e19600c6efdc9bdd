package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.testing.TinyModels;

/** Goldens: generate of transformers 5.23.0, src/test/python/generation_goldens.py. */
class GenerationTest {
    /** More than two looks for stop strings. */
    private static final int MANY = 90;

    private static final Sampling WILD = new Sampling(1.4, 40, 0.95, 1.2, 3);

    @TempDir
    Path folder;

    private LanguageModel open(String name) {
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            TinyModels.writeTo(path, name);
        }
        return OnnxLanguageModel.of(name, ModelFolder.open(path), Device.CPU, new NumberTokenizer(320), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-tied", "llama3-scaled"})
    void generate_penaltyFewestTokensAndSeveralStops_equalsTransformersOneByOne(String name) {
        try (LanguageModel model = open(name)) {
            for (JsonNode golden : GenerationGoldens.read().path("generations").path(name)) {
                JsonNode settings = golden.path("settings");
                List<Integer> stops = Arrays.stream(GenerationGoldens.ints(settings.path("eos_token_id")))
                        .boxed()
                        .toList();
                double penalty = settings.path("repetition_penalty").asDouble(1);
                GenerationOptions options = new GenerationOptions(
                        40,
                        settings.path("min_new_tokens").asInt(0),
                        new Sampling(0, 0, 1, penalty, 0),
                        stops,
                        List.of());
                List<int[]> prompts = new ArrayList<>();
                List<int[]> expected = new ArrayList<>();
                for (JsonNode row : golden.path("rows")) {
                    prompts.add(GenerationGoldens.ints(row.path("prompt")));
                    int[] tokens = GenerationGoldens.ints(row.path("tokens"));
                    int last = tokens[tokens.length - 1];
                    expected.add(last == 1 || stops.contains(last) ? Arrays.copyOf(tokens, tokens.length - 1) : tokens);
                }
                assertThat(model.generate(prompts, options).stream().map(Generation::tokens))
                        .as("%s", settings)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void generate_presencePenalty_lowersWhatWasGeneratedOnceAndLeavesThePromptAlone() {
        Graph graph = new Graph("presence");
        GraphBuilder b = new GraphBuilder(graph);
        Value logits = graph.input("logits", DType.FLOAT, Shape.of("batch", 4));
        Value history = graph.input("history", DType.INT64, Shape.of("batch", "length"));
        graph.output("changed", new PresencePenalty(graph).apply(b, logits, history));
        try (Session session = Session.open(graph, Device.CPU, null)) {
            for (int prompt = 2; prompt <= 5; prompt++) {
                float[] changed = session.run(new Session.Feeds()
                                .floats("logits", new float[] {1, 2, 3, 4, 1, 2, 3, 4}, 2, 4)
                                .longs("history", new long[] {0, 1, 1, 3, 3, 2, 2, 2, 2, 2}, 2, 5)
                                .floats("presence_penalty", new float[] {1.5f})
                                .longs("prompt_length", new long[] {prompt}, 1))
                        .floats("changed");
                float second = prompt == 2 ? 0.5f : 2;
                float fourth = prompt == 5 ? 4 : 2.5f;
                float third = prompt == 5 ? 3 : 1.5f;
                assertThat(changed).as("prompt of %d", prompt).containsExactly(1, second, 3, fourth, 1, 2, third, 4);
            }
        }
    }

    @Test
    void generate_largePresencePenalty_repeatsNothingHoweverOftenStopsAreLookedFor() {
        List<int[]> prompts = List.of(new int[] {5, 6, 7}, new int[] {9, 9, 9, 9, 9, 9, 9});
        Sampling without = new Sampling(0, 0, 1, 1, 0);
        try (LanguageModel model = open("llama-tied")) {
            GenerationOptions plain = new GenerationOptions(MANY, MANY, without, List.of(), List.of());
            List<int[]> before = model.generate(prompts, plain).stream()
                    .map(Generation::tokens)
                    .toList();
            assertThat(before)
                    .allMatch(tokens -> Arrays.stream(tokens).distinct().count() < tokens.length);

            Sampling penalised = without.withPresencePenalty(1000);
            GenerationOptions whole = new GenerationOptions(MANY, MANY, penalised, List.of(), List.of());
            GenerationOptions looking = new GenerationOptions(MANY, MANY, penalised, List.of(), List.of("never"));
            List<int[]> distinct = model.generate(prompts, whole).stream()
                    .map(Generation::tokens)
                    .toList();
            assertThat(distinct)
                    .allMatch(tokens -> Arrays.stream(tokens).distinct().count() == tokens.length);
            assertThat(model.generate(prompts, looking).stream().map(Generation::tokens))
                    .containsExactlyElementsOf(distinct);
            // the program that can penalise, asked not to
            assertThat(model.generate(prompts, plain).stream().map(Generation::tokens))
                    .containsExactlyElementsOf(before);
        }
    }

    @Test
    void generate_stopIdsInGenerationConfig_allEnd() throws IOException {
        Path file =
                TinyModels.writeTo(folder.resolve("llama-tied"), "llama-tied").resolve("generation_config.json");
        JsonNode row = TinyModels.golden("llama-tied").get(0);
        int[] greedy = GenerationGoldens.ints(row.path("greedy"));
        Files.writeString(file, "{\"eos_token_id\": [1, 319, " + greedy[5] + "]}");
        try (LanguageModel model = open("llama-tied")) {
            int[] prompt = GenerationGoldens.ints(row.path("prompt"));
            Generation generation = model.generate(List.of(prompt), GenerationOptions.greedy(24))
                    .get(0);
            assertThat(generation.tokens()).containsExactly(Arrays.copyOf(greedy, 5));
            assertThat(generation.stopped()).isTrue();
        }
    }

    @Test
    void generate_stopStringsAnywhere_endBeforeThemWhereverTokensAndLooksEnd() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LanguageModel model = open("llama-tied")) {
            int[] prompt = {5, 17, 42};
            Generation plain = model.generate(List.of(prompt), new GenerationOptions(MANY, WILD))
                    .get(0);
            assertThat(plain.tokens()).hasSizeGreaterThan(40);
            for (int i = 0; i < 12; i++) {
                int from = random.nextInt(plain.text().length() - 1);
                String stop =
                        plain.text().substring(from, Math.min(plain.text().length(), from + 1 + random.nextInt(9)));
                int end = plain.text().indexOf(stop);
                int needed = 0;
                while (!NumberTokenizer.text(Arrays.copyOf(plain.tokens(), needed))
                        .contains(stop)) {
                    needed++;
                }
                GenerationOptions options = new GenerationOptions(MANY, 0, WILD, List.of(), List.of("never", stop));
                StringBuilder told = new StringBuilder();
                for (Generation stopped : List.of(
                        model.generate(List.of(new int[] {9}, prompt), options).get(1),
                        model.generate(prompt, options, told::append))) {
                    assertThat(stopped.text())
                            .as("stop '%s', seed %d", stop, seed)
                            .isEqualTo(plain.text().substring(0, end));
                    assertThat(stopped.tokens()).containsExactly(Arrays.copyOf(plain.tokens(), needed));
                    assertThat(stopped.stopped()).isTrue();
                }
                assertThat(told.toString())
                        .as("stop '%s', seed %d", stop, seed)
                        .isEqualTo(plain.text().substring(0, end));
            }
        }
    }

    @Test
    void generate_told_isTheSameTextInPieces() {
        try (LanguageModel model = open("llama-untied-biased")) {
            int[] prompt = {5, 17, 42};
            for (Sampling sampling : List.of(Sampling.GREEDY, WILD)) {
                GenerationOptions options = new GenerationOptions(MANY, sampling);
                List<String> pieces = new ArrayList<>();
                Generation told = model.generate(prompt, options, pieces::add);
                Generation whole = model.generate(List.of(prompt), options).get(0);
                assertThat(told.tokens()).containsExactly(whole.tokens());
                assertThat(String.join("", pieces)).isEqualTo(whole.text());
                assertThat(pieces).hasSizeGreaterThan(2).doesNotContain("");
            }
        }
    }

    @Test
    void generate_sampledBesideOthers_equalsAlone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LanguageModel model = open("llama-tied")) {
            List<int[]> prompts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                prompts.add(random.ints(1 + random.nextInt(30), 2, 320).toArray());
            }
            GenerationOptions options = new GenerationOptions(25, WILD);
            List<Generation> together = model.generate(prompts, options);
            for (int i = 0; i < prompts.size(); i++) {
                Generation alone =
                        model.generate(List.of(prompts.get(i)), options).get(0);
                assertThat(together.get(i).tokens())
                        .as("prompt %d, seed %d", i, seed)
                        .containsExactly(alone.tokens());
            }
        }
    }

    @Test
    void generate_rowsWithDifferentRoomInTheContext_eachEndsAtIt() {
        try (LanguageModel model = open("llama-untied-biased")) {
            int[] full = new Random(1).ints(120, 2, 320).toArray();
            int[] half = Arrays.copyOf(full, 70);
            GenerationOptions options = new GenerationOptions(1000, 128 - 70, Sampling.GREEDY, List.of(), List.of());
            List<Generation> together = model.generate(List.of(full, half), options);
            assertThat(together).extracting(g -> g.tokens().length).containsExactly(8, 58);
            assertThat(together.get(1).tokens())
                    .containsExactly(
                            model.generate(List.of(half), options).get(0).tokens());
        }
    }

    @Test
    void generate_coldAsItCanBe_isGreedy() {
        try (LanguageModel model = open("llama-tied")) {
            List<int[]> prompts = List.of(new int[] {5, 17, 42});
            assertThat(model.generate(prompts, new GenerationOptions(20, Sampling.at(1e-300, 5)))
                            .get(0)
                            .tokens())
                    .containsExactly(model.generate(prompts, GenerationOptions.greedy(20))
                            .get(0)
                            .tokens());
        }
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatThrownBy(() -> new Sampling(-1, 0, 1, 1, 0)).hasMessageContaining("temperature -1.0");
        assertThatThrownBy(() -> new Sampling(Double.NaN, 0, 1, 1, 0)).hasMessageContaining("temperature NaN");
        assertThatThrownBy(() -> new Sampling(1, -1, 1, 1, 0)).hasMessageContaining("topK -1");
        assertThatThrownBy(() -> new Sampling(1, 0, 0, 1, 0)).hasMessageContaining("topP 0.0");
        assertThatThrownBy(() -> new Sampling(1, 0, 1, 0, 0)).hasMessageContaining("repetitionPenalty 0.0");
        assertThatThrownBy(() -> GenerationOptions.greedy(0)).hasMessageContaining("maxNewTokens 0");
        assertThatThrownBy(() -> new GenerationOptions(3, 4, Sampling.GREEDY, List.of(), List.of()))
                .hasMessageContaining("minNewTokens 4");
        assertThatThrownBy(() -> new GenerationOptions(3, 0, Sampling.GREEDY, List.of(), List.of("")))
                .hasMessageContaining("stop string is empty");
    }
}
