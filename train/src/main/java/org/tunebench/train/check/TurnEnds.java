package org.tunebench.train.check;

import java.util.Arrays;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Span;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.batch.InspectedExample;

/**
 * Whether the token on which generation stops is supervised behind each supervised turn: that of the template's end of turn,
 * or the end-of-sequence token where the template names none.
 */
record TurnEnds(ChatTemplate template, Tokenizer tokenizer) {

    /** Supervised turns of an example. */
    static int turns(InspectedExample example) {
        return (int) example.counted().stream().filter(counted -> counted).count();
    }

    /** Supervised turns whose end is not. */
    int missing(InspectedExample example) {
        int turns = turns(example);
        if (turns == 0) {
            return 0;
        }
        int[] rows = rows(example);
        int ended = 0;
        for (int i = 0; i < example.turns().size(); i++) {
            if (example.counted().get(i) && isEnded(example, example.turns().get(i), rows)) {
                ended++;
            }
        }
        return turns - ended;
    }

    /** For each token of the text its place in the whole. */
    private static int[] rows(InspectedExample example) {
        int[] rows = new int[example.encoding().ids().length];
        int[] places = example.places();
        for (int row = 0; row < places.length; row++) {
            if (places[row] != InspectedExample.ADDED) {
                rows[places[row]] = row;
            }
        }
        return rows;
    }

    private boolean isEnded(InspectedExample example, Span turn, int[] rows) {
        boolean[] supervised = example.whole().supervised();
        String end = template.endOfTurn();
        if (!end.isEmpty()) {
            int token = tokenAt(example, lastCharacter(example.text(), turn, end));
            return token >= 0 && supervised[rows[token]];
        }
        int token = tokenAt(example, turn.end() - 1);
        if (token < 0) {
            return false;
        }
        int row = rows[token];
        return isSupervisedEos(example, row) || isSupervisedEos(example, row + 1);
    }

    private boolean isSupervisedEos(InspectedExample example, int row) {
        return row < example.whole().length()
                && example.whole().supervised()[row]
                && tokenizer.eosId().isPresent()
                && tokenizer.eosId().getAsInt() == example.whole().ids()[row];
    }

    /** The last character of the end of a turn, inside its span or right behind it; −1 where there is none. */
    private static int lastCharacter(String text, Span turn, String end) {
        String said = text.substring(turn.start(), turn.end()).stripTrailing();
        if (said.endsWith(end)) {
            return turn.start() + said.length() - 1;
        }
        return text.startsWith(end, turn.end()) ? turn.end() + end.length() - 1 : -1;
    }

    /** The token of a character, −1 where it has none. */
    private static int tokenAt(InspectedExample example, int character) {
        int[] starts = example.encoding().starts();
        int found = Arrays.binarySearch(starts, character);
        int token = found >= 0 ? found : -found - 2;
        return character < 0 ? -1 : token;
    }
}
