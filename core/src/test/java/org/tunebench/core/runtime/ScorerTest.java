package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.testing.TinyModels;

class ScorerTest {
    static final List<String> MODELS = TinyModels.NAMES;
    private static final int VOCABULARY = 320;

    @TempDir
    Path folder;

    /** Rows so short that the same requests stand after pasts of pasts, in rows of several, and in rows of their own. */
    @ParameterizedTest
    @FieldSource("MODELS")
    void score_requestsWithSharedPrefixes_doesNotDependOnWhatIsScoredWithThem(String name) {
        long seed = System.nanoTime();
        ModelFolder model = TinyModels.open(folder, name);
        List<ScoreRequest> requests = requests(new Random(seed));
        try (Scorer whole = new Scorer(model, Device.CPU)) {
            List<double[]> alone = requests.stream()
                    .map(request -> whole.score(List.of(request)).get(0).tokenLogProbs())
                    .toList();
            assertScores(whole.score(requests), alone, seed);
            for (int rowTokens : new int[] {5, 16, 40}) {
                try (Scorer cut = new Scorer(model, Device.CPU, rowTokens, 3)) {
                    assertScores(cut.score(requests), alone, seed);
                }
            }
        }
    }

    private static void assertScores(List<ContinuationScore> scores, List<double[]> expected, long seed) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(scores.get(i).tokenLogProbs())
                    .as("request %d, seed %d", i, seed)
                    .containsExactly(expected.get(i), within(1e-5));
        }
    }

    /** Two preambles, questions after them, choices after those; some choices begin alike, some end within others. */
    private static List<ScoreRequest> requests(Random random) {
        List<ScoreRequest> requests = new ArrayList<>();
        for (int p = 0; p < 2; p++) {
            int[] preamble = tokens(random, 12 + random.nextInt(30));
            for (int q = 0; q < 4; q++) {
                int[] context = joined(preamble, tokens(random, random.nextInt(14)));
                int[] choice = tokens(random, 1 + random.nextInt(8));
                requests.add(new ScoreRequest(context, choice));
                requests.add(new ScoreRequest(context, joined(choice, tokens(random, 1 + random.nextInt(5)))));
                requests.add(new ScoreRequest(context, tokens(random, 1)));
                requests.add(new ScoreRequest(joined(context, choice), tokens(random, 3)));
            }
            requests.add(new ScoreRequest(new int[] {preamble[0]}, tail(preamble)));
        }
        return requests;
    }

    private static int[] tail(int[] tokens) {
        return Arrays.copyOfRange(tokens, 1, tokens.length);
    }

    private static int[] joined(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    private static int[] tokens(Random random, int n) {
        return random.ints(n, 2, VOCABULARY).toArray();
    }
}
