package org.tunebench.core.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.TextListener;
import org.tunebench.core.text.Tokenizer;

/** Generates in batches of prompts of about equal length. */
final class Generator implements AutoCloseable {
    private static final int BATCH_ROWS = 16;

    /** Most tokens of prompts that are computed at once. */
    private static final int STRETCH = 256;

    /** Most tokens of a batch at its end, padding included; a single row may need more. */
    private static final int BATCH_TOKENS = 16_384;

    /** Tokens between two looks for stop strings, which the graph knows nothing about. */
    private static final int STOP_STRING_INTERVAL = 32;

    /** How often text is told: about this often, and at least every so many tokens. */
    private static final Duration TELLING_INTERVAL = Duration.ofMillis(50);

    private final ModelFolder model;
    private final Device device;
    private final Tokenizer tokenizer;
    private final int stretch;
    private @Nullable Session session;

    Generator(ModelFolder model, Device device, Tokenizer tokenizer) {
        this(model, device, tokenizer, STRETCH);
    }

    /** With a limit of its own in place of {@link #STRETCH}. */
    Generator(ModelFolder model, Device device, Tokenizer tokenizer, int stretch) {
        this.stretch = stretch;
        this.model = model;
        this.device = device;
        this.tokenizer = tokenizer;
    }

    List<Generation> generate(List<int[]> prompts, GenerationOptions options) {
        List<GeneratedRow> rows = rows(prompts, options);
        List<GeneratedRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(GeneratedRow::promptLength).reversed());
        for (int from = 0; from < sorted.size(); ) {
            int to = batchEnd(sorted, from);
            try (Decoding decoding = decoding(sorted.subList(from, to), options)) {
                int rounds = options.stopStrings().isEmpty() ? Integer.MAX_VALUE : STOP_STRING_INTERVAL;
                while (decoding.remaining() > 0) {
                    decoding.run(Math.min(rounds, decoding.remaining()));
                }
            }
            from = to;
        }
        return rows.stream().map(GeneratedRow::generation).toList();
    }

    /** One prompt, its text told as it grows. */
    Generation generate(int[] prompt, GenerationOptions options, TextListener listener) {
        GeneratedRow row = rows(List.of(prompt), options).get(0);
        StreamedText text = new StreamedText(listener);
        int rounds = 1;
        try (Decoding decoding = decoding(List.of(row), options)) {
            while (decoding.remaining() > 0) {
                long start = System.nanoTime();
                decoding.run(Math.min(rounds, decoding.remaining()));
                text.tell(row);
                boolean quick = System.nanoTime() - start < TELLING_INTERVAL.toNanos();
                rounds = quick ? Math.min(2 * rounds, STOP_STRING_INTERVAL) : Math.max(1, rounds / 2);
            }
        }
        return row.generation();
    }

    private List<GeneratedRow> rows(List<int[]> prompts, GenerationOptions options) {
        Map<List<Integer>, Integer> seen = new HashMap<>();
        List<GeneratedRow> rows = new ArrayList<>();
        int context = model.config().contextLength();
        for (int[] prompt : prompts) {
            if (prompt.length == 0 || prompt.length >= context) {
                throw new InputException(
                        "a prompt of " + prompt.length + " tokens",
                        "model " + model.name(),
                        "Give from 1 to " + (context - 1) + " tokens; the context is " + context);
            }
            List<Integer> key = Arrays.stream(prompt).boxed().toList();
            int occurrence = seen.merge(key, 1, Integer::sum);
            int limit = Math.min(options.maxNewTokens(), context - prompt.length);
            rows.add(new GeneratedRow(prompt, limit, options, tokenizer, 31L * key.hashCode() + occurrence));
        }
        return rows;
    }

    private static int batchEnd(List<GeneratedRow> rows, int from) {
        int time = rows.get(from).promptLength();
        int to = from + 1;
        int most = rows.get(from).remaining();
        while (to < rows.size() && to - from < BATCH_ROWS) {
            most = Math.max(most, rows.get(to).remaining());
            boolean fits = (to - from + 1L) * (time + most) <= BATCH_TOKENS;
            if (!fits || rows.get(to).promptLength() * 2 < time) {
                break;
            }
            to++;
        }
        return to;
    }

    private Decoding decoding(List<GeneratedRow> rows, GenerationOptions options) {
        Set<Integer> stops = new LinkedHashSet<>(model.eosIds());
        stops.addAll(options.stopTokens());
        return new Decoding(
                session(options.sampling().presencePenalty() != 0), model.config(), rows, options, stops, stretch);
    }

    /** One at a time: a program that can penalise does for everything. */
    private Session session(boolean presence) {
        Session ready = session;
        if (ready == null || presence && !ready.takes(PresencePenalty.PENALTY)) {
            close();
            ready = Session.open(GenerateProgram.of(model, presence), device, model.weightsRoot());
            session = ready;
        }
        return ready;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
