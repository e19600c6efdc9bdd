package org.tunebench.train.data.filter;

import org.tunebench.core.input.Range;

/**
 * Filter {@code deita}: the best examples that are not like each other (Liu et al. 2023, "What Makes Good Data for
 * Alignment?", arXiv:2312.15685). An example's score is the sum over its turns of complexity × quality; from the highest
 * score down an example is kept where its cosine similarity to every example kept before is at most the threshold, until the
 * budget is full. Raw text passes.
 *
 * <p>It looks over all examples first and remembers a vector of each: about 12 bytes a different word.
 *
 * @param budget examples to keep
 * @param complexity the score's name in the data, or {@code judge}; default judge
 * @param quality the score's name in the data or that of a filter before ({@code quality}), or {@code judge}; default judge
 * @param threshold from 0 to 1; default 0.9, the paper's
 * @param of the part whose similarity counts; default whole
 */
public record Deita(Integer budget, String complexity, String quality, Double threshold, ExampleText of)
        implements ExampleFilter {
    static final String JUDGE = "judge";

    public Deita {
        if (budget == null) {
            throw new IllegalArgumentException("budget is missing: how many examples to keep");
        }
        Range.from(1).check("budget", budget);
        complexity = complexity == null ? JUDGE : complexity;
        quality = quality == null ? JUDGE : quality;
        threshold = Range.from(0).to(1).check("threshold", threshold == null ? 0.9 : threshold);
        of = of == null ? ExampleText.WHOLE : of;
    }

    @Override
    public boolean asksJudge() {
        return complexity.equals(JUDGE) || quality.equals(JUDGE);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        DeitaChoice choice = new DeitaChoice(this, asksJudge() ? inputs.requireRater(this) : null);
        before.forEach(choice::look);
        choice.choose();
        return choice;
    }
}
