package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/** The log-probabilities that a call asks for, token by token as they come. */
final class ScoreAnswers {
    private final List<ScoreRequest> requests;
    private final double[][] logProbs;
    private final boolean[] greedy;

    ScoreAnswers(List<ScoreRequest> requests) {
        this.requests = requests;
        this.logProbs = new double[requests.size()][];
        this.greedy = new boolean[requests.size()];
        for (int i = 0; i < logProbs.length; i++) {
            logProbs[i] = new double[requests.get(i).continuation().length];
        }
        Arrays.fill(greedy, true);
    }

    /** The token that is asked about. */
    int target(PrefixTree.Want want) {
        return requests.get(want.request()).continuation()[want.index()];
    }

    /**
     * Takes in a run's results.
     *
     * @param wanted in the order of the run's {@code picks}
     * @param rows for each of them its row of {@code best}
     */
    void take(List<PrefixTree.Want> wanted, int[] rows, OrtSession.Result result) {
        FloatBuffer found = ((OnnxTensor) result.get("log_probs").orElseThrow()).getFloatBuffer();
        LongBuffer best = ((OnnxTensor) result.get("best").orElseThrow()).getLongBuffer();
        for (int i = 0; i < rows.length; i++) {
            PrefixTree.Want want = wanted.get(i);
            logProbs[want.request()][want.index()] = found.get(i);
            greedy[want.request()] &= best.get(rows[i]) == target(want);
        }
    }

    /** In the order of the requests, once every run's results are taken in. */
    List<ContinuationScore> scores() {
        return IntStream.range(0, logProbs.length)
                .mapToObj(i -> new ContinuationScore(logProbs[i], greedy[i]))
                .toList();
    }
}
