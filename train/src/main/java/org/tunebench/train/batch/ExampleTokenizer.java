package org.tunebench.train.batch;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Rendered;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizer.Encoding;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.recipe.Recipe;

/**
 * Renders, tokenizes and masks. The mask comes from the template's own spans: a token is supervised where its characters
 * overlap a supervised turn. The beginning-of-sequence token is added where the tokenizer's configuration says
 * so and the template did not write it. Where the template's end of turn is the end-of-sequence token, that token follows
 * each assistant turn and is supervised with it, whether the template wrote it or not.
 */
final class ExampleTokenizer {
    private final boolean all;
    private final Supervision supervision;
    private final ChatTemplate template;
    private final Tokenizer tokenizer;

    ExampleTokenizer(Recipe recipe, ChatTemplate template, Tokenizer tokenizer) {
        this.all = recipe.mask() == Recipe.Mask.ALL;
        this.supervision = new Supervision(recipe.mask(), recipe.supervise(), template);
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

    /** @param lastOnly whether only the last of the turns that count does, whatever the recipe's mask */
    TokenizedExample conversation(
            Example.Conversation example,
            List<Message> messages,
            Rendered rendered,
            Encoding encoding,
            boolean lastOnly) {
        TokenRow row = new TokenRow(encoding.ids().length + 2);
        addBos(row, encoding.ids());
        List<Supervision.Turn> turns = supervision.turns(example, messages, rendered, lastOnly);
        int turn = 0;
        int previousEnd = 0;
        for (int i = 0; i < encoding.ids().length; i++) {
            // Byte-level tokenizers may leave white space out of a token's range: it begins where the last one ended.
            int start = Math.min(encoding.starts()[i], previousEnd);
            previousEnd = encoding.ends()[i];
            int id = encoding.ids()[i];
            boolean endsTurn = false;
            while (turn < turns.size() && turns.get(turn).span().end() <= start) {
                endsTurn = turns.get(turn).assistant() && isEos(id) && lacksEos(row);
                if (!endsTurn) {
                    endTurn(row, turns.get(turn));
                }
                turn++;
            }
            boolean inside = turn < turns.size()
                    && encoding.ends()[i] > turns.get(turn).span().start();
            row.add(id, counts(endsTurn ? turns.get(turn - 1) : inside ? turns.get(turn) : null));
        }
        while (turn < turns.size()) {
            endTurn(row, turns.get(turn++));
        }
        return row.example(example, TextStart.of(messages, lastOnly));
    }

    /** Every token, then the end-of-sequence token. */
    TokenizedExample rawText(Example.RawText example, Encoding encoding) {
        TokenRow row = new TokenRow(encoding.ids().length + 2);
        addBos(row, encoding.ids());
        for (int id : encoding.ids()) {
            row.add(id, true);
        }
        tokenizer.eosId().ifPresent(eos -> row.add(eos, true));
        return row.example(example, new TextStart("", example.text()));
    }

    /** What an inspection sees. @param text of a conversation; null for raw text */
    InspectedExample inspected(
            Example example, @Nullable Rendered text, Encoding encoding, TokenizedExample whole, Fate fate) {
        if (text == null || !(example instanceof Example.Conversation conversation)) {
            String raw = ((Example.RawText) example).text();
            return new InspectedExample(example, raw, List.of(), List.of(), encoding, whole, fate);
        }
        List<Supervision.Turn> turns = supervision.turns(conversation, conversation.messages(), text, false).stream()
                .filter(Supervision.Turn::assistant)
                .toList();
        return new InspectedExample(
                example,
                text.text(),
                turns.stream().map(Supervision.Turn::span).toList(),
                turns.stream().map(this::counts).toList(),
                encoding,
                whole,
                fate);
    }

    /** How raw text goes on from a token of its example. @param token counted backwards from the end, below 0 */
    TextStart textOf(Example.RawText example, Encoding encoding, int token) {
        int[] starts = encoding.starts();
        int index = starts.length + token + (tokenizer.eosId().isPresent() ? 1 : 0);
        int start = index >= starts.length ? example.text().length() : index <= 0 ? 0 : starts[index];
        int end = Math.min(example.text().length(), start + 2 * TextStart.MOST);
        return new TextStart("", example.text().substring(start, end));
    }

    private void addBos(TokenRow row, int[] ids) {
        OptionalInt bos = tokenizer.bosId();
        if (tokenizer.addsBos() && bos.isPresent() && (ids.length == 0 || ids[0] != bos.getAsInt())) {
            row.add(bos.getAsInt(), all);
        }
    }

    /** Whether the loss counts a token. @param turn that it is in; null where it is in none */
    private boolean counts(Supervision.@Nullable Turn turn) {
        return all ? turn == null || turn.learned() : turn != null && turn.counts();
    }

    private void endTurn(TokenRow row, Supervision.Turn turn) {
        if (turn.assistant() && lacksEos(row)) {
            tokenizer.eosId().ifPresent(eos -> row.add(eos, counts(turn)));
        }
    }

    private boolean lacksEos(TokenRow row) {
        return template.endOfTurn().isEmpty() && !isEos(row.last());
    }

    private boolean isEos(int id) {
        return tokenizer.eosId().isPresent() && tokenizer.eosId().getAsInt() == id;
    }
}
