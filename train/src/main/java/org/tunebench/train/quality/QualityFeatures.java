package org.tunebench.train.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tunebench.train.data.example.Exchange;

/**
 * What the quality model sees of a response: numbers about its form ({@link FormFeatures}), its relation to the instruction
 * and its repetitions, and how often one class of word follows another ({@link WordClasses}), which tells order from
 * disorder. docs/filters.md lists them. No word of content is a feature, so that the model judges form and not subject.
 */
final class QualityFeatures {
    /** Changes with every change of the features; a model of another version is refused. */
    static final int VERSION = 1;

    /** The features that are brought to mean 0 and deviation 1: all but the frequencies of pairs. */
    static final Set<String> STANDARDISED = standardised();

    private static final double PAIR_SCALE = 20;
    private static final int STEM = 5;

    private QualityFeatures() {}

    /** Name → value. */
    static Map<String, Double> of(Exchange exchange) {
        Map<String, Double> features = new HashMap<>();
        List<String> tokens = WordClasses.tokens(exchange.response());
        FormFeatures.put(exchange.response(), tokens, features);
        relation(exchange.instruction(), exchange.response(), features);
        repetition(tokens, Corruption.sentences(exchange.response()), features);
        pairs(tokens, features);
        return features;
    }

    private static void relation(String instruction, String response, Map<String, Double> features) {
        Set<String> asked = stems(instruction);
        Set<String> answered = stems(response);
        Set<String> both = new HashSet<>(asked);
        both.retainAll(answered);
        features.put("asked_words_found", asked.isEmpty() ? 0.5 : (double) both.size() / asked.size());
        features.put("no_asked_word_found", both.isEmpty() ? 1.0 : 0.0);
        features.put("answered_words_asked", answered.isEmpty() ? 0 : (double) both.size() / answered.size());
        int middle = response.length() / 2;
        Set<String> first = stems(response.substring(0, middle));
        Set<String> second = stems(response.substring(middle));
        Set<String> topic = new HashSet<>(first);
        topic.addAll(asked);
        topic.retainAll(second);
        features.put("second_half_on_topic", second.isEmpty() ? 1 : (double) topic.size() / second.size());
        Set<String> askedLate = new HashSet<>(asked);
        askedLate.retainAll(second);
        features.put("asked_words_found_late", asked.isEmpty() ? 0.5 : (double) askedLate.size() / asked.size());
        int common = 0;
        int shorter = Math.min(instruction.length(), response.length());
        while (common < shorter && instruction.charAt(common) == response.charAt(common)) {
            common++;
        }
        features.put("common_prefix", instruction.isEmpty() ? 0 : (double) common / instruction.length());
        features.put(
                "contains_instruction",
                instruction.length() > 10 && response.contains(instruction.strip()) ? 1.0 : 0.0);
        features.put(
                "log_instruction_words",
                Math.log1p(WordClasses.tokens(instruction).size()));
    }

    private static void repetition(List<String> tokens, List<String> sentences, Map<String, Double> features) {
        Map<String, Integer> counts = new HashMap<>();
        for (String sentence : sentences) {
            String text = sentence.strip().toLowerCase(Locale.ROOT);
            if (text.length() > 3) {
                counts.merge(text, 1, Integer::sum);
            }
        }
        int most = counts.values().stream().mapToInt(n -> n).max().orElse(1);
        features.put("repeated_sentences", (sentences.size() - counts.size()) / (double) sentences.size());
        features.put("same_sentence", Math.log(most));
        features.put("same_sentence_thrice", most >= 3 ? 1.0 : 0.0);
        Set<String> grams = new HashSet<>();
        int again = 0;
        int all = 0;
        for (int i = 0; i + 3 <= tokens.size(); i++) {
            all++;
            again += grams.add(String.join(" ", tokens.subList(i, i + 3)).toLowerCase(Locale.ROOT)) ? 0 : 1;
        }
        features.put("repeated_3grams", all == 0 ? 0 : (double) again / all);
        long different =
                tokens.stream().map(t -> t.toLowerCase(Locale.ROOT)).distinct().count();
        features.put("different_words", tokens.isEmpty() ? 0 : different / Math.sqrt(tokens.size()));
    }

    private static void pairs(List<String> tokens, Map<String, Double> features) {
        String before = "^";
        double weight = PAIR_SCALE / (tokens.size() + 1);
        for (String token : tokens) {
            String now = WordClasses.of(token);
            features.merge("pair " + before + " " + now, weight, Double::sum);
            before = now;
        }
        features.merge("pair " + before + " $", weight, Double::sum);
    }

    /** The first letters of the longer words that are not function words. */
    private static Set<String> stems(String text) {
        Set<String> stems = new HashSet<>();
        for (String token : WordClasses.tokens(text)) {
            String word = token.toLowerCase(Locale.ROOT);
            if (word.length() > 2 && Character.isLetterOrDigit(word.charAt(0)) && !WordClasses.isFunctionWord(word)) {
                stems.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return stems;
    }

    private static Set<String> standardised() {
        Map<String, Double> names = new HashMap<>(of(new Exchange("Say a word", "A word.")));
        names.keySet().removeIf(name -> name.startsWith("pair "));
        return Set.copyOf(names.keySet());
    }
}
