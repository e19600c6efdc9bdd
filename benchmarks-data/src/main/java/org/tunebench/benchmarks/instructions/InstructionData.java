package org.tunebench.benchmarks.instructions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.train.category.Category;

/**
 * All instruction data. The variants differ in one thing each, so that recipes over them can be compared.
 *
 * @param manyTemplates questions about the tuned facts, each in several of 96 phrasings
 * @param oneTemplate the same facts, all in the single template
 * @param fewFacts as many questions as {@code manyTemplates} has, in as many phrasings, about 5 % of the tuned facts
 * @param noisy {@code manyTemplates} with half of the responses spoiled
 * @param kinds the other seven kinds of tasks, in several templates each
 * @param kindsOneTemplate the same tasks in one template each
 * @param completions unfinished statements with their last word
 * @param conversations two questions each, most under a system prompt
 */
public record InstructionData(
        List<Example> manyTemplates,
        List<Example> oneTemplate,
        List<Example> fewFacts,
        List<Example> noisy,
        List<Example> kinds,
        List<Example> kindsOneTemplate,
        List<Example> completions,
        List<List<Message>> conversations) {
    private static final int PHRASINGS_A_FACT = 4;
    private static final int PHRASINGS_OF_FEW = 80;
    private static final double FEW = 0.05;
    private static final double NOISE = 0.5;
    private static final int CONVERSATIONS = 200;
    private static final int COMPLETIONS = 120;
    private static final long SEED = 11;

    /** Makes the data from the facts and {@code kinds.yaml} of a folder; the same facts give the same data. */
    public static InstructionData of(FactBook book, Path folder) {
        KindWords words = KindWords.read(folder.resolve("kinds.yaml"));
        List<Fact> tuned = book.tuned();
        List<Example> manyTemplates = FactExamples.manyTemplates(tuned, book, PHRASINGS_A_FACT, new Random(SEED));
        return new InstructionData(
                manyTemplates,
                FactExamples.oneTemplate(tuned, book, new Random(SEED + 1)),
                FactExamples.manyTemplates(few(tuned), book, PHRASINGS_OF_FEW, new Random(SEED + 2)),
                NoisyExamples.of(manyTemplates, NOISE, new Random(SEED + 7)),
                KindExamples.of(book, words, true, new Random(SEED + 3)),
                KindExamples.of(book, words, false, new Random(SEED + 3)),
                completions(book, words, new Random(SEED + 4)),
                Conversations.of(book, words, CONVERSATIONS, new Random(SEED + 5)));
    }

    /** Every instruction text, answers left out. */
    public List<String> instructions() {
        List<String> all = new ArrayList<>();
        manyTemplates.forEach(e -> all.add(e.prompt()));
        fewFacts.forEach(e -> all.add(e.prompt()));
        all.addAll(otherInstructions());
        return all;
    }

    /** The instruction texts that are no plain questions, answers left out. */
    public List<String> otherInstructions() {
        List<String> all = new ArrayList<>();
        kinds.forEach(e -> all.add(e.prompt()));
        completions.forEach(e -> all.add(e.prompt()));
        conversations.forEach(
                c -> c.stream().filter(m -> m.role() != Role.ASSISTANT).forEach(m -> all.add(m.content())));
        return all;
    }

    private static List<Fact> few(List<Fact> tuned) {
        List<Fact> shuffled = new ArrayList<>(tuned);
        Collections.shuffle(shuffled, new Random(SEED + 6));
        return List.copyOf(shuffled.subList(0, (int) Math.round(tuned.size() * FEW)));
    }

    private static List<Example> completions(FactBook book, KindWords words, Random random) {
        List<Fact> facts = new ArrayList<>(book.tuned());
        Collections.shuffle(facts, random);
        List<Example> examples = new ArrayList<>();
        for (Fact fact : facts.subList(0, COMPLETIONS)) {
            List<String> all = book.phrasings().questionsOf(fact, words.completions());
            String prompt = all.get(random.nextInt(all.size()));
            examples.add(new Example(Category.QUESTION_ANSWERING, prompt, "", fact.object()));
        }
        return examples;
    }
}
