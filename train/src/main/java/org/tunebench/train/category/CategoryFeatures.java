package org.tunebench.train.category;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the category model sees of an instruction: the words and pairs of words of its first paragraph, those at its beginning
 * once more, and signs (a question mark, numbers, a passage below, characters of code).
 */
final class CategoryFeatures {
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}]+(?:'\\p{L}+)?|\\p{N}+|[?:;{}()=+*/<>_]");
    private static final Pattern INPUT = Pattern.compile("\\R\\s*\\R|\\R(?=#|Input|Text|Passage)");
    private static final Pattern DUTY = Pattern.compile(
            "(?i)^.*?\\b(?:you (?:need|have|are asked|are expected|are supposed) to|you (?:must|should) |your (?:task|job|goal) is to"
                    + "|the task is to|(?:given|provided with|based on|using|from|read) [^,.?!]{3,80}[,.]|in this task,?)\\s*",
            Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("[{}();]\\s*\\R|\\bdef |\\breturn\\b|==|</|SELECT |=>|\\(\\)");
    private static final Pattern PROGRAMMING = Pattern.compile(
            "\\b(?:python|java|javascript|typescript|c\\+\\+|sql|html|css|bash|shell|rust|golang|php|ruby|json|yaml|xml|regex|api|git"
                    + "|docker|react|pandas|excel|code|coding|program|programming|script|function|method|class|array|algorithm|query"
                    + "|database|compile|syntax|debug|refactor|recursive|loop|regular expression)s?\\b");
    private static final int LONGEST = 60;
    private static final int LOOKED_AT = 4000;

    private CategoryFeatures() {}

    /** Name → value. */
    static Map<String, Double> of(String instruction) {
        String text = instruction.strip();
        text = text.substring(0, Math.min(LOOKED_AT, text.length()));
        Matcher boundary = INPUT.matcher(text);
        boolean parted = boundary.find();
        String asked = duty(parted ? text.substring(0, boundary.start()) : text);
        String input = parted ? text.substring(boundary.end()) : "";
        Map<String, Double> features = new HashMap<>();
        List<String> words = words(asked);
        double weight = 1 / Math.sqrt(1 + words.size());
        String before = "^";
        for (String word : words) {
            features.merge("word " + word, 2 * weight, Double::sum);
            features.merge("pair " + before + " " + word, 2 * weight, Double::sum);
            before = word;
        }
        if (!words.isEmpty()) {
            features.put("first " + words.get(0), 1.0);
            features.put("last " + words.get(words.size() - 1), 0.5);
        }
        put(features, "question", asked.contains("?"));
        put(features, "number", asked.chars().filter(Character::isDigit).count() > 0);
        put(features, "numbers", words.stream().filter("9"::equals).count() > 1);
        put(features, "input", !input.isBlank());
        put(features, "long input", input.length() > 200);
        put(features, "code", CODE.matcher(text).find());
        put(
                features,
                "programming",
                PROGRAMMING.matcher(asked.toLowerCase(Locale.ROOT)).find());
        put(features, "short", words.size() < 8);
        put(features, "quotation", asked.contains("\""));
        return features;
    }

    /** What is to be done, without what leads up to it: "In this task you are given a text. You need to …". */
    private static String duty(String asked) {
        String rest = asked;
        for (Matcher leading = DUTY.matcher(rest); leading.find() && leading.end() < rest.length(); ) {
            rest = rest.substring(leading.end());
            leading = DUTY.matcher(rest);
        }
        return rest;
    }

    private static void put(Map<String, Double> features, String name, boolean holds) {
        if (holds) {
            features.put("sign " + name, 1.0);
        }
    }

    /** In lower case, numbers as 9; of a long text the beginning and the end. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(Character.isDigit(matcher.group().charAt(0)) ? "9" : matcher.group());
        }
        if (words.size() <= LONGEST) {
            return words;
        }
        List<String> ends = new ArrayList<>(words.subList(0, LONGEST / 2));
        ends.addAll(words.subList(words.size() - LONGEST / 2, words.size()));
        return ends;
    }
}
