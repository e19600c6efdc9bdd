package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * One context and several of its continuations laid out as one sequence: the context as segment 0, each continuation but
 * its last token as a segment of its own, positions going on from the context. The context is computed once.
 *
 * @param requests indices of the requests, all with the same context
 */
record ScoreTree(int[] context, List<Integer> requests, List<int[]> continuations) {

    /**
     * Groups requests by context. A group is cut where its branches would outgrow its context, since every branch also
     * attends, in vain, to the others.
     */
    static List<ScoreTree> of(List<ScoreRequest> requests) {
        Map<Key, List<Integer>> byContext = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            byContext
                    .computeIfAbsent(new Key(requests.get(i).context()), k -> new ArrayList<>())
                    .add(i);
        }
        List<ScoreTree> trees = new ArrayList<>();
        byContext.forEach((key, members) -> trees.addAll(cut(key.tokens, members, requests)));
        return trees;
    }

    private static List<ScoreTree> cut(int[] context, List<Integer> members, List<ScoreRequest> requests) {
        int most = Math.max(context.length, 256);
        List<ScoreTree> trees = new ArrayList<>();
        ScoreTree tree = new ScoreTree(context, new ArrayList<>(), new ArrayList<>());
        for (int i : members) {
            int[] continuation = requests.get(i).continuation();
            boolean full = tree.length() - context.length + continuation.length - 1 > most;
            if (full && !tree.requests.isEmpty()) {
                trees.add(tree);
                tree = new ScoreTree(context, new ArrayList<>(), new ArrayList<>());
            }
            tree.requests.add(i);
            tree.continuations.add(continuation);
        }
        trees.add(tree);
        return trees;
    }

    /** Tokens that go through the model. */
    int length() {
        int length = context.length;
        for (int[] continuation : continuations) {
            length += continuation.length - 1;
        }
        return length;
    }

    /** Token ids, positions and segments of the sequence. */
    Layout layout() {
        Layout layout = new Layout(new long[length()], new long[length()], new long[length()]);
        int at = 0;
        for (int i = 0; i < context.length; i++) {
            layout.set(at++, context[i], i, 0);
        }
        for (int branch = 0; branch < continuations.size(); branch++) {
            int[] continuation = continuations.get(branch);
            for (int i = 0; i < continuation.length - 1; i++) {
                layout.set(at++, continuation[i], context.length + i, branch + 1);
            }
        }
        return layout;
    }

    /** For each continuation and each of its tokens, the index in the sequence whose next token it is. */
    List<int[]> predictors() {
        List<int[]> predictors = new ArrayList<>();
        int at = context.length;
        for (int[] continuation : continuations) {
            int[] indices = new int[continuation.length];
            indices[0] = context.length - 1;
            for (int i = 1; i < indices.length; i++) {
                indices[i] = at++;
            }
            predictors.add(indices);
        }
        return predictors;
    }

    record Layout(long[] ids, long[] positions, long[] segments) {
        private void set(int at, long id, long position, long segment) {
            ids[at] = id;
            positions[at] = position;
            segments[at] = segment;
        }
    }

    /** Token ids compared by content. */
    private static final class Key {
        private final int[] tokens;

        Key(int[] tokens) {
            this.tokens = tokens;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(tokens, key.tokens);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(tokens);
        }
    }
}
