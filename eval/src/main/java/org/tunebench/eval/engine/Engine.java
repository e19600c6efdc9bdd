package org.tunebench.eval.engine;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tunebench.core.record.Json;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * Puts text requests to a model, some hundred a call, and counts the tokens of its prompts and answers. Which requests go
 * together follows from the requests alone, and each call's answers are kept in the {@link Journal}: a run that goes on with
 * it puts the same calls, and so gives the same bits. Answers come back in the order of the requests.
 */
public final class Engine {
    /** Requests scored in one call, at least: then the call ends where the next request has little in common with the last. */
    static final int LEAST_REQUESTS_A_CALL = 128;

    /** Requests scored in one call, at most, also where they all begin alike: few enough to report progress. */
    static final int MOST_REQUESTS_A_CALL = 512;

    /** Prompts continued in one call: a batch of the generator, so that little is lost when the process is killed. */
    static final int PROMPTS_A_CALL = 16;

    private static final TypeReference<List<ContinuationScore>> SCORES = new TypeReference<>() {};
    private static final TypeReference<List<Generation>> GENERATIONS = new TypeReference<>() {};

    private final LanguageModel model;
    private final PairEncoder encoder;
    private final Progress progress;
    private final Journal journal;
    private String stage = "";
    private long tokens;
    private long asked;

    /** One that keeps no journal. */
    public Engine(LanguageModel model, Progress progress) {
        this(model, progress, Journal.none());
    }

    /** @param journal where answers are kept, and taken from where it knows them */
    public Engine(LanguageModel model, Progress progress, Journal journal) {
        this.model = model;
        this.journal = journal;
        this.encoder = new PairEncoder(model.tokenizer(), model.contextLength());
        this.progress = progress;
    }

    public LanguageModel model() {
        return model;
    }

    /** Where answers are kept; for others who are asked about a suite, such as its judge. */
    public Journal journal() {
        return journal;
    }

    /** Tokens that went through the model so far, prompt and generated. */
    public long tokens() {
        return tokens;
    }

    /** The tokens a prompt is continued from: its own, after the beginning of sequence where the tokenizer's folder says so. */
    public int[] promptTokens(String prompt) {
        return encoder.promptTokens(prompt);
    }

    /** Who hears how far the work is. */
    public Progress progress() {
        return progress;
    }

    /** The name of the work under way. */
    public String stage() {
        return stage;
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
        progress.report(stage, 0, requests.size(), asked);
        while (scores.size() < requests.size()) {
            List<PairEncoder.Encoded> call = nextCall(requests.subList(scores.size(), requests.size()));
            List<ContinuationScore> answers =
                    answers(call.stream().map(PairEncoder.Encoded::request).toList());
            for (int i = 0; i < call.size(); i++) {
                scores.add(scored(call.get(i), answers.get(i)));
            }
            progress.report(stage, scores.size(), requests.size(), asked);
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
        progress.report(stage, 0, windows.size(), asked);
        while (scores.size() < windows.size()) {
            int end = Math.min(scores.size() + LEAST_REQUESTS_A_CALL, windows.size());
            scores.addAll(answers(windows.subList(scores.size(), end)));
            progress.report(stage, end, windows.size(), asked);
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
        List<ContinuationScore> answers = journal.answer(question(call), SCORES, () -> {
            asked += inputLength(call);
            List<ContinuationScore> fresh = model.score(call);
            fresh.forEach(this::requireFinite);
            return fresh;
        });
        tokens += inputLength(call);
        return answers;
    }

    private Question question(List<ScoreRequest> call) {
        Question question = new Question("score").text(model.name());
        call.forEach(request -> question.tokens(request.context()).tokens(request.continuation()));
        return question;
    }

    private void requireFinite(ContinuationScore score) {
        if (!Double.isFinite(score.logLikelihood())) {
            throw new IllegalStateException(
                    "model " + model.name() + " gives a log-likelihood of " + score.logLikelihood());
        }
    }

    /**
     * Continues prompts, longest first, {@link #PROMPTS_A_CALL} at a time. A prompt that leaves no room for an answer loses
     * its start: it keeps at most the context length less {@code maxNewTokens}, or half the context length where that is more.
     * An answer never runs past the context length. The same prompt given several times is drawn from several times, each
     * time with random numbers of its own.
     */
    public List<Response> generate(List<String> prompts, GenerationOptions options) {
        int contextLength = model.contextLength();
        int promptLimit = Math.max(contextLength - options.maxNewTokens(), contextLength / 2);
        Map<String, Integer> times = new HashMap<>();
        List<Continued> all = new ArrayList<>();
        for (String prompt : prompts) {
            int draw = times.merge(prompt, 1, Integer::sum) - 1;
            all.add(new Continued(all.size(), encoder.promptTokens(prompt), promptLimit, draw));
        }
        List<Continued> order = new ArrayList<>(all);
        order.sort(Comparator.comparingInt(Continued::draw)
                .thenComparing(Comparator.comparingInt((Continued c) -> c.kept().length)
                        .reversed()));
        Response[] responses = new Response[all.size()];
        int done = 0;
        progress.report(stage, 0, all.size(), asked);
        while (done < order.size()) {
            List<Continued> call = order.subList(done, callEnd(order, done));
            List<Generation> answers = answers(call, options);
            for (int i = 0; i < call.size(); i++) {
                responses[call.get(i).index()] = call.get(i).response(answers.get(i));
                tokens += call.get(i).kept().length + answers.get(i).tokens().length;
            }
            done += call.size();
            progress.report(stage, done, all.size(), asked);
        }
        return Arrays.asList(responses);
    }

    /** Prompts of one call are of the same draw. */
    private static int callEnd(List<Continued> order, int start) {
        int end = start;
        while (end < Math.min(order.size(), start + PROMPTS_A_CALL)
                && order.get(end).draw() == order.get(start).draw()) {
            end++;
        }
        return end;
    }

    private List<Generation> answers(List<Continued> call, GenerationOptions options) {
        GenerationOptions drawn = options.withSampling(options.sampling()
                .withSeed(drawSeed(options.sampling().seed(), call.get(0).draw())));
        Question question = new Question("generate").text(model.name()).text(Json.text(drawn, false));
        call.forEach(prompt -> question.tokens(prompt.kept()));
        return journal.answer(question, GENERATIONS, () -> {
            List<Generation> answers =
                    model.generate(call.stream().map(Continued::kept).toList(), drawn);
            asked += call.stream().mapToLong(prompt -> prompt.kept().length).sum()
                    + answers.stream()
                            .mapToLong(answer -> answer.tokens().length)
                            .sum();
            return answers;
        });
    }

    /** The seed itself for the first draw; others are far from the seeds that people give. */
    private static long drawSeed(long seed, int draw) {
        return seed + draw * 0x9E3779B97F4A7C15L;
    }

    /**
     * A prompt to be continued.
     *
     * @param index among the prompts given
     * @param kept tokens, without a start that was cut
     * @param draw how often the same prompt was given before
     */
    private record Continued(int index, int[] kept, boolean cut, int draw) {
        Continued(int index, int[] whole, int limit, int draw) {
            this(
                    index,
                    whole.length <= limit ? whole : Arrays.copyOfRange(whole, whole.length - limit, whole.length),
                    whole.length > limit,
                    draw);
        }

        Response response(Generation answer) {
            return new Response(answer.text(), answer.tokens().length, answer.stopped(), cut);
        }
    }

    /**
     * Answers open questions, each as often as is asked for; where the model is {@link RecordedAnswers}, with the answers that
     * it has, as many as it has.
     *
     * @return answers by question, in the order of the questions
     */
    public List<List<Response>> answer(List<OpenQuestion> questions, Answering how) {
        if (model instanceof RecordedAnswers recorded) {
            List<List<Response>> answers = recorded.answers(questions);
            progress.report(stage, questions.size(), questions.size(), asked);
            return answers;
        }
        Dialogue dialogue = new Dialogue(model, how.format());
        List<String> prompts = new ArrayList<>();
        for (OpenQuestion question : questions) {
            String prompt = question.prompt().apply(dialogue);
            prompts.addAll(Collections.nCopies(how.samples(), prompt));
        }
        List<Response> all = generate(prompts, dialogue.options(how.maxNewTokens(), how.sampling(), how.stops()));
        return IntStream.range(0, questions.size())
                .mapToObj(i -> all.subList(i * how.samples(), (i + 1) * how.samples()))
                .toList();
    }

    private static long inputLength(List<ScoreRequest> call) {
        return call.stream()
                .mapToLong(request -> request.context().length + request.continuation().length - 1)
                .sum();
    }
}
