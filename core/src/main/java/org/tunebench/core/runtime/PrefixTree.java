package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * Requests as a tree of tokens: what several of them have in common from their start stands once. A request's input is its
 * context and its continuation but for the last token, which is only predicted.
 */
final class PrefixTree {
    private final List<ScoreRequest> requests;
    private final int longestEdge;

    private PrefixTree(List<ScoreRequest> requests, int longestEdge) {
        this.requests = requests;
        this.longestEdge = longestEdge;
    }

    /**
     * A stretch of tokens that the requests below it share.
     *
     * @param depth tokens before it
     * @param tokens at least one, but in the root
     * @param wanted what is asked about the tokens that follow these
     * @param size tokens of this node and all below it
     */
    record Node(int depth, int[] tokens, List<Want> wanted, List<Node> children, int size) {
        static Node of(int depth, int[] tokens, List<Want> wanted, List<Node> children) {
            int below = children.stream().mapToInt(Node::size).sum();
            return new Node(depth, tokens, wanted, children, tokens.length + below);
        }

        /** The children with this node's tokens before their own; what is wanted of these tokens goes to the first. */
        List<Node> childrenWithTokens() {
            List<Node> whole = new ArrayList<>();
            for (Node child : children) {
                int[] joined = new int[tokens.length + child.tokens.length];
                System.arraycopy(tokens, 0, joined, 0, tokens.length);
                System.arraycopy(child.tokens, 0, joined, tokens.length, child.tokens.length);
                List<Want> joinedWants = new ArrayList<>(whole.isEmpty() ? wanted : List.of());
                child.wanted.forEach(w -> joinedWants.add(new Want(w.offset + tokens.length, w.request, w.index)));
                whole.add(of(depth, joined, joinedWants, child.children));
            }
            return whole;
        }
    }

    /**
     * A question: how likely is the token {@code index} of a request's continuation after the token at {@code offset}?
     */
    record Want(int offset, int request, int index) {}

    /**
     * The tree of some requests.
     *
     * @param longestEdge most tokens of a node; longer stretches become chains of nodes
     */
    static Node of(List<ScoreRequest> requests, int longestEdge) {
        PrefixTree tree = new PrefixTree(requests, longestEdge);
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            sorted.add(i);
        }
        sorted.sort(Comparator.comparing(Integer::intValue, tree::compare));
        return Node.of(0, new int[0], List.of(), tree.branches(sorted, 0));
    }

    /** The nodes of requests that are in order and share their first {@code depth} tokens. */
    private List<Node> branches(List<Integer> sorted, int depth) {
        List<Node> nodes = new ArrayList<>();
        int start = 0;
        while (start < sorted.size() && length(sorted.get(start)) == depth) {
            start++; // these end here
        }
        while (start < sorted.size()) {
            int end = start + 1;
            while (end < sorted.size() && token(sorted.get(end), depth) == token(sorted.get(start), depth)) {
                end++;
            }
            nodes.add(node(sorted.subList(start, end), depth));
            start = end;
        }
        return nodes;
    }

    private Node node(List<Integer> sorted, int depth) {
        int first = sorted.get(0);
        int last = sorted.get(sorted.size() - 1);
        int end = Math.min(shared(first, last, depth), depth + longestEdge);
        int[] tokens = new int[end - depth];
        for (int i = depth; i < end; i++) {
            tokens[i - depth] = token(first, i);
        }
        List<Want> wanted = new ArrayList<>();
        for (int r : sorted) {
            int predictor = requests.get(r).context().length - 1;
            for (int at = Math.max(depth, predictor); at < Math.min(end, length(r)); at++) {
                wanted.add(new Want(at - depth, r, at - predictor));
            }
        }
        return Node.of(depth, tokens, wanted, branches(sorted, end));
    }

    /** Up to where two requests that share their first {@code depth} tokens are the same. */
    private int shared(int a, int b, int depth) {
        int at = depth;
        int end = Math.min(length(a), length(b));
        while (at < end && token(a, at) == token(b, at)) {
            at++;
        }
        return at;
    }

    private int compare(int a, int b) {
        int at = shared(a, b, 0);
        if (at == length(a) || at == length(b)) {
            return Integer.compare(length(a), length(b));
        }
        return Integer.compare(token(a, at), token(b, at));
    }

    private int length(int request) {
        ScoreRequest r = requests.get(request);
        return r.context().length + r.continuation().length - 1;
    }

    private int token(int request, int at) {
        ScoreRequest r = requests.get(request);
        int context = r.context().length;
        return at < context ? r.context()[at] : r.continuation()[at - context];
    }
}
