package org.tunebench.core.runtime;

import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tunebench.core.graph.DType;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * Scores continuations. The requests of a call become a {@link PrefixTree}. Where more hangs on a stretch of tokens than fits
 * into a row, its keys and values are computed once and stand as the {@link Past} before all that is below it. What is small
 * enough is laid out in rows, several subtrees in one, each blind to the others.
 */
final class Scorer implements AutoCloseable {
    /**
     * Most tokens of a row, and of a stretch computed at once: enough for the processor's products, few enough that the pairs
     * of tokens that do not see each other cost little.
     */
    private static final int ROW_TOKENS = 192;

    /** Fewest tokens that are worth a run of their own as a past; fewer are computed again for each branch. */
    private static final int LEAST_SHARED = 24;

    /** Working memory of a batch; beyond it the processor gains nothing from more rows, a GPU needs more to be busy. */
    private static final long CPU_BYTES = 64L << 20;

    private static final long CUDA_BYTES = 2L << 30;

    /** Of the logits, and of the scores of one layer, that are there at once. */
    private static final int LOGITS_COPIES = 2;

    private static final int SCORES_COPIES = 3;

    private static final Set<String> SCORES = Set.of("log_probs", "best");

    private final int rowTokens;
    private final int leastShared;
    private final long workingBytes;
    private final Session session;
    private final ModelConfig config;
    private final Set<String> scoresAndPresent = new LinkedHashSet<>(SCORES);

    Scorer(ModelFolder model, Device device) {
        this(model, device, ROW_TOKENS, LEAST_SHARED);
    }

    /** With limits of its own in place of {@link #ROW_TOKENS} and {@link #LEAST_SHARED}. */
    Scorer(ModelFolder model, Device device, int rowTokens, int leastShared) {
        this.rowTokens = rowTokens;
        this.leastShared = leastShared;
        this.workingBytes = device == Device.CUDA ? CUDA_BYTES : CPU_BYTES;
        this.session = Session.open(ScoreProgram.of(model), device, model.weightsRoot());
        this.config = model.config();
        for (int i = 0; i < 2 * config.layers(); i++) {
            scoresAndPresent.add("present." + i);
        }
    }

    List<ContinuationScore> score(List<ScoreRequest> requests) {
        ScoreAnswers answers = new ScoreAnswers(requests);
        try (Past none = Past.none(config)) {
            scoreAfter(none, PrefixTree.of(requests, rowTokens).children(), answers);
        }
        return answers.scores();
    }

    private void scoreAfter(Past past, List<PrefixTree.Node> subtrees, ScoreAnswers answers) {
        List<PrefixTree.Node> small = new ArrayList<>();
        subtrees.forEach(tree -> place(tree, past, small, answers));
        List<ScoreRow> batch = new ArrayList<>();
        for (ScoreRow row : ScoreRow.of(small, rowTokens)) {
            if (!batch.isEmpty() && (batch.size() + 1) * batch.get(0).length() > batchTokens(past)) {
                run(past, batch, SCORES, answers).close();
                batch.clear();
            }
            batch.add(row);
        }
        if (!batch.isEmpty()) {
            run(past, batch, SCORES, answers).close();
        }
    }

    /** Most tokens of a batch after a past, padding included; one row is always taken. */
    private long batchTokens(Past past) {
        long scores = (long) config.heads() * (past.length() + rowTokens);
        long floats = LOGITS_COPIES * (long) config.vocabularySize() + SCORES_COPIES * scores;
        return workingBytes / (DType.FLOAT.bytes() * floats);
    }

    /** Leaves a small subtree for the rows; scores a large one. */
    private void place(PrefixTree.Node tree, Past past, List<PrefixTree.Node> small, ScoreAnswers answers) {
        if (tree.size() <= rowTokens || tree.children().isEmpty()) {
            small.add(tree);
        } else if (tree.tokens().length < leastShared) {
            tree.childrenWithTokens().forEach(child -> place(child, past, small, answers));
        } else {
            OrtSession.Result run = run(past, List.of(ScoreRow.ofTokens(tree)), scoresAndPresent, answers);
            int length = past.length() + tree.tokens().length;
            try (Past longer = Past.of(length, 2 * config.layers(), run)) {
                scoreAfter(longer, tree.children(), answers);
            }
        }
    }

    private OrtSession.Result run(Past past, List<ScoreRow> rows, Set<String> outputs, ScoreAnswers answers) {
        ScoreBatch batch = new ScoreBatch(rows);
        OrtSession.Result result = session.run(batch.feeds(past, answers, config.vocabularySize()), outputs);
        answers.take(batch.wanted, batch.rowOfWant, result);
        return result;
    }

    @Override
    public void close() {
        session.close();
    }
}
