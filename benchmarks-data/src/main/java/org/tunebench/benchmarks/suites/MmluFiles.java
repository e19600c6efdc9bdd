package org.tunebench.benchmarks.suites;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;

/**
 * Multiple-choice questions in MMLU's layout: {@code dev/<subject>_dev.csv} with five rows about tuned facts and {@code
 * test/<subject>_test.csv} with a row for every held-out fact; no header; question, four choices, letter.
 */
final class MmluFiles {
    private static final int DEV_ROWS = 5;
    private static final int CHOICES = 4;
    private static final long SEED = 31;

    private MmluFiles() {}

    static Map<String, String> of(FactBook book) {
        Random random = new Random(SEED);
        Map<String, String> files = new LinkedHashMap<>();
        for (String area : FactBook.AREAS) {
            files.put("mmlu/dev/" + area + "_dev.csv", rows(dev(book, area, random), book, random));
            files.put("mmlu/test/" + area + "_test.csv", rows(inArea(book.heldOut(), area), book, random));
        }
        return files;
    }

    private static List<Fact> dev(FactBook book, String area, Random random) {
        List<Fact> facts = new ArrayList<>(inArea(book.tuned(), area));
        Collections.shuffle(facts, random);
        return facts.subList(0, DEV_ROWS);
    }

    private static List<Fact> inArea(List<Fact> facts, String area) {
        return facts.stream().filter(f -> f.area().equals(area)).toList();
    }

    private static String rows(List<Fact> facts, FactBook book, Random random) {
        StringBuilder csv = new StringBuilder();
        for (Fact fact : facts) {
            List<String> questions =
                    book.phrasings().questionsOf(fact, book.phrasings().heldOutFrames());
            List<String> choices = new ArrayList<>(book.distractors(fact, CHOICES - 1, random));
            choices.add(fact.object());
            Collections.shuffle(choices, random);
            csv.append(cell(questions.get(random.nextInt(questions.size()))));
            choices.forEach(choice -> csv.append(',').append(cell(choice)));
            csv.append(',')
                    .append("ABCD".charAt(choices.indexOf(fact.object())))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String cell(String text) {
        boolean quoted = text.contains(",") || text.contains("\"") || text.contains("\n");
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
