package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * Puts text requests to a model in batches and counts the tokens that go through it. Requests of like length go together,
 * choices of one prompt always; answers come back in the order of the requests.
 */
public final class Engine {
    /** Requests handed to the model in one call: enough to batch well, few enough to report progress. */
    static final int REQUESTS_A_CALL = 256;

    private final LanguageModel model;
    private final PairEncoder encoder;
    private final Progress progress;
    private String stage = "";
    private long tokens;

    public Engine(LanguageModel model, Progress progress) {
        this.model = model;
        this.encoder = new PairEncoder(model.tokenizer(), model.contextLength());
        this.progress = progress;
    }

    public LanguageModel model() {
        return model;
    }

    /** Tokens that went through the model so far, prompt and generated. */
    public long tokens() {
        return tokens;
    }

    /** The tokens a prompt is continued from: its own, after the beginning of sequence where the tokenizer's folder says so. */
    public int[] promptTokens(String prompt) {
        return encoder.promptTokens(prompt);
    }

    /** Names the work that follows, for progress. */
    public void enter(String newStage) {
        stage = newStage;
    }

    /** Log-likelihoods of continuations, in the order of the requests. */
    public List<Scored> score(List<TextRequest> requests) {
        List<PairEncoder.Encoded> encoded =
                requests.stream().map(encoder::encode).toList();
        List<ContinuationScore> scores =
                scoreTokens(encoded.stream().map(PairEncoder.Encoded::request).toList());
        return IntStream.range(0, requests.size())
                .mapToObj(i -> scored(encoded.get(i), scores.get(i)))
                .toList();
    }

    private static Scored scored(PairEncoder.Encoded encoded, ContinuationScore score) {
        return new Scored(
                score.logLikelihood(),
                score.tokenLogProbs().length,
                score.greedy(),
                encoded.contextCut(),
                encoded.continuationCut());
    }

    /**
     * The log-likelihood of every token of whole documents, of any length. The prefix token (beginning of sequence, else
     * end of sequence) stands before a document and is not itself scored, also where the tokenizer's configuration adds it.
     *
     * @return in the order of the documents; 0 tokens for a document without any
     */
    public List<Scored> scoreWhole(List<String> documents) {
        List<ScoreRequest> windows = new ArrayList<>();
        int[] firstWindow = new int[documents.size() + 1];
        int prefix = encoder.prefixToken();
        for (int d = 0; d < documents.size(); d++) {
            int[] ids = model.tokenizer().encode(documents.get(d));
            windows.addAll(RollingWindows.of(ids, prefix, model.contextLength()));
            firstWindow[d + 1] = windows.size();
        }
        List<ContinuationScore> scores = scoreTokens(windows);
        List<Scored> results = new ArrayList<>();
        for (int d = 0; d < documents.size(); d++) {
            List<ContinuationScore> own = scores.subList(firstWindow[d], firstWindow[d + 1]);
            results.add(new Scored(
                    own.stream().mapToDouble(ContinuationScore::logLikelihood).sum(),
                    own.stream().mapToInt(s -> s.tokenLogProbs().length).sum(),
                    own.stream().allMatch(ContinuationScore::greedy),
                    false,
                    false));
        }
        return results;
    }

    private List<ContinuationScore> scoreTokens(List<ScoreRequest> requests) {
        int[] order = byContextLength(requests);
        ContinuationScore[] scores = new ContinuationScore[requests.size()];
        int start = 0;
        while (start < order.length) {
            int end = callEnd(requests, order, start);
            List<ScoreRequest> call =
                    Arrays.stream(order, start, end).mapToObj(requests::get).toList();
            List<ContinuationScore> answers = model.score(call);
            for (int i = start; i < end; i++) {
                scores[order[i]] = finite(answers.get(i - start));
                tokens += inputLength(requests.get(order[i]));
            }
            start = end;
            progress.report(stage, start, order.length);
        }
        return Arrays.asList(scores);
    }

    /** End of the call that begins at {@code start}: choices of one prompt stay together, a model may share their prefix. */
    private static int callEnd(List<ScoreRequest> requests, int[] order, int start) {
        int end = Math.min(order.length, start + REQUESTS_A_CALL);
        while (end < Math.min(order.length, start + 2 * REQUESTS_A_CALL)
                && Arrays.equals(
                        requests.get(order[end]).context(),
                        requests.get(order[end - 1]).context())) {
            end++;
        }
        return end;
    }

    private ContinuationScore finite(ContinuationScore score) {
        if (!Double.isFinite(score.logLikelihood())) {
            throw new IllegalStateException(
                    "model " + model.name() + " gives a log-likelihood of " + score.logLikelihood());
        }
        return score;
    }

    /**
     * Continues prompts. A prompt that leaves no room for an answer loses its start: it keeps at most the context length
     * less {@code maxNewTokens}, or half the context length where that is more. An answer never runs past the context
     * length.
     */
    public List<Response> generate(List<String> prompts, GenerationOptions options) {
        int contextLength = model.contextLength();
        int promptLimit = Math.max(contextLength - options.maxNewTokens(), contextLength / 2);
        List<Response> responses = new ArrayList<>();
        for (int start = 0; start < prompts.size(); start += REQUESTS_A_CALL) {
            int end = Math.min(prompts.size(), start + REQUESTS_A_CALL);
            List<int[]> whole = prompts.subList(start, end).stream()
                    .map(encoder::promptTokens)
                    .toList();
            List<int[]> kept = whole.stream()
                    .map(ids -> ids.length <= promptLimit
                            ? ids
                            : Arrays.copyOfRange(ids, ids.length - promptLimit, ids.length))
                    .toList();
            List<Generation> answers = model.generate(kept, options);
            for (int i = 0; i < kept.size(); i++) {
                Generation answer = answers.get(i);
                tokens += kept.get(i).length + answer.tokens().length;
                boolean cut = kept.get(i).length < whole.get(i).length;
                responses.add(new Response(answer.text(), answer.tokens().length, answer.stopped(), cut));
            }
            progress.report(stage, end, prompts.size());
        }
        return responses;
    }

    private static int inputLength(ScoreRequest request) {
        return request.context().length + request.continuation().length - 1;
    }

    /** Indices from the longest context to the shortest; those of one prompt stay side by side. */
    private static int[] byContextLength(List<ScoreRequest> requests) {
        return IntStream.range(0, requests.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> requests.get(i).context().length)
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
