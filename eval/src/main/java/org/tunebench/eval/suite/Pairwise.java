package org.tunebench.eval.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Game;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.core.statistics.WinRate;
import org.tunebench.eval.judge.Comparison;
import org.tunebench.eval.judge.Exchange;
import org.tunebench.eval.judge.Judge;
import org.tunebench.eval.judge.JudgeRun;
import org.tunebench.eval.judge.JudgeTally;
import org.tunebench.eval.judge.Preference;

/**
 * Two models' answers to the same questions before a judge, as FastChat (0e6d3e4) does it: every pair is judged twice with the
 * positions swapped; who wins both games wins, anything else is a tie. FastChat takes a pair whose games both hold no verdict
 * for the second model's win; here such a pair, and one that the judge failed on, has no winner.
 *
 * @param opponent the other model's name
 */
record Pairwise(Judge judge, String opponent) {

    /**
     * All pairs of answers.
     *
     * @param own sample id → this model's answer, for every turn of every question
     * @param others the other model's
     */
    List<PairwiseRecord> records(
            List<JudgedQuestion> questions, Map<String, String> own, Map<String, String> others, JudgeRun run) {
        List<Comparison> firsts = new ArrayList<>();
        for (JudgedQuestion question : questions) {
            for (int turn = 1; turn <= question.turns().size(); turn++) {
                firsts.add(new Comparison(exchange(question, turn, own), exchange(question, turn, others)));
            }
        }
        List<Comparison> games = Stream.concat(firsts.stream(), firsts.stream().map(Comparison::swapped))
                .toList();
        List<Preference> preferences = judge.compare(games, run);
        List<PairwiseRecord> records = new ArrayList<>();
        for (JudgedQuestion question : questions) {
            for (int turn = 1; turn <= question.turns().size(); turn++) {
                int at = records.size();
                records.add(record(
                        question,
                        turn,
                        firsts.get(at),
                        game(preferences.get(at), Preference.Side.A),
                        game(preferences.get(at + firsts.size()), Preference.Side.B)));
            }
        }
        return records;
    }

    private static Exchange exchange(JudgedQuestion question, int turn, Map<String, String> answers) {
        List<String> given = new ArrayList<>();
        for (int t = 1; t <= turn; t++) {
            given.add(answers.get(question.sampleId(t)));
        }
        return new Exchange(question.sampleId(turn), question.turns().subList(0, turn), given, question.references());
    }

    private PairwiseRecord record(JudgedQuestion question, int turn, Comparison pair, Game first, Game swapped) {
        List<String> flags = new ArrayList<>();
        if (Stream.of(first, swapped).anyMatch(g -> g.failure() == null && g.verdict() == null)) {
            flags.add("unparsed");
        }
        if (Stream.of(first, swapped).anyMatch(g -> g.failure() != null)) {
            flags.add("judge_failed");
        }
        return new PairwiseRecord(
                question.sampleId(turn),
                turn,
                question.group(),
                opponent,
                question.turns().get(turn - 1),
                pair.a().answers().get(turn - 1),
                pair.b().answers().get(turn - 1),
                first,
                swapped,
                winner(first, swapped),
                flags.isEmpty() ? null : flags);
    }

    /** Of both games; a tie where they differ or one holds no verdict, null where the judge failed or neither holds one. */
    static @Nullable Winner winner(Game first, Game swapped) {
        if (first.failure() != null || swapped.failure() != null) {
            return null;
        }
        return first.verdict() == swapped.verdict() ? first.verdict() : Winner.TIE;
    }

    /** @param own the position of this model's answer */
    private static Game game(Preference said, Preference.Side own) {
        Preference.Side side = said.side();
        Winner verdict = side == null
                ? null
                : side == Preference.Side.TIE ? Winner.TIE : side == own ? Winner.MODEL : Winner.OPPONENT;
        return new Game(
                said.judge(),
                said.template(),
                said.text(),
                verdict,
                said.failure(),
                said.promptTokens(),
                said.completionTokens());
    }

    /**
     * What results.json holds of a comparison.
     *
     * @param n pairs
     * @param undecided pairs without a winner that is not even a tie
     * @param winRate over the others; absent where there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            int n,
            long wins,
            long losses,
            long ties,
            long undecided,
            @Nullable Metric winRate,
            JudgeTally judge,
            Map<String, String> madeFrom) {}

    Summary summary(List<PairwiseRecord> records, Map<String, String> madeFrom) {
        Optional<WinRate> rate = WinRate.of(records);
        List<Game> games = records.stream()
                .flatMap(record -> Stream.of(record.first(), record.swapped()))
                .toList();
        return new Summary(
                records.size(),
                rate.map(WinRate::wins).orElse(0L),
                rate.map(WinRate::losses).orElse(0L),
                rate.map(WinRate::ties).orElse(0L),
                rate.map(WinRate::undecided).orElse((long) records.size()),
                rate.map(WinRate::rate).orElse(null),
                JudgeTally.ofGames(judge, games),
                madeFrom);
    }
}
