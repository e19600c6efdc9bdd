package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tunebench.core.record.CheckRecord.Sample;
import org.tunebench.core.record.CheckRecord.Token;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizer.Encoding;
import org.tunebench.train.batch.Fate;
import org.tunebench.train.batch.InspectedExample;
import org.tunebench.train.batch.TokenizedExample;
import org.tunebench.train.data.example.Origin;

/** Examples token by token, as a person can read them. */
final class ShownTokens {
    /** An example of so many tokens is shown whole. */
    private static final int WHOLE = 400;

    /** Tokens shown of the beginning and of the end of a longer one. */
    private static final int START = 200;

    private static final int END = 100;

    private final Tokenizer tokenizer;
    private final int maxLength;
    private final Set<String> special;

    ShownTokens(Tokenizer tokenizer, int maxLength) {
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.special = new HashSet<>(tokenizer.specialTokens());
    }

    Sample sample(InspectedExample example, List<String> kinds) {
        Origin origin = example.example().origin();
        TokenizedExample whole = example.whole();
        int length = whole.length();
        int leftOut = length <= WHOLE ? 0 : length - START - END;
        return new Sample(
                kinds,
                origin.id(),
                origin.where(),
                origin.task(),
                origin.category(),
                origin.template(),
                fate(example),
                length,
                whole.supervisedTokens(),
                tokens(example, 0, leftOut == 0 ? length : START),
                leftOut,
                leftOut == 0 ? List.of() : tokens(example, length - END, length));
    }

    private String fate(InspectedExample example) {
        Fate fate = example.fate();
        if (Fate.TOO_LONG.equals(fate.dropped())) {
            return "left out: its newest exchange does not fit into max_length " + maxLength;
        } else if (fate.dropped() != null) {
            return "left out: the loss counts none of its tokens";
        } else if (fate.truncated()) {
            return "its oldest turns are left out: " + fate.kept().get(0).length() + " tokens are trained on";
        } else if (fate.split()) {
            return "made into " + fate.kept().size() + " examples";
        }
        return "trained on as it is";
    }

    private List<Token> tokens(InspectedExample example, int from, int to) {
        Encoding encoding = example.encoding();
        int[] places = example.places();
        List<Token> tokens = new ArrayList<>();
        int previousEnd = 0;
        for (int i = 0; i < to; i++) {
            int place = places[i];
            String text;
            if (place == InspectedExample.ADDED) {
                text = tokenizer.decode(new int[] {example.whole().ids()[i]}, false);
            } else {
                int end = encoding.ends()[place];
                text = end <= previousEnd ? "" : example.text().substring(previousEnd, end);
                previousEnd = Math.max(previousEnd, end);
            }
            if (i >= from) {
                boolean isSpecial = place == InspectedExample.ADDED || special.contains(text);
                tokens.add(new Token(text, i > 0 && example.whole().supervised()[i], isSpecial));
            }
        }
        return tokens;
    }
}
