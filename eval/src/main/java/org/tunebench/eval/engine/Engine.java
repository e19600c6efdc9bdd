package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * Puts text requests to a model, some hundred a call, and counts the tokens of its prompts and answers. Which requests go
 * together follows from the requests alone; answers come back in their order.
 */
public final class Engine {
    /** Requests scored in one call, at least: then the call ends where the next request has little in common with the last. */
    static final int LEAST_REQUESTS_A_CALL = 128;

    /** Requests scored in one call, at most, also where they all begin alike: few enough to report progress. */
    static final int MOST_REQUESTS_A_CALL = 512;

    /** Prompts continued in one call. */
    static final int PROMPTS_A_CALL = 256;

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

    /**
     * Log-likelihoods of continuations, in the order of the requests. Requests that begin alike should stand side by side: what
     * they share is then computed once.
     */
    public List<Scored> score(List<TextRequest> requests) {
        List<Scored> scores = new ArrayList<>();
        while (scores.size() < requests.size()) {
            List<PairEncoder.Encoded> call = nextCall(requests.subList(scores.size(), requests.size()));
            List<ContinuationScore> answers =
                    answers(call.stream().map(PairEncoder.Encoded::request).toList());
            for (int i = 0; i < call.size(); i++) {
                scores.add(scored(call.get(i), answers.get(i)));
            }
            progress.report(stage, scores.size(), requests.size());
        }
        return scores;
    }

    private List<PairEncoder.Encoded> nextCall(List<TextRequest> requests) {
        List<PairEncoder.Encoded> call = new ArrayList<>();
        int[] last = new int[0];
        for (TextRequest request : requests.subList(0, Math.min(MOST_REQUESTS_A_CALL, requests.size()))) {
            PairEncoder.Encoded next = encoder.encode(request);
            int[] context = next.request().context();
            if (call.size() >= LEAST_REQUESTS_A_CALL && 2 * shared(last, context) < context.length) {
                break;
            }
            call.add(next);
            last = context;
        }
        return call;
    }

    /** Tokens that two texts have in common from their start. */
    private static int shared(int[] a, int[] b) {
        int difference = Arrays.mismatch(a, b);
        return difference < 0 ? a.length : difference;
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
        List<ContinuationScore> scores = new ArrayList<>();
        while (scores.size() < windows.size()) {
            int end = Math.min(scores.size() + LEAST_REQUESTS_A_CALL, windows.size());
            scores.addAll(answers(windows.subList(scores.size(), end)));
            progress.report(stage, end, windows.size());
        }
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

    /** One call. */
    private List<ContinuationScore> answers(List<ScoreRequest> call) {
        List<ContinuationScore> answers = model.score(call);
        answers.forEach(this::requireFinite);
        tokens += call.stream().mapToLong(Engine::inputLength).sum();
        return answers;
    }

    private void requireFinite(ContinuationScore score) {
        if (!Double.isFinite(score.logLikelihood())) {
            throw new IllegalStateException(
                    "model " + model.name() + " gives a log-likelihood of " + score.logLikelihood());
        }
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
        for (int start = 0; start < prompts.size(); start += PROMPTS_A_CALL) {
            int end = Math.min(prompts.size(), start + PROMPTS_A_CALL);
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
}
