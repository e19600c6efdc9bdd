package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;

/** A batch of rows being generated. Between two runs of the program it keeps their cache, so that no token is computed twice. */
final class Decoding implements AutoCloseable {
    private static final float SMALLEST_TEMPERATURE = 1e-6f;

    private final Session session;
    private final ModelConfig config;
    private final List<GeneratedRow> rows;
    private final GenerationOptions options;
    private final Set<Integer> stops;
    private final int stretch;
    private final int promptLength;
    private final Set<String> cacheNames = new LinkedHashSet<>();
    private int generated;
    private OrtSession.@Nullable Result cache;

    /**
     * @param stretch most tokens of the prompts computed at once: few at a time, a prompt's early tokens are not set against
     *     its late ones in vain, and their scores take less memory
     */
    Decoding(
            Session session,
            ModelConfig config,
            List<GeneratedRow> rows,
            GenerationOptions options,
            Set<Integer> stops,
            int stretch) {
        this.session = session;
        this.config = config;
        this.rows = rows;
        this.options = options;
        this.stops = stops;
        this.stretch = stretch;
        this.promptLength =
                rows.stream().mapToInt(GeneratedRow::promptLength).max().orElseThrow();
        for (int i = 0; i < 2 * config.layers(); i++) {
            cacheNames.add("present." + i);
        }
    }

    /** The most tokens a row may still have. */
    int remaining() {
        return rows.stream().mapToInt(GeneratedRow::remaining).max().orElseThrow();
    }

    /** Generates so many tokens a row, or fewer where every row ends before. */
    void run(int rounds) {
        int length = promptLength + generated;
        int from = cache == null ? readPrompts() : length - 1;
        boolean goesOn = rounds < remaining();
        Set<String> wanted = new LinkedHashSet<>(goesOn ? cacheNames : Set.of());
        wanted.add("tokens");
        OrtSession.Result result = session.run(feeds(from, length, rounds), wanted);
        close();
        cache = result;
        int[][] tokens = tokens(result);
        for (int r = 0; r < rows.size(); r++) {
            rows.get(r).append(tokens[r], stops);
        }
        generated += tokens[0].length;
    }

    /** Takes the prompts into the cache, all but their last stretch; what the rounds say that come with it is dropped. */
    private int readPrompts() {
        int from = 0;
        while (promptLength - from > stretch) {
            OrtSession.Result result = session.run(feeds(from, from + stretch, 1), cacheNames);
            close();
            cache = result;
            from += stretch;
        }
        return from;
    }

    /**
     * @param from where the tokens begin that are not in the cache
     * @param length tokens of the rows' history
     */
    private Session.Feeds feeds(int from, int length, int rounds) {
        int batch = rows.size();
        int time = length - from;
        long[] history = new long[batch * length];
        long[] ids = new long[batch * time];
        long[] padding = new long[batch];
        long[] finished = new long[batch];
        float[] uniforms = new float[rounds * batch];
        for (int r = 0; r < batch; r++) {
            GeneratedRow row = rows.get(r);
            padding[r] = promptLength - row.promptLength();
            finished[r] = row.remaining() == 0 ? 1 : 0;
            for (int i = 0; i < length; i++) {
                history[r * length + i] = row.token(i - (int) padding[r]);
            }
            System.arraycopy(history, (r + 1) * length - time, ids, r * time, time);
            for (int round = 0; round < rounds; round++) {
                uniforms[round * batch + r] = row.uniform(generated + round);
            }
        }
        Session.Feeds feeds = new Session.Feeds()
                .longs("ids", ids, batch, time)
                .longs("history", history, batch, length)
                .longs("padding", padding, batch)
                .longs("finished", finished, batch)
                .longs("rounds", new long[] {rounds})
                .floats("uniforms", uniforms, rounds, batch);
        choice(feeds);
        if (session.takes(PresencePenalty.PENALTY)) {
            feeds.floats(
                            PresencePenalty.PENALTY,
                            new float[] {(float) options.sampling().presencePenalty()})
                    .longs(PresencePenalty.PROMPT_LENGTH, new long[] {promptLength}, 1);
        }
        past(feeds);
        return feeds;
    }

    private void choice(Session.Feeds feeds) {
        Sampling sampling = options.sampling();
        boolean greedy = sampling.temperature() == 0;
        int vocabulary = config.vocabularySize();
        int kept = sampling.topK() == 0 ? vocabulary : Math.min(sampling.topK(), vocabulary);
        float temperature = Math.max((float) sampling.temperature(), SMALLEST_TEMPERATURE);
        long[] stopIds = stops.stream().mapToLong(Integer::longValue).toArray();
        feeds.longs("stops", stopIds, stopIds.length)
                .longs("min_new_tokens", new long[] {options.minNewTokens() - generated})
                .floats("repetition_penalty", new float[] {(float) sampling.repetitionPenalty()})
                .floats("temperature", new float[] {greedy ? 1 : temperature})
                .longs("top_k", new long[] {greedy ? 1 : kept}, 1)
                .floats("top_p", new float[] {sampling.topP() == 1 ? 2 : (float) sampling.topP()});
    }

    private void past(Session.Feeds feeds) {
        for (int i = 0; i < cacheNames.size(); i++) {
            if (cache == null) {
                feeds.floats("past." + i, new float[0], rows.size(), config.keyValueHeads(), 0, config.headSize());
            } else {
                feeds.lent("past." + i, (OnnxTensor) cache.get("present." + i).orElseThrow());
            }
        }
    }

    /** [batch][rounds] */
    private int[][] tokens(OrtSession.Result result) {
        LongBuffer tokens = ((OnnxTensor) result.get("tokens").orElseThrow()).getLongBuffer();
        int[][] byRow = new int[rows.size()][tokens.remaining() / rows.size()];
        for (int i = 0; i < tokens.remaining(); i++) {
            byRow[i % rows.size()][i / rows.size()] = (int) tokens.get(i);
        }
        return byRow;
    }

    @Override
    public void close() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }
}
