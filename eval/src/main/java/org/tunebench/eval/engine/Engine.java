package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * Puts text requests to a model in batches and counts the tokens that go through it. Requests of like length go together;
 * answers come back in the order of the requests.
 */
public final class Engine {
    /** Requests handed to the model in one call: enough to batch well, few enough to report progress. */
    static final int REQUESTS_A_CALL = 64;

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
        int[] order = byLength(requests.stream().mapToInt(Engine::inputLength).toArray());
        ContinuationScore[] scores = new ContinuationScore[requests.size()];
        for (int start = 0; start < order.length; start += REQUESTS_A_CALL) {
            int[] call = Arrays.copyOfRange(order, start, Math.min(order.length, start + REQUESTS_A_CALL));
            List<ScoreRequest> batch =
                    Arrays.stream(call).mapToObj(requests::get).toList();
            List<ContinuationScore> answers = model.score(batch);
            for (int i = 0; i < call.length; i++) {
                scores[call[i]] = finite(answers.get(i));
                tokens += inputLength(batch.get(i));
            }
            progress.report(stage, start + call.length, order.length);
        }
        return Arrays.asList(scores);
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
        int promptLimit = Math.max(contextLength - options.maxNewTokens(), (contextLength + 1) / 2);
        int[][] ids = new int[prompts.size()][];
        boolean[] cut = new boolean[prompts.size()];
        Map<Integer, List<Integer>> byRoom = new TreeMap<>(Comparator.reverseOrder());
        for (int i = 0; i < ids.length; i++) {
            int[] all = encoder.withBos(prompts.get(i));
            cut[i] = all.length > promptLimit;
            ids[i] = cut[i] ? Arrays.copyOfRange(all, all.length - promptLimit, all.length) : all;
            int room = Math.min(options.maxNewTokens(), contextLength - ids[i].length);
            byRoom.computeIfAbsent(room, r -> new ArrayList<>()).add(i);
        }
        Response[] responses = new Response[ids.length];
        int done = 0;
        for (Map.Entry<Integer, List<Integer>> sameRoom : byRoom.entrySet()) {
            for (List<Integer> call : chunks(sameRoom.getValue())) {
                List<int[]> batch = call.stream().map(i -> ids[i]).toList();
                List<Generation> answers = model.generate(batch, limited(options, sameRoom.getKey()));
                for (int i = 0; i < call.size(); i++) {
                    int prompt = call.get(i);
                    Generation answer = answers.get(i);
                    tokens += ids[prompt].length + answer.tokens().length;
                    responses[prompt] =
                            new Response(answer.text(), answer.tokens().length, answer.stopped(), cut[prompt]);
                }
                done += call.size();
                progress.report(stage, done, ids.length);
            }
        }
        return Arrays.asList(responses);
    }

    private static GenerationOptions limited(GenerationOptions o, int maxNewTokens) {
        return new GenerationOptions(
                maxNewTokens, o.temperature(), o.topP(), o.seed(), o.stopTokens(), o.stopStrings());
    }

    private static List<List<Integer>> chunks(List<Integer> all) {
        List<List<Integer>> chunks = new ArrayList<>();
        for (int start = 0; start < all.size(); start += REQUESTS_A_CALL) {
            chunks.add(all.subList(start, Math.min(all.size(), start + REQUESTS_A_CALL)));
        }
        return chunks;
    }

    private static int inputLength(ScoreRequest request) {
        return request.context().length + request.continuation().length - 1;
    }

    /** Indices of lengths from the longest to the shortest; equal ones keep their order. */
    private static int[] byLength(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> lengths[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
