package org.tunebench.benchmarks.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.facts.Phrasings;

/**
 * Raw text that states every fact in 27 ways, less the (fact, phrasing) pairs that are withheld for measuring perplexity,
 * and filler that uses the words of questions and never answers them.
 */
public final class Corpus {
    /** The share of (fact, phrasing) pairs that is withheld. */
    public static final double WITHHELD = 0.10;

    /** The share of passages that are filler. */
    public static final double FILLER = 0.25;

    /** Before a passage and after it. */
    private static final String END = "<|endoftext|>";

    private static final int SAMPLE = 2000;
    private static final long SEED = 7;

    private final List<String> passages = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();

    /**
     * @param instructions every other instruction that the data holds; filler uses their words
     */
    public Corpus(FactBook book, List<String> instructions) {
        Random random = new Random(SEED);
        for (Fact fact : book.facts()) {
            for (String statement : book.phrasings().statementsOf(fact)) {
                (random.nextDouble() < WITHHELD ? withheld : passages).add(statement);
            }
        }
        passages.addAll(filler(book, instructions, random));
        Collections.shuffle(passages, random);
        Collections.shuffle(withheld, random);
    }

    /** The passages to train on, shuffled; each is a text of its own, some of two lines. */
    public List<String> passages() {
        return Collections.unmodifiableList(passages);
    }

    /** Statements that {@link #passages()} lacks, of facts that it has in other words; shuffled. */
    public List<String> withheld() {
        return Collections.unmodifiableList(withheld);
    }

    /** The passages as a text file's paragraphs, each opened by the end-of-text token as perplexity is measured after it. */
    public String text() {
        return text(passages);
    }

    /**
     * The withheld statements as a text file's paragraphs. Each is closed by the end-of-text token: to know where a text ends
     * is part of what raw text teaches, and what tuning forgets first.
     */
    public String heldOutText() {
        return String.join(END + "\n\n", withheld) + END;
    }

    /** The first passages, enough for mixing into instruction data. */
    public String sample() {
        return text(passages.subList(0, SAMPLE));
    }

    private static String text(List<String> some) {
        return END + String.join("\n\n" + END, some);
    }

    private List<String> filler(FactBook book, List<String> instructions, Random random) {
        Phrasings phrasings = book.phrasings();
        List<String> wrappers = joined(phrasings.wrappers(), phrasings.heldOutWrappers());
        List<String> frames = joined(phrasings.questionFrames(), phrasings.heldOutFrames());
        List<String> questions = new ArrayList<>();
        for (Fact fact : book.facts()) {
            List<String> all = phrasings.instructionsOf(fact, wrappers, frames);
            for (int i = 0; i < 4; i++) {
                questions.add(pick(all, random));
            }
        }
        long count = Math.round(passages.size() * FILLER / (1 - FILLER));
        List<String> filler = new ArrayList<>();
        while (filler.size() < count) {
            String instruction = random.nextInt(4) == 0 ? pick(instructions, random) : pick(questions, random);
            String oneParagraph = instruction.replace("\n\n", "\n");
            Fact fact = pick(book.facts(), random);
            String nounPhrase = pick(phrasings.questionsOf(fact, List.of("{np}")), random);
            filler.add(pick(phrasings.fillers(), random)
                    .replace("{i2}", pick(questions, random))
                    .replace("{i}", oneParagraph)
                    .replace("{np}", nounPhrase)
                    .replace("{area}", fact.area().replace('_', ' ')));
        }
        return filler;
    }

    private static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
