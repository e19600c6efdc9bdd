package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of pairwise/&lt;suite&gt;.jsonl: the run's answer beside another run's answer to the same question, judged twice
 * with the positions swapped. Keys that do not apply are left out.
 *
 * @param id of the sample, as in samples/&lt;suite&gt;.jsonl
 * @param turn of the conversation, from 1
 * @param group category…
 * @param opponent the other run's model, as its results call it
 * @param prompt the question of this turn
 * @param response this run's answer
 * @param opponentResponse the other's
 * @param first the game in which this run's answer is assistant A
 * @param swapped the game in which it is assistant B
 * @param winner who won both games, else {@link Winner#TIE}; absent where the games do not say, as the flags tell
 * @param flags {@code unparsed}, {@code judge_failed}; absent where nothing is odd
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PairwiseRecord(
        String id,
        int turn,
        @Nullable String group,
        String opponent,
        String prompt,
        String response,
        String opponentResponse,
        Game first,
        Game swapped,
        @Nullable Winner winner,
        @Nullable List<String> flags) {

    /** Whose answer is the better one. */
    public enum Winner {
        /** This run's. */
        @JsonProperty("model")
        MODEL,
        /** The other run's. */
        @JsonProperty("opponent")
        OPPONENT,
        @JsonProperty("tie")
        TIE
    }

    /**
     * What the judge said of the two answers in one order.
     *
     * @param judge which judge
     * @param template the prompt's name, or the rule that the judge follows
     * @param text the judge's own words
     * @param verdict read from the words; absent where they hold none or the judge failed
     * @param failure why there are no words, where there are none
     * @param promptTokens sent to the judge, where it says so
     * @param completionTokens written by the judge, where it says so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Game(
            String judge,
            String template,
            @Nullable String text,
            @Nullable Winner verdict,
            @Nullable String failure,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens) {}
}
