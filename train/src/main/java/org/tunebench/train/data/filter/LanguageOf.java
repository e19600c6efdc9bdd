package org.tunebench.train.data.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code language}: drops an example that is written in another language, by Apache OpenNLP's detector. A text with
 * few letters passes, and so does one of which the detector is not sure (tables, code, names): another language must be so
 * many times as probable as the wanted one.
 *
 * @param languages ISO 639-3 codes, e.g. {@code eng}, {@code deu}; default eng
 * @param minLetters fewer letters are not judged; default 20
 * @param margin how many times as probable as the wanted languages another must be; default 2
 * @param of the part looked at, its first 400 letters; default response
 */
public record LanguageOf(List<String> languages, Integer minLetters, Double margin, ExampleText of)
        implements ExampleFilter {
    private static final int LOOKED_AT = 400;

    public LanguageOf {
        languages = languages == null ? List.of("eng") : List.copyOf(languages);
        minLetters = Range.from(1).check("min_letters", minLetters == null ? 20 : minLetters);
        margin = Range.from(1).check("margin", margin == null ? 2.0 : margin);
        of = of == null ? ExampleText.RESPONSE : of;
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("languages is an empty list: every text would be foreign");
        }
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        LanguageDetectorME detector = Languages.detector();
        TreeSet<String> known = new TreeSet<>(List.of(detector.getSupportedLanguages()));
        for (String language : languages) {
            KnownNames.require("language", language, known, "filter " + reason());
        }
        return example -> judge(example, detector);
    }

    private Verdict judge(Example example, LanguageDetectorME detector) {
        String text = of.of(example);
        if (text.codePoints().filter(Character::isLetter).limit(minLetters).count() < minLetters) {
            return Verdict.KEEP;
        }
        Language[] found = detector.predictLanguages(text.substring(0, Math.min(LOOKED_AT, text.length())));
        double wanted = Arrays.stream(found)
                .filter(l -> languages.contains(l.getLang()))
                .mapToDouble(Language::getConfidence)
                .max()
                .orElse(0);
        Language first = found[0];
        return first.getConfidence() < margin * wanted || languages.contains(first.getLang())
                ? Verdict.KEEP
                : Verdict.drop(String.format(
                        Locale.ROOT,
                        "reads as %s (%.0f times as probable)",
                        first.getLang(),
                        first.getConfidence() / wanted));
    }
}
