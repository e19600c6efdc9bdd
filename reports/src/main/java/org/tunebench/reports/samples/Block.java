package org.tunebench.reports.samples;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.SampleRecord.SampledResponse;

/** Neighbouring items as the page unpacks them together. Keys are short because there may be hundreds of thousands. */
final class Block {
    /** Items of a block: few enough to unpack one for a single item, enough for the compression to find repetitions. */
    static final int SIZE = 128;

    private Block() {}

    /**
     * @param q prompt
     * @param c choices
     * @param t target
     * @param r one answer a run, null where it has none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Shown(
            @Nullable Object q,
            @Nullable List<@Nullable Object> c,
            @Nullable Object t,
            List<@Nullable ShownAnswer> r) {}

    /**
     * @param p prediction
     * @param l log-likelihoods, to 3 decimals
     * @param a response
     * @param m several responses, each with its verdict and why
     * @param j the judge's words, or why there are none
     * @param n which judge, with its rating
     * @param q its prompt, where it differs from the first run's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ShownAnswer(
            @Nullable Object p,
            double @Nullable [] l,
            @Nullable Object a,
            @Nullable List<List<@Nullable Object>> m,
            @Nullable Object j,
            @Nullable String n,
            @Nullable Object q) {}

    static String pack(List<Item> items, Texts texts) {
        return Packed.of(items.stream().map(item -> shown(item, texts)).toList());
    }

    private static Shown shown(Item item, Texts texts) {
        List<@Nullable Object> choices = null;
        if (item.choices() != null) {
            choices = new ArrayList<>();
            for (String choice : item.choices()) {
                choices.add(texts.of(choice));
            }
        }
        List<@Nullable ShownAnswer> answers = new ArrayList<>();
        for (Answer answer : item.answers()) {
            answers.add(answer == null ? null : shown(answer, texts));
        }
        return new Shown(texts.of(item.prompt()), choices, texts.ofAny(item.target()), answers);
    }

    private static ShownAnswer shown(Answer answer, Texts texts) {
        Judgment judgment = answer.judgment();
        return new ShownAnswer(
                texts.ofAny(answer.prediction()),
                rounded(answer.logLikelihoods()),
                texts.of(answer.response()),
                several(answer, texts),
                judgment == null ? null : texts.of(judgment.text() == null ? judgment.failure() : judgment.text()),
                judgment == null
                        ? null
                        : judgment.judge() + (judgment.rating() == null ? "" : ", rating " + judgment.rating()),
                texts.of(answer.prompt()));
    }

    private static @Nullable List<List<@Nullable Object>> several(Answer answer, Texts texts) {
        if (answer.responses().size() < 2) {
            return null;
        }
        List<List<@Nullable Object>> several = new ArrayList<>();
        for (SampledResponse one : answer.responses()) {
            List<@Nullable Object> shown = new ArrayList<>();
            shown.add(texts.of(one.response()));
            shown.add(one.verdict());
            shown.add(texts.of(one.message()));
            several.add(shown);
        }
        return several;
    }

    private static double @Nullable [] rounded(@Nullable List<Double> values) {
        return values == null
                ? null
                : Arrays.stream(values.toArray(Double[]::new))
                        .mapToDouble(value -> value == null ? Double.NaN : Math.round(value * 1e3) / 1e3)
                        .toArray();
    }
}
