package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.Tokenizer;

/** Generates in batches of prompts of about equal length. */
final class Generator implements AutoCloseable {
    private static final int BATCH_ROWS = 16;

    /** Most tokens of a batch at its end, padding included; a single row may need more. */
    private static final int BATCH_TOKENS = 16_384;

    /** Tokens between two looks for stop strings, which the graph knows nothing about. */
    private static final int STOP_STRING_INTERVAL = 64;

    private final ModelFolder model;
    private final Device device;
    private final Tokenizer tokenizer;
    private final Map<TokenChoice.Kind, Session> sessions = new EnumMap<>(TokenChoice.Kind.class);

    Generator(ModelFolder model, Device device, Tokenizer tokenizer) {
        this.model = model;
        this.device = device;
        this.tokenizer = tokenizer;
    }

    List<Generation> generate(List<int[]> prompts, GenerationOptions options) {
        Set<Long> stops = new LinkedHashSet<>();
        model.eosIds().forEach(id -> stops.add((long) id));
        options.stopTokens().forEach(id -> stops.add((long) id));
        List<GeneratedRow> rows = rows(prompts, options);
        List<GeneratedRow> open = new ArrayList<>(rows);
        while (!open.isEmpty()) {
            open.sort(Comparator.comparingInt(GeneratedRow::length).reversed());
            for (int from = 0; from < open.size(); ) {
                int to = batchEnd(open, from);
                run(open.subList(from, to), options, stops);
                from = to;
            }
            open.removeIf(GeneratedRow::finished);
        }
        return rows.stream().map(GeneratedRow::generation).toList();
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
        int time = rows.get(from).length();
        int to = from + 1;
        int most = rows.get(from).remaining();
        while (to < rows.size() && to - from < BATCH_ROWS) {
            most = Math.max(most, rows.get(to).remaining());
            boolean fits = (to - from + 1L) * (time + most) <= BATCH_TOKENS;
            if (!fits || rows.get(to).length() * 2 < time) {
                break;
            }
            to++;
        }
        return to;
    }

    private void run(List<GeneratedRow> rows, GenerationOptions options, Set<Long> stops) {
        int steps = rows.stream().mapToInt(GeneratedRow::remaining).max().orElseThrow();
        if (!options.stopStrings().isEmpty()) {
            steps = Math.min(steps, STOP_STRING_INTERVAL);
        }
        boolean greedy = options.temperature() == 0;
        Session session = session(greedy ? TokenChoice.Kind.GREEDY : TokenChoice.Kind.NUCLEUS);
        Session.Feeds feeds = prompts(rows, steps, stops);
        if (!greedy) {
            sampling(feeds, rows, options, steps);
        }
        Outputs out = session.run(feeds);
        long[] first = out.longs("first");
        long[] rest = out.longs("rest");
        int count = rows.size();
        for (int r = 0; r < count; r++) {
            int row = r;
            long[] tokens = IntStream.rangeClosed(0, rest.length / count)
                    .mapToLong(i -> i == 0 ? first[row] : rest[(i - 1) * count + row])
                    .toArray();
            rows.get(r).append(tokens, stops);
        }
    }

    /** The rows so far, padded on the left. */
    private static Session.Feeds prompts(List<GeneratedRow> rows, int steps, Set<Long> stops) {
        int time = rows.get(0).length();
        long[] ids = new long[rows.size() * time];
        long[] positions = new long[ids.length];
        long[] padding = new long[ids.length];
        Arrays.fill(padding, 1);
        for (int r = 0; r < rows.size(); r++) {
            int[] tokens = rows.get(r).tokens();
            int start = (r + 1) * time - tokens.length;
            for (int i = 0; i < tokens.length; i++) {
                ids[start + i] = tokens[i];
                positions[start + i] = i;
                padding[start + i] = 0;
            }
        }
        return new Session.Feeds()
                .longs("ids", ids, rows.size(), time)
                .longs("positions", positions, rows.size(), time)
                .longs("padding", padding, rows.size(), time)
                .longs("more_tokens", new long[] {steps - 1})
                .longs("stops", stops.stream().mapToLong(Long::longValue).toArray(), stops.size());
    }

    private static void sampling(Session.Feeds feeds, List<GeneratedRow> rows, GenerationOptions options, int steps) {
        float[] uniforms = new float[steps * rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int step = 0; step < steps; step++) {
                uniforms[step * rows.size() + r] = rows.get(r).uniform(step);
            }
        }
        feeds.floats("temperature", new float[] {(float) options.temperature()})
                .floats("top_p", new float[] {(float) options.topP()})
                .floats("uniforms", uniforms, steps, rows.size());
    }

    private synchronized Session session(TokenChoice.Kind kind) {
        return sessions.computeIfAbsent(
                kind, k -> Session.open(GenerateProgram.of(model, k), device, model.weightsRoot()));
    }

    @Override
    public synchronized void close() {
        sessions.values().forEach(Session::close);
        sessions.clear();
    }
}
