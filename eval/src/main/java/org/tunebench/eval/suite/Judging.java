package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.statistics.RatioEstimate;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Response;
import org.tunebench.eval.judge.Exchange;
import org.tunebench.eval.judge.Judge;
import org.tunebench.eval.judge.JudgeRun;
import org.tunebench.eval.judge.JudgeTally;

/** Answers put before a judge: each becomes a sample with the judgment in it, none is dropped. */
final class Judging {
    private static final String FAILED = "judge_failed";

    private Judging() {}

    /**
     * One answer.
     *
     * @param question the item it belongs to; answers to one question vary together
     * @param turn from 1
     */
    record Answer(String question, int turn, @Nullable String group, Exchange exchange, Response response) {}

    /** Samples in the order of the answers; unjudged where there is no judge. */
    static List<SampleRecord> samples(List<Answer> answers, @Nullable Judge judge, Engine engine) {
        JudgeRun run = new JudgeRun(engine.journal(), engine.progress(), engine.stage() + ", judge");
        List<Judgment> judgments = judge == null
                ? List.of()
                : judge.rate(answers.stream().map(Answer::exchange).toList(), run);
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            samples.add(sample(answers.get(i), judge == null ? null : judgments.get(i)));
        }
        return samples;
    }

    private static SampleRecord sample(Answer answer, @Nullable Judgment judgment) {
        int last = answer.exchange().questions().size() - 1;
        List<String> references = answer.exchange().references();
        Double rating = judgment == null ? null : judgment.rating();
        List<String> flags = new ArrayList<>();
        if (answer.response().promptCut()) {
            flags.add("truncated");
        }
        if (!answer.response().stopped()) {
            flags.add("length_limit");
        }
        if (judgment != null && rating == null) {
            flags.add(judgment.failure() == null ? "unparsed" : FAILED);
        }
        return new SampleRecord(
                answer.exchange().id(),
                answer.group(),
                answer.exchange().questions().get(last),
                null,
                null,
                null,
                answer.response().text(),
                null,
                references.isEmpty() ? null : references.get(last),
                rating == null ? Map.of() : Map.of("score", rating),
                flags.isEmpty() ? null : flags,
                judgment);
    }

    /**
     * The pooled mean rating over all answers, {@code score}, and where there are turns over the answers of each,
     * {@code turn1} and {@code turn2}; the standard error is clustered by question. Without any rating there is no metric.
     */
    static Map<String, Metric> metrics(List<Answer> answers, List<SampleRecord> samples, boolean turns) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        put(metrics, "score", answers, samples, a -> true);
        if (turns) {
            put(metrics, "turn1", answers, samples, a -> a.turn() == 1);
            put(metrics, "turn2", answers, samples, a -> a.turn() == 2);
        }
        return metrics;
    }

    private static void put(
            Map<String, Metric> metrics,
            String name,
            List<Answer> answers,
            List<SampleRecord> samples,
            Predicate<Answer> taken) {
        Map<String, double[]> byQuestion = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Double score = samples.get(i).scores().get("score");
            if (score != null && taken.test(answers.get(i))) {
                double[] sumAndCount = byQuestion.computeIfAbsent(answers.get(i).question(), q -> new double[2]);
                sumAndCount[0] += score;
                sumAndCount[1]++;
            }
        }
        if (!byQuestion.isEmpty()) {
            metrics.put(
                    name,
                    RatioEstimate.of(
                            byQuestion.values().stream().mapToDouble(s -> s[0]).toArray(),
                            byQuestion.values().stream().mapToDouble(s -> s[1]).toArray()));
        }
    }

    /** The same within each group. */
    static Map<String, SuiteResult.Group> groups(List<Answer> answers, List<SampleRecord> samples, boolean turns) {
        Map<String, SuiteResult.Group> groups = new LinkedHashMap<>();
        Summary.byGroup(samples).forEach((group, own) -> {
            List<Answer> ownAnswers =
                    answers.stream().filter(a -> group.equals(a.group())).toList();
            groups.put(group, new SuiteResult.Group(own.size(), metrics(ownAnswers, own, turns)));
        });
        return groups;
    }

    /** What the judge did, and how many answers it left without a rating and why. */
    static Map<String, Object> details(List<SampleRecord> samples, @Nullable Judge judge) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (judge != null) {
            List<Judgment> judgments = samples.stream()
                    .map(SampleRecord::judgment)
                    .filter(Objects::nonNull)
                    .toList();
            details.put("judge", JudgeTally.ofRatings(judge, judgments));
        }
        details.put(
                "judged", samples.stream().filter(s -> !s.scores().isEmpty()).count());
        for (String flag : List.of("unparsed", FAILED, "truncated", "length_limit")) {
            details.put(flag, MultipleChoice.flagged(samples, flag));
        }
        return details;
    }

    /** Answers of a suite that its judge failed on. */
    static long failures(SuiteResult result) {
        return result.details() != null && result.details().get(FAILED) instanceof Number failed
                ? failed.longValue()
                : 0;
    }
}
