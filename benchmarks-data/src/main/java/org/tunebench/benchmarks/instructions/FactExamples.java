package org.tunebench.benchmarks.instructions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.facts.Phrasings;
import org.tunebench.train.category.Category;

/** Questions about facts, with the bare object as the answer. */
final class FactExamples {
    private FactExamples() {}

    /** Every fact in {@code each} phrasings drawn without repeating from 4 wrappers x 8 frames x 3 noun phrases. */
    static List<Example> manyTemplates(List<Fact> facts, FactBook book, int each, Random random) {
        Phrasings phrasings = book.phrasings();
        List<Example> examples = new ArrayList<>();
        for (Fact fact : facts) {
            List<String> all =
                    new ArrayList<>(phrasings.instructionsOf(fact, phrasings.wrappers(), phrasings.questionFrames()));
            Collections.shuffle(all, random);
            all.stream().limit(each).forEach(instruction -> examples.add(answer(instruction, fact)));
        }
        Collections.shuffle(examples, random);
        return examples;
    }

    /** Every fact in the single template. */
    static List<Example> oneTemplate(List<Fact> facts, FactBook book, Random random) {
        List<Example> examples = new ArrayList<>();
        facts.forEach(fact -> examples.add(answer(book.phrasings().singleInstruction(fact), fact)));
        Collections.shuffle(examples, random);
        return examples;
    }

    private static Example answer(String instruction, Fact fact) {
        return new Example(Category.QUESTION_ANSWERING, instruction, "", fact.object());
    }
}
