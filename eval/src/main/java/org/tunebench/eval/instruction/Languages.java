package org.tunebench.eval.instruction;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.TreeSet;
import java.util.function.Function;
import opennlp.tools.langdetect.LanguageDetectorME;
import org.tunebench.core.input.KnownNames;

/**
 * The language of an answer, and the case of its letters. Apache OpenNLP's detector tells languages; the reference asks
 * langdetect, which draws at random, so that on short or mixed texts the two may differ (and it may differ from itself). A
 * text without letters has no language and counts as following, as in the reference.
 */
final class Languages {
    private static final String ENGLISH = "eng";

    /** Codes of two letters whose ISO 639-3 code is not what the detector calls the language. */
    private static final Map<String, String> OWN_NAMES =
            Map.of("zh", "cmn", "fa", "pes", "et", "ekk", "lv", "lvs", "no", "nob", "sh", "hrv");

    private Languages() {}

    static void add(Map<String, Function<Instruction.Arguments, Instruction>> kinds) {
        kinds.put("language:response_language", arguments -> {
            String language = detected(arguments.text("language"), arguments.where());
            return answer -> isIn(language, answer);
        });
        kinds.put("change_case:english_capital", arguments -> answer -> isUpper(answer) && isIn(ENGLISH, answer));
        kinds.put("change_case:english_lowercase", arguments -> answer -> isLower(answer) && isIn(ENGLISH, answer));
        kinds.put("change_case:capital_word_frequency", arguments -> {
            Instruction.Bound bound = arguments.bound("capital_relation", "capital_frequency");
            return answer -> bound.holds((int) WordTokenizer.words(answer).stream()
                    .filter(Languages::isUpper)
                    .count());
        });
    }

    /** The detector's name for a language given by ISO 639-1, such as {@code de} or {@code zh-cn}. */
    private static String detected(String code, String where) {
        String language = code.split("-")[0].toLowerCase(Locale.ROOT);
        TreeSet<String> known = new TreeSet<>(List.of(Models.languages().getSupportedLanguages()));
        String name = OWN_NAMES.getOrDefault(language, iso3(language));
        if (!known.contains(name)) {
            throw KnownNames.unknown("language", code, known, where);
        }
        return name;
    }

    private static String iso3(String language) {
        try {
            return Locale.forLanguageTag(language).getISO3Language();
        } catch (MissingResourceException e) {
            return language;
        }
    }

    private static boolean isIn(String language, String answer) {
        LanguageDetectorME detector = Models.languages();
        return answer.codePoints().noneMatch(Character::isLetter)
                || detector.predictLanguage(answer).getLang().equals(language);
    }

    /** Python's {@code str.isupper}: some letter has a case, and none has another. */
    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    /** Python's {@code str.islower}. */
    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }
}
