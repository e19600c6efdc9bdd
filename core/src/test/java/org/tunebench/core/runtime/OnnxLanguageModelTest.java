package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.testing.TinyModels;

/** Goldens: transformers 5.23.0, src/test/python/tiny_models.py. */
class OnnxLanguageModelTest {
    static final List<String> MODELS = Stream.concat(TinyModels.NAMES.stream(), TinyModels.ADAPTERS.stream())
            .toList();

    @TempDir
    Path folder;

    private LanguageModel open(String name) {
        ModelFolder model = TinyModels.open(folder, name);
        return OnnxLanguageModel.of(name, model, Device.CPU, new NumberTokenizer(320), null);
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void score_tokensOfTransformersGenerations_equalsItsLogProbs(String name) {
        try (LanguageModel model = open(name)) {
            List<ScoreRequest> requests = new ArrayList<>();
            for (JsonNode row : TinyModels.golden(name)) {
                int[] tokens = concat(ints(row.path("prompt")), ints(row.path("greedy")));
                requests.add(new ScoreRequest(Arrays.copyOf(tokens, 1), Arrays.copyOfRange(tokens, 1, tokens.length)));
            }
            List<ContinuationScore> scores = model.score(requests);
            int i = 0;
            for (JsonNode row : TinyModels.golden(name)) {
                assertThat(scores.get(i++).tokenLogProbs())
                        .containsExactly(doubles(row.path("log_probs")), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void score_greedyContinuation_isFlaggedGreedyAndAnyOtherIsNot(String name) {
        try (LanguageModel model = open(name)) {
            for (JsonNode row : TinyModels.golden(name)) {
                int[] greedy = ints(row.path("greedy"));
                int[] other = greedy.clone();
                other[other.length - 1] = (other[other.length - 1] + 1) % 320;
                int[] prompt = ints(row.path("prompt"));
                List<ContinuationScore> scores =
                        model.score(List.of(new ScoreRequest(prompt, greedy), new ScoreRequest(prompt, other)));
                assertThat(scores).extracting(ContinuationScore::greedy).containsExactly(true, false);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void score_allVocabularyAfterAPrompt_equalsLogSoftmaxOfTransformersLogits(String name) {
        try (LanguageModel model = open(name)) {
            for (JsonNode row : TinyModels.golden(name)) {
                double[] logits = doubles(row.path("last_logits"));
                double logSum = Math.log(Arrays.stream(logits).map(Math::exp).sum());
                List<ScoreRequest> requests = new ArrayList<>();
                for (int token = 0; token < logits.length; token++) {
                    requests.add(new ScoreRequest(ints(row.path("prompt")), new int[] {token}));
                }
                List<ContinuationScore> scores = model.score(requests);
                for (int token = 0; token < logits.length; token++) {
                    assertThat(scores.get(token).logLikelihood()).isCloseTo(logits[token] - logSum, within(1e-4));
                }
            }
        }
    }

    @Test
    void score_mixedBatchWithSharedContexts_equalsOneByOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LanguageModel model = open("llama-tied")) {
            List<ScoreRequest> requests = new ArrayList<>();
            for (int context = 0; context < 6; context++) {
                int[] tokens = tokens(random, 1 + random.nextInt(40));
                for (int choice = 0; choice < 4; choice++) {
                    requests.add(new ScoreRequest(tokens, tokens(random, 1 + random.nextInt(12))));
                }
            }
            List<ContinuationScore> together = model.score(requests);
            for (int i = 0; i < requests.size(); i++) {
                assertThat(together.get(i).tokenLogProbs())
                        .as("request %d, seed %d", i, seed)
                        .containsExactly(
                                model.score(List.of(requests.get(i))).get(0).tokenLogProbs(), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void generate_raggedPrompts_equalsSingleRunsAndTransformers(String name) {
        try (LanguageModel model = open(name)) {
            List<int[]> prompts = new ArrayList<>();
            List<int[]> expected = new ArrayList<>();
            for (JsonNode row : TinyModels.golden(name)) {
                prompts.add(ints(row.path("prompt")));
                int[] greedy = ints(row.path("greedy"));
                int end = greedy[greedy.length - 1] == 1 ? greedy.length - 1 : greedy.length; // 1 ends a sequence
                expected.add(Arrays.copyOf(greedy, end));
            }
            List<Generation> together = model.generate(prompts, GenerationOptions.greedy(64));
            assertThat(together.stream().map(Generation::tokens)).containsExactlyElementsOf(expected);
            assertThat(together).allMatch(g -> g.stopped() == g.tokens().length < 64);
            for (int i = 0; i < prompts.size(); i++) {
                Generation alone = model.generate(List.of(prompts.get(i)), GenerationOptions.greedy(64))
                        .get(0);
                assertThat(alone.tokens()).containsExactly(expected.get(i));
            }
        }
    }

    /** Ragged prompts, so that whole stretches of the shorter ones are padding. */
    @ParameterizedTest
    @FieldSource("MODELS")
    void generate_promptsReadInStretches_equalsThoseReadAtOnce(String name) {
        ModelFolder model = TinyModels.open(folder, name);
        List<int[]> prompts = TinyModels.golden(name).findValues("prompt").stream()
                .map(OnnxLanguageModelTest::ints)
                .toList();
        try (Generator whole = new Generator(model, Device.CPU, new NumberTokenizer(320));
                Generator stretched = new Generator(model, Device.CPU, new NumberTokenizer(320), 3)) {
            List<Generation> expected = whole.generate(prompts, GenerationOptions.greedy(20));
            List<Generation> found = stretched.generate(prompts, GenerationOptions.greedy(20));
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(found.get(i).tokens())
                        .containsExactly(expected.get(i).tokens());
            }
        }
    }

    @Test
    void generate_stopTokenAndStopString_endBeforeThem() {
        try (LanguageModel model = open("llama-tied")) {
            JsonNode row = TinyModels.golden("llama-tied").get(0);
            int[] prompt = ints(row.path("prompt"));
            int[] greedy = ints(row.path("greedy"));
            Generation atToken = model.generate(
                            List.of(prompt),
                            new GenerationOptions(24, 0, Sampling.GREEDY, List.of(greedy[3]), List.of()))
                    .get(0);
            assertThat(atToken.tokens()).containsExactly(Arrays.copyOf(greedy, 3));
            assertThat(atToken.stopped()).isTrue();

            String stop = greedy[4] + " " + greedy[5];
            Generation atString = model.generate(
                            List.of(prompt), new GenerationOptions(24, 0, Sampling.GREEDY, List.of(), List.of(stop)))
                    .get(0);
            assertThat(atString.text()).isEqualTo(NumberTokenizer.text(Arrays.copyOf(greedy, 4)));
            assertThat(atString.tokens()).containsExactly(Arrays.copyOf(greedy, 6));
            assertThat(atString.stopped()).isTrue();
        }
    }

    @Test
    void generate_stopStringThatNeverComes_equalsGenerationWithoutIt() {
        try (LanguageModel model = open("llama-untied-biased")) {
            List<int[]> prompts = List.of(new int[] {5, 17, 42}, new int[] {9});
            List<Generation> plain = model.generate(prompts, GenerationOptions.greedy(100));
            List<Generation> watched = model.generate(
                    prompts, new GenerationOptions(100, 0, Sampling.GREEDY, List.of(), List.of("never")));
            assertThat(watched.stream().map(Generation::text))
                    .containsExactlyElementsOf(
                            plain.stream().map(Generation::text).toList());
        }
    }

    @Test
    void generate_sampled_dependsOnSeedAndNotOnTheBatch() {
        try (LanguageModel model = open("llama-tied")) {
            int[] prompt = {5, 17, 42};
            GenerationOptions options = new GenerationOptions(20, new Sampling(1.3, 0, 0.9, 1, 7));
            Generation alone = model.generate(List.of(prompt), options).get(0);
            List<Generation> together = model.generate(List.of(new int[] {1, 2}, prompt, prompt), options);
            GenerationOptions otherSeed = new GenerationOptions(20, new Sampling(1.3, 0, 0.9, 1, 8));

            assertThat(together.get(1).tokens()).containsExactly(alone.tokens());
            assertThat(together.get(2).tokens()).isNotEqualTo(alone.tokens());
            assertThat(model.generate(List.of(prompt), otherSeed).get(0).tokens())
                    .isNotEqualTo(alone.tokens());
        }
    }

    @Test
    void generate_sampled_followsTheNucleusDistribution() {
        try (LanguageModel model = open("llama-tied")) {
            int[] prompt = {5, 17, 42};
            double topP = 0.6;
            double[] expected = nucleus(model, prompt, 1.5, topP);
            int draws = 4000;
            double[] found = new double[320];
            List<int[]> prompts = new ArrayList<>();
            for (int i = 0; i < draws; i++) {
                prompts.add(prompt);
            }
            model.generate(prompts, new GenerationOptions(1, new Sampling(1.5, 0, topP, 1, 11)))
                    .forEach(g -> found[g.tokens()[0]] += 1.0 / draws);
            for (int token = 0; token < 320; token++) {
                double deviation = Math.sqrt(expected[token] * (1 - expected[token]) / draws);
                assertThat(found[token]).as("token %d", token).isCloseTo(expected[token], within(5 * deviation + 1e-9));
            }
        }
    }

    @Test
    void open_folder_bringsItsTokenizerAndNoTemplate() {
        ModelFolder model = ModelFolder.open(TinyModels.writeTo(folder.resolve("tiny"), "llama-tied"));
        try (LanguageModel opened = OnnxLanguageModel.open(model, Device.CPU)) {
            assertThat(opened.name()).isEqualTo("tiny");
            assertThat(opened.contextLength()).isEqualTo(128);
            assertThat(opened.chatTemplate()).isNull();
            int[] prompt = opened.tokenizer().encode("What is");
            Generation generation = opened.generate(List.of(prompt), GenerationOptions.greedy(5))
                    .get(0);
            assertThat(generation.text()).isEqualTo(opened.tokenizer().decode(generation.tokens(), true));
        }
    }

    @Test
    void of_tokenizerWithMoreIdsThanEmbeddings_isRefused() {
        ModelFolder model = ModelFolder.open(TinyModels.writeTo(folder.resolve("tiny"), "llama-tied"));

        assertThatThrownBy(() -> OnnxLanguageModel.of("x", model, Device.CPU, new NumberTokenizer(321), null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("321 ids, the model 320 embeddings");
    }

    @Test
    void generate_promptThatFillsTheContext_isRefused() {
        try (LanguageModel model = open("llama-tied")) {
            assertThatThrownBy(() -> model.generate(List.of(new int[128]), GenerationOptions.greedy(1)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("128 tokens")
                    .hasMessageContaining("from 1 to 127");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-untied-biased", "gpt2-tied"})
    void generate_moreTokensThanTheContextHolds_endsAtTheContext(String name) {
        try (LanguageModel model = open(name)) {
            Generation generation = model.generate(List.of(new int[100]), GenerationOptions.greedy(1000))
                    .get(0);
            assertThat(generation.tokens()).hasSize(28);
            assertThat(generation.stopped()).isFalse();
        }
    }

    /** The distribution sampled from, worked out from scores: tempered, the smallest top set of at least topP. */
    private static double[] nucleus(LanguageModel model, int[] prompt, double temperature, double topP) {
        List<ScoreRequest> requests = new ArrayList<>();
        for (int token = 0; token < 320; token++) {
            requests.add(new ScoreRequest(prompt, new int[] {token}));
        }
        double[] shares = model.score(requests).stream()
                .mapToDouble(s -> Math.exp(s.logLikelihood() / temperature))
                .toArray();
        double sum = Arrays.stream(shares).sum();
        double[] sorted = Arrays.stream(shares).map(s -> s / sum).sorted().toArray();
        double kept = 0;
        double smallest = 1;
        for (int i = sorted.length - 1; kept < topP; i--) {
            kept += sorted[i];
            smallest = sorted[i];
        }
        double total = kept;
        double least = smallest;
        return Arrays.stream(shares)
                .map(s -> s / sum >= least ? s / sum / total : 0)
                .toArray();
    }

    private static int[] tokens(Random random, int length) {
        return random.ints(length, 0, 320).toArray();
    }

    private static int[] concat(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static int[] ints(JsonNode array) {
        int[] ints = new int[array.size()];
        Arrays.setAll(ints, i -> array.get(i).asInt());
        return ints;
    }

    private static double[] doubles(JsonNode array) {
        double[] doubles = new double[array.size()];
        Arrays.setAll(doubles, i -> array.get(i).asDouble());
        return doubles;
    }
}
