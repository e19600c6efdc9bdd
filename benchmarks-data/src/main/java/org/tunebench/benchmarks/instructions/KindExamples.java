package org.tunebench.benchmarks.instructions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.train.category.Category;

/** Tasks other than plain questions: explanation, generation, rewriting, coding, reasoning, classification, extraction. */
final class KindExamples {
    private static final int REASONING_TASKS = 120;
    private static final int SENTIMENTS = 80;
    private static final int EXTRACTIONS = 70;
    private static final Set<String> EXPLAINED = Set.of(
            "capital", "young", "author", "inventor", "worker", "opposite", "sound", "made_from", "measured_with");

    private final FactBook book;
    private final KindWords words;
    private final boolean manyTemplates;
    private final Random random;
    private final Random templateRandom;
    private final List<Example> examples = new ArrayList<>();

    private KindExamples(FactBook book, KindWords words, boolean manyTemplates, Random random) {
        this.book = book;
        this.words = words;
        this.manyTemplates = manyTemplates;
        this.random = random;
        this.templateRandom = new Random(random.nextLong());
    }

    /**
     * All examples of the seven kinds, shuffled.
     *
     * @param manyTemplates whether each is asked in a template of its task drawn at random, or always in the first
     */
    static List<Example> of(FactBook book, KindWords words, boolean manyTemplates, Random random) {
        KindExamples kinds = new KindExamples(book, words, manyTemplates, random);
        kinds.explain();
        kinds.generate();
        kinds.rewrite();
        kinds.code();
        kinds.reason();
        kinds.classify();
        kinds.extract();
        Collections.shuffle(kinds.examples, random);
        return kinds.examples;
    }

    private void explain() {
        Map<String, Integer> uses = new LinkedHashMap<>();
        book.facts().forEach(f -> uses.merge(f.object(), 1, Integer::sum));
        for (Fact fact : book.tuned()) {
            if (EXPLAINED.contains(fact.relation().id()) && uses.getOrDefault(fact.object(), 0) == 1) {
                List<String> statements = book.phrasings().statementsOf(fact);
                add(Category.EXPLANATION, "explanation", Map.of("word", fact.object()), "", statements.get(26));
            }
        }
    }

    private void generate() {
        Set<String> topics = new HashSet<>();
        for (Fact fact : book.tuned()) {
            if (!fact.area().equals("mathematics") && topics.add(fact.subject())) {
                String statement = book.phrasings().statementsOf(fact).get(0);
                add(Category.GENERATION, "generation", Map.of("topic", fact.subject()), "", statement);
            }
        }
    }

    private void rewrite() {
        for (Fact fact : book.tuned()) {
            if (fact.relation().id().equals("past_tense")) {
                add(
                        Category.REWRITING,
                        "past",
                        Map.of(),
                        "They " + fact.subject() + ".",
                        "They " + fact.object() + ".");
                add(Category.REWRITING, "past", Map.of(), "We " + fact.subject() + ".", "We " + fact.object() + ".");
            } else if (fact.relation().id().equals("plural")) {
                add(Category.REWRITING, "many", Map.of(), "one " + fact.subject(), "two " + fact.object());
            }
        }
    }

    private void code() {
        for (Fact fact : book.tuned()) {
            String id = fact.relation().id();
            if (id.equals("capital") || id.equals("young")) {
                add(Category.CODING, "print", Map.of("word", fact.object()), "", "print(\"" + fact.object() + "\")");
            } else if (id.equals("sum") || id.equals("product")) {
                String expression = fact.subject().replace("and", id.equals("sum") ? "+" : "*");
                String asked =
                        book.phrasings().questionsOf(fact, List.of("{np}")).get(0);
                add(Category.CODING, "function", Map.of("word", asked), "", "def f():\n    return " + expression);
            }
        }
    }

    private void reason() {
        for (int i = 0; i < REASONING_TASKS; i++) {
            List<String> names = new ArrayList<>(words.names());
            Collections.shuffle(names, random);
            Map<String, String> slots = new LinkedHashMap<>(pick(words.comparisons()));
            slots.put("a", names.get(0));
            slots.put("b", names.get(1));
            slots.put("c", names.get(2));
            add(Category.REASONING, "compare", slots, "", names.get(0));
        }
    }

    private void classify() {
        for (int i = 0; i < SENTIMENTS; i++) {
            boolean positive = i % 2 == 0;
            String word = pick(positive ? words.positive() : words.negative());
            String text = "The " + pick(words.reviewed()) + " was " + word + ".";
            add(Category.CLASSIFICATION, "sentiment", Map.of(), text, positive ? "positive" : "negative");
        }
        for (int number = 1; number <= 30; number++) {
            Map<String, String> slots = Map.of("number", String.valueOf(number));
            add(Category.CLASSIFICATION, "parity", slots, "", number % 2 == 0 ? "even" : "odd");
        }
    }

    private void extract() {
        for (int i = 0; i < EXTRACTIONS; i++) {
            String name = pick(words.names());
            String number = String.valueOf(2 + random.nextInt(30));
            String text = name + " " + pick(words.deeds()) + " " + number + " " + pick(words.things()) + ".";
            add(Category.EXTRACTION, "name", Map.of(), text, name);
            add(Category.EXTRACTION, "number", Map.of(), text, number);
        }
    }

    private void add(Category kind, String task, Map<String, String> slots, String input, String output) {
        List<String> templates = words.templatesOf(task);
        String instruction = templates.get(manyTemplates ? templateRandom.nextInt(templates.size()) : 0);
        for (Map.Entry<String, String> slot : slots.entrySet()) {
            instruction = instruction.replace("{" + slot.getKey() + "}", slot.getValue());
        }
        examples.add(new Example(kind, instruction, input, output));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
