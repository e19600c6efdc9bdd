package org.tunebench.eval.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.PairwiseRecord;

/**
 * What a judge was asked and what it took, as results.json holds it.
 *
 * @param calls judgments asked for
 * @param failed of these, those that the judge gave no words for
 * @param unparsed those whose words hold no rating or verdict
 * @param promptTokens absent where the judge does not tell
 * @param completionTokens absent where the judge does not tell
 * @param cost in the currency of the prices given; absent where none were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JudgeTally(
        String name,
        long calls,
        long failed,
        long unparsed,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens,
        @Nullable Double cost) {

    /** Of ratings. */
    public static JudgeTally ofRatings(Judge judge, List<Judgment> judgments) {
        return of(
                judge,
                judgments.stream()
                        .map(j -> new Call(
                                j.failure() != null, j.rating() != null, j.promptTokens(), j.completionTokens()))
                        .toList());
    }

    /** Of games between two answers. */
    public static JudgeTally ofGames(Judge judge, List<PairwiseRecord.Game> games) {
        return of(
                judge,
                games.stream()
                        .map(g -> new Call(
                                g.failure() != null, g.verdict() != null, g.promptTokens(), g.completionTokens()))
                        .toList());
    }

    private record Call(
            boolean failed,
            boolean parsed,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens) {}

    private static JudgeTally of(Judge judge, List<Call> calls) {
        long failed = calls.stream().filter(Call::failed).count();
        long unparsed = calls.stream().filter(c -> !c.failed() && !c.parsed()).count();
        if (calls.stream().allMatch(c -> c.promptTokens() == null && c.completionTokens() == null)) {
            return new JudgeTally(judge.name(), calls.size(), failed, unparsed, null, null, null);
        }
        long prompt = calls.stream()
                .map(Call::promptTokens)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        long completion = calls.stream()
                .map(Call::completionTokens)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        return new JudgeTally(
                judge.name(), calls.size(), failed, unparsed, prompt, completion, judge.cost(prompt, completion));
    }
}
