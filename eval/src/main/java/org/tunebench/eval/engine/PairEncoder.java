package org.tunebench.eval.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.text.Tokenizer;

/**
 * Text requests as token requests, by the rules of lm-evaluation-harness (4e7e0d4, {@code TemplateLM._encode_pair} and
 * {@code HFLM._loglikelihood_tokens}):
 *
 * <ul>
 *   <li>the context's trailing whitespace belongs to the continuation;
 *   <li>context and continuation are encoded together; what is beyond the length of the context encoded alone is the
 *       continuation;
 *   <li>an empty context is the beginning-of-sequence token, else the end-of-sequence token; a continuation that already
 *       starts with it gives up its first token for it;
 *   <li>the beginning-of-sequence token is added only where the tokenizer's configuration adds it, and never doubled;
 *   <li>of the tokens together the last {@code contextLength + 1} are kept (the last of them is only predicted).
 * </ul>
 */
final class PairEncoder {
    private final Tokenizer tokenizer;
    private final int contextLength;
    private @Nullable String lastContext;
    private int[] lastContextIds = new int[0];

    PairEncoder(Tokenizer tokenizer, int contextLength) {
        this.tokenizer = tokenizer;
        this.contextLength = contextLength;
    }

    /** A token request and what was cut from it. */
    record Encoded(ScoreRequest request, boolean contextCut, boolean continuationCut) {}

    Encoded encode(TextRequest request) {
        if (request.context().isEmpty()) {
            return encodeAlone(request.continuation());
        }
        int end = Whitespace.endOfText(request.context());
        String context = request.context().substring(0, end);
        String whole = request.context() + request.continuation();
        int[] contextIds = contextIds(context);
        if (contextIds.length == 0) {
            return encodeAlone(whole);
        }
        int[] wholeIds = tokenizer.encodePrompt(whole);
        if (wholeIds.length <= contextIds.length) {
            throw new InputException(
                    "the choice '" + request.continuation() + "' adds no token to its prompt",
                    "prompt that ends in '" + tail(request.context()) + "'",
                    "Give the choice text of its own, or use a tokenizer that knows its characters");
        }
        return cut(contextIds, Arrays.copyOfRange(wholeIds, contextIds.length, wholeIds.length));
    }

    /** The choices of a question have the same context: it is encoded once. */
    private int[] contextIds(String context) {
        if (!context.equals(lastContext)) {
            lastContextIds = tokenizer.encodePrompt(context);
            lastContext = context;
        }
        return lastContextIds;
    }

    private Encoded encodeAlone(String continuation) {
        int[] ids = tokenizer.encode(continuation);
        int prefix = prefixToken();
        if (ids.length == 0 || (ids.length == 1 && ids[0] == prefix)) {
            throw new InputException(
                    "'" + continuation + "' has no token to score",
                    "a request without context",
                    "Give it text that the tokenizer knows");
        }
        return ids[0] == prefix
                ? cut(new int[] {prefix}, Arrays.copyOfRange(ids, 1, ids.length))
                : cut(new int[] {prefix}, ids);
    }

    private Encoded cut(int[] context, int[] continuation) {
        int kept = Math.min(continuation.length, contextLength);
        int contextKept = Math.min(context.length, contextLength + 1 - kept);
        boolean continuationCut = kept < continuation.length;
        if (continuationCut) {
            int[] cut = Arrays.copyOfRange(continuation, continuation.length - kept, continuation.length);
            int before = continuation[continuation.length - kept - 1];
            return new Encoded(new ScoreRequest(new int[] {before}, cut), true, true);
        }
        int[] cutContext = Arrays.copyOfRange(context, context.length - contextKept, context.length);
        return new Encoded(new ScoreRequest(cutContext, continuation), contextKept < context.length, false);
    }

    /** The tokens of a prompt to be continued; an empty one is the prefix token. */
    int[] promptTokens(String prompt) {
        int[] ids = tokenizer.encodePrompt(prompt);
        return ids.length == 0 ? new int[] {prefixToken()} : ids;
    }

    /** What stands before a text that has no context: the beginning-of-sequence token, else the end-of-sequence token. */
    int prefixToken() {
        return tokenizer
                .bosId()
                .orElseGet(() -> tokenizer
                        .eosId()
                        .orElseThrow(() -> new InputException(
                                "the tokenizer names neither a bos_token nor an eos_token, and a text without context needs one",
                                "tokenizer_config.json",
                                "Name one of them there")));
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 40));
    }
}
