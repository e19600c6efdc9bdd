package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Rendered;
import org.tunebench.core.text.ChatTemplate.Span;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizer.Encoding;
import org.tunebench.train.data.Example;
import org.tunebench.train.recipe.Recipe;

/**
 * Renders, tokenizes and masks. The mask comes from the template's own spans: a token is supervised where its characters
 * overlap a supervised assistant turn. The beginning-of-sequence token is added where the tokenizer's configuration says
 * so and the template did not write it. Where the template's end of turn is the end-of-sequence token, that token follows
 * each assistant turn and is supervised with it, whether the template wrote it or not.
 */
final class ExampleTokenizer {
    private final Recipe.Mask mask;
    private final ChatTemplate template;
    private final Tokenizer tokenizer;

    ExampleTokenizer(Recipe.Mask mask, ChatTemplate template, Tokenizer tokenizer) {
        this.mask = mask;
        this.template = template;
        this.tokenizer = tokenizer;
    }

    /** @throws InputException with the example's file and line when the template refuses the conversation */
    Rendered render(Example.Conversation example, List<Message> messages) {
        try {
            return template.render(messages, example.tools(), false);
        } catch (InputException e) {
            throw new InputException(
                    "the chat template refuses the conversation: " + e.what(),
                    example.origin().where(),
                    e.mend(),
                    e);
        }
    }

    TokenizedExample conversation(Example example, Rendered rendered, Encoding encoding) {
        TokenRow row = new TokenRow(encoding.ids().length + 2);
        addBos(row, encoding.ids());
        List<Span> spans = rendered.assistantSpans();
        int span = 0;
        int previousEnd = 0;
        for (int i = 0; i < encoding.ids().length; i++) {
            // Byte-level tokenizers may leave white space out of a token's range: it begins where the last one ended.
            int start = Math.min(encoding.starts()[i], previousEnd);
            previousEnd = encoding.ends()[i];
            int id = encoding.ids()[i];
            boolean endsTurn = false;
            while (span < spans.size() && spans.get(span).end() <= start) {
                endsTurn = isEos(id) && lacksEos(row);
                if (!endsTurn) {
                    endTurn(row, spans, span);
                }
                span++;
            }
            boolean inside =
                    span < spans.size() && encoding.ends()[i] > spans.get(span).start();
            boolean supervised = endsTurn ? counts(spans, span - 1) : inside && counts(spans, span);
            row.add(id, mask == Recipe.Mask.ALL || supervised);
        }
        while (span < spans.size()) {
            endTurn(row, spans, span++);
        }
        return row.example(example);
    }

    /** Every token, then the end-of-sequence token: long text as several pieces of at most so many tokens. */
    List<TokenizedExample> rawText(Example example, Encoding encoding, int maxLength) {
        TokenRow row = new TokenRow(encoding.ids().length + 2);
        addBos(row, encoding.ids());
        for (int id : encoding.ids()) {
            row.add(id, true);
        }
        tokenizer.eosId().ifPresent(eos -> row.add(eos, true));
        List<TokenizedExample> pieces = new ArrayList<>();
        for (int from = 0; from < row.size(); from += maxLength) {
            pieces.add(row.piece(example, from, Math.min(row.size(), from + maxLength)));
        }
        return pieces;
    }

    private void addBos(TokenRow row, int[] ids) {
        OptionalInt bos = tokenizer.bosId();
        if (tokenizer.addsBos() && bos.isPresent() && (ids.length == 0 || ids[0] != bos.getAsInt())) {
            row.add(bos.getAsInt(), mask == Recipe.Mask.ALL);
        }
    }

    private void endTurn(TokenRow row, List<Span> spans, int span) {
        if (lacksEos(row)) {
            tokenizer.eosId().ifPresent(eos -> row.add(eos, mask == Recipe.Mask.ALL || counts(spans, span)));
        }
    }

    private boolean lacksEos(TokenRow row) {
        return template.endOfTurn().isEmpty() && !isEos(row.last());
    }

    private boolean isEos(int id) {
        return tokenizer.eosId().isPresent() && tokenizer.eosId().getAsInt() == id;
    }

    private boolean counts(List<Span> spans, int span) {
        return mask != Recipe.Mask.LAST_TURN || span == spans.size() - 1;
    }
}
