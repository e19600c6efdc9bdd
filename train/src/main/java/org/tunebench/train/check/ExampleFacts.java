package org.tunebench.train.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Span;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Words;
import org.tunebench.train.batch.InspectedExample;
import org.tunebench.train.batch.TokenizedExample;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.filter.ExampleText;

/**
 * What can be seen of one example by itself.
 *
 * @param responseWords words of the supervised turns; all of raw text
 * @param turns supervised turns
 * @param endless those whose end is not supervised
 * @param lost supervised tokens of a conversation that are not trained on, since it is too long
 * @param special what of its texts is read as a special token; null for nothing
 */
record ExampleFacts(
        int words,
        int responseWords,
        int turns,
        int endless,
        RoundTrip.Outcome roundTrip,
        long lost,
        @Nullable String special) {

    /** What finds them out. */
    record Finder(String endOfTurn, TurnEnds turnEnds, RoundTrip roundTrip, SpecialTexts specialTexts) {
        Finder(ChatTemplate template, Tokenizer tokenizer) {
            this(
                    template.endOfTurn(),
                    new TurnEnds(template, tokenizer),
                    new RoundTrip(template, tokenizer),
                    new SpecialTexts(tokenizer.specialTokens()));
        }

        ExampleFacts of(InspectedExample example) {
            Example of = example.example();
            int words = Words.count(ExampleText.WHOLE.of(of));
            return new ExampleFacts(
                    words,
                    of instanceof Example.RawText ? words : responseWords(example),
                    TurnEnds.turns(example),
                    turnEnds.missing(example),
                    roundTrip.of(example),
                    of instanceof Example.RawText ? 0 : lost(example),
                    specialTexts.find(of));
        }

        private int responseWords(InspectedExample example) {
            int words = 0;
            for (int i = 0; i < example.turns().size(); i++) {
                if (example.counted().get(i)) {
                    Span turn = example.turns().get(i);
                    String said =
                            example.text().substring(turn.start(), turn.end()).stripTrailing();
                    words += Words.count(
                            said.endsWith(endOfTurn) ? said.substring(0, said.length() - endOfTurn.length()) : said);
                }
            }
            return words;
        }

        private static long lost(InspectedExample example) {
            return Math.max(
                    0,
                    example.whole().supervisedTokens()
                            - supervised(example.fate().kept()));
        }

        private static long supervised(List<TokenizedExample> kept) {
            return kept.stream().mapToLong(TokenizedExample::supervisedTokens).sum();
        }
    }
}
