package org.tunebench.train.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words by what they do in an English sentence: a function word is a class of its own, other words are classed by their
 * ending and their first letter, so that {@code the → quickly} looks odd whatever the text is about.
 */
final class WordClasses {
    private static final Pattern TOKEN =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’][\\p{L}]+)?|[^\\s\\p{L}\\p{M}\\p{N}]");
    private static final Set<String> FUNCTION_WORDS = Set.of(
            ("a an the this that these those my your his her its our their and or but if because as until while of at by"
                            + " for with about against between into through during before after above below to from up down in"
                            + " out on off over under again then once here there when where why how all any both each few more"
                            + " most other some such no nor not only own same so than too very can will just should now is am"
                            + " are was were be been being have has had having do does did doing would could may might must i"
                            + " you he she it we they me him us them who whom which what also there's it's don't i'm you're"
                            + " one two many much make made like get use used using new first time people way help")
                    .split(" "));
    private static final List<String> ENDINGS = List.of(
            "ing", "tion", "ness", "ment", "able", "ous", "ful", "ive", "est", "ly", "ed", "er", "al", "ity", "es",
            "s");

    private WordClasses() {}

    /** Words, with what an apostrophe adds to them, and every other character that is not white space by itself. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    static boolean isFunctionWord(String lowerCase) {
        return FUNCTION_WORDS.contains(lowerCase);
    }

    /** The class of a token. */
    static String of(String token) {
        int first = token.codePointAt(0);
        if (Character.isDigit(first)) {
            return "9";
        }
        if (!Character.isLetter(first)) {
            return token;
        }
        String word = token.toLowerCase(Locale.ROOT).replace('’', '\'');
        if (isFunctionWord(word)) {
            return word;
        }
        String capital = Character.isUpperCase(first) ? "X" : "x";
        if (first > 'z') {
            return capital + "?";
        }
        for (String ending : ENDINGS) {
            if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
                return capital + ending;
            }
        }
        return capital;
    }
}
