package org.tunebench.core.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tools;

/**
 * A model small enough to check by hand: a smoothed character bigram learnt from a text scores, a function from prompt to
 * reply generates. It remembers what it was asked.
 *
 * <pre>{@code
 * FakeLanguageModel model = new FakeLanguageModel("paris is in france.").replying(prompt -> "Paris");
 * }</pre>
 */
public final class FakeLanguageModel implements LanguageModel {
    /** Weight of the uniform part of the bigram, over this many characters. */
    private static final double SMOOTHING = 0.1;

    private static final int ALPHABET = 100;

    private final Map<Long, Integer> pairs = new HashMap<>();
    private final Map<Integer, Integer> firsts = new HashMap<>();
    private final List<String> scored = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<GenerationOptions> options = new ArrayList<>();
    private UnaryOperator<String> reply = prompt -> "";
    private Tokenizer tokenizer = new CharacterTokenizer(false);
    private @Nullable ChatTemplate chatTemplate;
    private int contextLength = 4096;
    private String name = "fake";

    /** @param text what the bigram is learnt from */
    public FakeLanguageModel(String text) {
        int[] ids = tokenizer.encode(text);
        for (int i = 1; i < ids.length; i++) {
            pairs.merge(pair(ids[i - 1], ids[i]), 1, Integer::sum);
            firsts.merge(ids[i - 1], 1, Integer::sum);
        }
    }

    /** Generates what the function says, cut at the length limit and the stop strings. */
    public FakeLanguageModel replying(UnaryOperator<String> newReply) {
        reply = newReply;
        return this;
    }

    public FakeLanguageModel contextLength(int length) {
        contextLength = length;
        return this;
    }

    public FakeLanguageModel named(String newName) {
        name = newName;
        return this;
    }

    public FakeLanguageModel tokenizer(Tokenizer newTokenizer) {
        tokenizer = newTokenizer;
        return this;
    }

    /** Gives it the template {@code [role]content<|end|>…[assistant]}. */
    public FakeLanguageModel chatting() {
        return chatting(new BracketTemplate());
    }

    public FakeLanguageModel chatting(ChatTemplate template) {
        chatTemplate = template;
        return this;
    }

    /** Every scored request as {@code context|continuation}, in the order of the calls. */
    public List<String> scored() {
        return scored;
    }

    /** Every prompt that was continued, in the order of the calls. */
    public List<String> prompts() {
        return prompts;
    }

    /** The options of every generate call. */
    public List<GenerationOptions> options() {
        return options;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public @Nullable ChatTemplate chatTemplate() {
        return chatTemplate;
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public List<ContinuationScore> score(List<ScoreRequest> requests) {
        return requests.stream().map(this::score).toList();
    }

    private ContinuationScore score(ScoreRequest request) {
        int inputs = request.context().length + request.continuation().length - 1;
        if (inputs > contextLength) {
            throw new IllegalArgumentException(inputs + " input tokens, the context length is " + contextLength);
        }
        scored.add(tokenizer.decode(request.context(), false) + "|" + tokenizer.decode(request.continuation(), false));
        double[] logProbs = new double[request.continuation().length];
        int before = request.context()[request.context().length - 1];
        for (int i = 0; i < logProbs.length; i++) {
            logProbs[i] = logProbability(before, request.continuation()[i]);
            before = request.continuation()[i];
        }
        return new ContinuationScore(logProbs, false);
    }

    /** Natural logarithm of the probability of a token after another. */
    public double logProbability(int before, int token) {
        double count = pairs.getOrDefault(pair(before, token), 0) + SMOOTHING;
        return Math.log(count / (firsts.getOrDefault(before, 0) + SMOOTHING * ALPHABET));
    }

    @Override
    public List<Generation> generate(List<int[]> batch, GenerationOptions how) {
        options.add(how);
        return batch.stream().map(prompt -> generate(prompt, how)).toList();
    }

    private Generation generate(int[] prompt, GenerationOptions how) {
        if (prompt.length == 0 || prompt.length >= contextLength) {
            throw new IllegalArgumentException(
                    "prompt of " + prompt.length + " tokens, the context length is " + contextLength);
        }
        String text = tokenizer.decode(prompt, false);
        prompts.add(text);
        String whole = reply.apply(text);
        String answer = whole;
        for (String stop : how.stopStrings()) {
            int at = answer.indexOf(stop);
            answer = at < 0 ? answer : answer.substring(0, at);
        }
        int[] ids = tokenizer.encode(answer);
        int limit = Math.min(how.maxNewTokens(), contextLength - prompt.length);
        boolean limited = ids.length > limit;
        int[] kept = limited ? Arrays.copyOf(ids, limit) : ids;
        return new Generation(kept, tokenizer.decode(kept, true), !limited);
    }

    @Override
    public void close() {}

    private static long pair(int before, int token) {
        return ((long) before << 32) | token;
    }

    private static final class BracketTemplate implements ChatTemplate {
        @Override
        public String name() {
            return "brackets";
        }

        @Override
        public String source() {
            return "[role]content<|end|>";
        }

        @Override
        public String endOfTurn() {
            return "<|end|>";
        }

        @Override
        public Rendered render(List<Message> messages, Tools tools, boolean addGenerationPrompt) {
            String text = messages.stream()
                    .map(m -> "[" + m.role().id() + "]" + m.content() + "<|end|>")
                    .collect(Collectors.joining());
            return new Rendered(text + (addGenerationPrompt ? "[assistant]" : ""), List.of());
        }
    }
}
