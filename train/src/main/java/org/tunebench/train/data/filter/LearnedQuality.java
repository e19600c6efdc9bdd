package org.tunebench.train.data.filter;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;
import org.tunebench.train.quality.QualityFile;
import org.tunebench.train.quality.QualityModel;

/**
 * Filter {@code quality}: keeps a conversation whose responses a learned model calls good; its score is that of the worst
 * response. Raw text passes.
 *
 * @param model the file that {@code data quality train} wrote
 * @param min the least probability of being good; default 0.5
 */
public record LearnedQuality(Path model, Double min) implements ExampleFilter {
    public LearnedQuality {
        if (model == null) {
            throw new IllegalArgumentException("model is missing: the quality model's file");
        }
        min = Range.from(0).to(1).check("min", min == null ? 0.5 : min);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        QualityModel quality = QualityFile.read(model);
        return example -> judge(example, quality);
    }

    private Verdict judge(Example example, QualityModel quality) {
        List<Exchange> exchanges = Exchange.of(example);
        if (exchanges.isEmpty()) {
            return Verdict.KEEP;
        }
        double worst = exchanges.stream().mapToDouble(quality::score).min().orElseThrow();
        return Verdict.scored(
                worst, worst >= min ? null : String.format(Locale.ROOT, "good with %.2f, below %.2f", worst, min));
    }
}
