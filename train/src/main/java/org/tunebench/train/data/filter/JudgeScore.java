package org.tunebench.train.data.filter;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;

/**
 * Filter {@code judge_score}: keeps conversations whose responses a judge rates highly enough, by the prompt and threshold of
 * AlpaGasus (Chen et al. 2023, arXiv:2307.08701), which kept 9k of Alpaca's 52k so. Of several responses the worst counts.
 * Raw text passes; an answer without a rating drops.
 *
 * @param min from 0 to 5; default 4.5
 */
public record JudgeScore(Double min) implements ExampleFilter {
    public JudgeScore {
        min = Range.from(0).to(5).check("min", min == null ? 4.5 : min);
    }

    @Override
    public boolean asksJudge() {
        return true;
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        Rater rater = inputs.requireRater(this);
        return example -> judge(example, rater);
    }

    private Verdict judge(Example example, Rater rater) {
        List<Exchange> exchanges = Exchange.of(example);
        if (exchanges.isEmpty()) {
            return Verdict.KEEP;
        }
        double worst = Double.POSITIVE_INFINITY;
        for (Exchange exchange : exchanges) {
            Rater.Answer answer = RatingScale.ALPAGASUS.ask(rater, example, exchange);
            OptionalDouble rating =
                    answer.failed() ? OptionalDouble.empty() : RatingScale.ALPAGASUS.rating(answer.text());
            if (rating.isEmpty()) {
                return Verdict.drop("the judge gave no rating: " + firstLine(answer.text()));
            }
            worst = Math.min(worst, rating.getAsDouble());
        }
        return Verdict.scored(
                worst,
                worst >= min ? null : String.format(Locale.ROOT, "the judge rates it %.1f, below %.1f", worst, min));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
