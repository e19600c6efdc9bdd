package org.tunebench.eval.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.core.record.Sha256;

/**
 * Judgments made before, from a JSONL file: FastChat's model_judgment files, single or pairwise, or a run folder's own
 * samples/&lt;suite&gt;.jsonl and pairwise/&lt;suite&gt;.jsonl. A judgment counts for the very answer it was made for: FastChat's
 * is known by its whole prompt, a run's by the sample's id and the answer's text. Of two for the same answer the later counts.
 * An answer without one is a failure.
 */
public final class RecordedJudge implements PromptedJudge {
    /** What FastChat writes where the endpoint failed. */
    private static final String FASTCHAT_ERROR = "$ERROR$";

    private static final String MISSING = "no judgment of this answer is recorded";

    private final String name;
    private final String identity;
    private final Map<String, Reply> byPrompt = new HashMap<>();
    private final Map<List<String>, Judgment> byAnswer = new HashMap<>();
    private final Map<List<String>, Preference> byAnswers = new HashMap<>();

    private RecordedJudge(Path file, List<Line> lines) {
        Set<String> judges = new LinkedHashSet<>();
        lines.forEach(line -> line.addTo(this, judges));
        name = judges.size() == 1 ? judges.iterator().next() : "recorded judgments";
        identity = name + " " + Sha256.of(file);
    }

    /**
     * Reads a file.
     *
     * @throws InputException with file and line
     */
    public static RecordedJudge read(Path file) {
        try (Stream<Line> lines = JsonLines.read(file, Line.class)) {
            List<Line> all = lines.toList();
            if (all.isEmpty()) {
                throw new InputException("the file is empty", file.toString(), "Give a file of judgments");
            }
            return new RecordedJudge(file, all);
        }
    }

    /** A line of any of the four kinds; what it does not have is null. */
    private record Line(
            @Nullable JsonNode judge,
            @Nullable JsonNode judgment,
            @Nullable String userPrompt,
            @Nullable String g1UserPrompt,
            @Nullable String g1Judgment,
            @Nullable String g2UserPrompt,
            @Nullable String g2Judgment,
            @Nullable String id,
            @Nullable String response,
            @Nullable String opponentResponse,
            PairwiseRecord.@Nullable Game first,
            PairwiseRecord.@Nullable Game swapped) {
        Line {
            boolean single = userPrompt != null && judgment != null && judgment.isTextual();
            boolean pair = g1UserPrompt != null && g1Judgment != null && g2UserPrompt != null && g2Judgment != null;
            boolean sample = id != null && response != null && (judgment == null || judgment.isObject());
            if (!single && !pair && !sample) {
                throw new IllegalArgumentException(
                        "neither a judgment of FastChat's (user_prompt, judgment) nor a line of a run's samples or pairwise "
                                + "folder (id, response, judgment)");
            }
        }

        void addTo(RecordedJudge judges, Set<String> names) {
            if (judge != null && judge.isArray() && judge.path(0).isTextual()) {
                names.add(judge.path(0).textValue());
            }
            if (userPrompt != null && judgment != null) {
                judges.byPrompt.put(userPrompt, reply(judgment.textValue()));
            }
            if (g1UserPrompt != null && g1Judgment != null && g2UserPrompt != null && g2Judgment != null) {
                judges.byPrompt.put(g1UserPrompt, reply(g1Judgment));
                judges.byPrompt.put(g2UserPrompt, reply(g2Judgment));
            }
            if (id != null && response != null && judgment != null && judgment.isObject()) {
                Judgment own = Json.MAPPER.convertValue(judgment, Judgment.class);
                names.add(own.judge());
                judges.byAnswer.put(List.of(id, response), own);
            }
            if (id != null && response != null && opponentResponse != null && first != null && swapped != null) {
                names.add(first.judge());
                judges.byAnswers.put(List.of(id, response, opponentResponse), preference(first, Preference.Side.A));
                judges.byAnswers.put(List.of(id, opponentResponse, response), preference(swapped, Preference.Side.B));
            }
        }

        private static Reply reply(String text) {
            return text.equals(FASTCHAT_ERROR)
                    ? Reply.failed("the judge had failed")
                    : new Reply(text, null, null, null);
        }

        /** @param model the side of the run's own answer */
        private static Preference preference(PairwiseRecord.Game game, Preference.Side model) {
            Winner winner = game.verdict();
            Preference.Side side = winner == null
                    ? null
                    : winner == Winner.TIE ? Preference.Side.TIE : winner == Winner.MODEL ? model : model.swapped();
            return new Preference(
                    game.judge(),
                    game.template(),
                    game.text(),
                    side,
                    game.failure(),
                    game.promptTokens(),
                    game.completionTokens());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public List<Reply> ask(List<Asked> prompts, JudgeRun run) {
        return prompts.stream()
                .map(prompt -> byPrompt.getOrDefault(prompt.user(), Reply.failed(MISSING)))
                .toList();
    }

    @Override
    public List<Judgment> rate(List<Exchange> exchanges, JudgeRun run) {
        List<Judgment> judgments = new ArrayList<>(PromptedJudge.super.rate(exchanges, run));
        for (int i = 0; i < judgments.size(); i++) {
            Exchange exchange = exchanges.get(i);
            judgments.set(i, byAnswer.getOrDefault(List.of(exchange.id(), exchange.lastAnswer()), judgments.get(i)));
        }
        return judgments;
    }

    @Override
    public List<Preference> compare(List<Comparison> comparisons, JudgeRun run) {
        List<Preference> preferences = new ArrayList<>(PromptedJudge.super.compare(comparisons, run));
        for (int i = 0; i < preferences.size(); i++) {
            Comparison c = comparisons.get(i);
            List<String> answers = List.of(c.a().id(), c.a().lastAnswer(), c.b().lastAnswer());
            preferences.set(i, byAnswers.getOrDefault(answers, preferences.get(i)));
        }
        return preferences;
    }
}
