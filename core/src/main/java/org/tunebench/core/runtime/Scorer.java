package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.ContinuationScore;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/** Scores continuations in batches of trees of about equal length, longest first. */
final class Scorer implements AutoCloseable {
    /** Most tokens of a batch, padding included; a longer sequence is a batch of its own. */
    private static final int BATCH_TOKENS = 1024;

    /** Largest number of floats in the logits of a batch; a single sequence may need more. */
    private static final long BATCH_LOGITS = 1L << 26;

    private final Session session;
    private final int vocabulary;

    Scorer(ModelFolder model, Device device) {
        this.session = Session.open(ScoreProgram.of(model), device, model.weightsRoot());
        this.vocabulary = model.config().vocabularySize();
    }

    List<ContinuationScore> score(List<ScoreRequest> requests) {
        ContinuationScore[] scores = new ContinuationScore[requests.size()];
        List<ScoreTree> trees = new ArrayList<>(ScoreTree.of(requests));
        trees.sort(Comparator.comparingInt(ScoreTree::length).reversed());
        List<ScoreTree> batch = new ArrayList<>();
        for (ScoreTree tree : trees) {
            if (!batch.isEmpty() && !fits(batch, tree)) {
                run(batch, scores);
                batch.clear();
            }
            batch.add(tree);
        }
        if (!batch.isEmpty()) {
            run(batch, scores);
        }
        return List.of(scores);
    }

    private boolean fits(List<ScoreTree> batch, ScoreTree tree) {
        int time = batch.get(0).length();
        long rows = batch.stream().mapToLong(Scorer::rows).sum() + rows(tree);
        return (batch.size() + 1L) * time <= BATCH_TOKENS
                && rows * vocabulary <= BATCH_LOGITS
                && tree.length() * 4 >= time * 3; // at most a quarter of padding
    }

    private static long rows(ScoreTree tree) {
        return tree.continuations().stream().mapToLong(c -> c.length).sum();
    }

    /** One run: right padding needs no mask, since no token looks at a later one. */
    private void run(List<ScoreTree> batch, ContinuationScore[] scores) {
        int time = batch.get(0).length();
        int size = batch.size() * time;
        long[] ids = new long[size];
        long[] positions = new long[size];
        long[] segments = new long[size];
        Map<Long, Integer> rowOf = new LinkedHashMap<>();
        List<Long> picks = new ArrayList<>();
        for (int r = 0; r < batch.size(); r++) {
            ScoreTree tree = batch.get(r);
            ScoreTree.Layout layout = tree.layout();
            System.arraycopy(layout.ids(), 0, ids, r * time, layout.ids().length);
            System.arraycopy(layout.positions(), 0, positions, r * time, layout.ids().length);
            System.arraycopy(layout.segments(), 0, segments, r * time, layout.ids().length);
            List<int[]> predictors = tree.predictors();
            for (int c = 0; c < predictors.size(); c++) {
                for (int i = 0; i < predictors.get(c).length; i++) {
                    int row = rowOf.computeIfAbsent((long) r * time + predictors.get(c)[i], k -> rowOf.size());
                    picks.add((long) row * vocabulary + tree.continuations().get(c)[i]);
                }
            }
        }
        Outputs out = session.run(new Session.Feeds()
                .longs("ids", ids, batch.size(), time)
                .longs("positions", positions, batch.size(), time)
                .longs("segments", segments, batch.size(), time)
                .longs("rows", array(rowOf.keySet()), rowOf.size())
                .longs("picks", array(picks), picks.size()));
        collect(batch, picks, out, scores);
    }

    private void collect(List<ScoreTree> batch, List<Long> picks, Outputs out, ContinuationScore[] scores) {
        float[] logProbs = out.floats("log_probs");
        long[] best = out.longs("best");
        int at = 0;
        for (ScoreTree tree : batch) {
            for (int c = 0; c < tree.continuations().size(); c++) {
                double[] tokens = new double[tree.continuations().get(c).length];
                boolean greedy = true;
                for (int i = 0; i < tokens.length; i++, at++) {
                    tokens[i] = logProbs[at];
                    long pick = picks.get(at);
                    greedy &= best[(int) (pick / vocabulary)] == pick % vocabulary;
                }
                scores[tree.requests().get(c)] = new ContinuationScore(tokens, greedy);
            }
        }
    }

    private static long[] array(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        session.close();
    }
}
