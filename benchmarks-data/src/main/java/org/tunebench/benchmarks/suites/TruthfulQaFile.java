package org.tunebench.benchmarks.suites;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;

/**
 * Questions that people often answer wrongly, in the layout of TruthfulQA's mc_task.json: every fact with a lure. mc1 holds one
 * true answer, first, and false ones; mc2 several ways to say each.
 */
final class TruthfulQaFile {
    private static final int FALSE_ANSWERS = 3;
    private static final long SEED = 33;
    private static final String YAML = """
            name: lures
            type: multiple_choice
            version: "1"
            description: "questions that people answer wrongly, bare; acc, acc_norm"
            data: lures.jsonl
            """;

    private TruthfulQaFile() {}

    static String of(FactBook book) {
        Random random = new Random(SEED);
        List<Map<String, Object>> items = new ArrayList<>();
        for (Fact fact : lured(book)) {
            items.add(item(fact, book, random));
        }
        return Json.text(items, true) + "\n";
    }

    /**
     * The same questions as an own suite, without the six examples that the original puts before each: those are longer than
     * any text that the embedded model was trained on.
     */
    static Map<String, String> withoutExamples(FactBook book) {
        Random random = new Random(SEED);
        List<Map<String, Object>> items = new ArrayList<>();
        for (Fact fact : lured(book)) {
            Map<String, Object> original = item(fact, book, random);
            List<String> choices = new ArrayList<>(book.distractors(fact, FALSE_ANSWERS, random));
            choices.add(fact.object());
            Collections.shuffle(choices, random);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", fact.id());
            item.put("group", fact.relation().id());
            item.put("prompt", original.get("question"));
            item.put("choices", choices);
            item.put("target", choices.indexOf(fact.object()));
            items.add(item);
        }
        return Map.of("lures/lures.yaml", YAML, "lures/lures.jsonl", JsonLines.text(items));
    }

    private static List<Fact> lured(FactBook book) {
        return book.heldOut().stream().filter(f -> f.lure().isPresent()).toList();
    }

    private static Map<String, Object> item(Fact fact, FactBook book, Random random) {
        List<String> questions =
                book.phrasings().questionsOf(fact, book.phrasings().heldOutFrames());
        List<String> wrong = book.distractors(fact, FALSE_ANSWERS, random);
        Map<String, Integer> mc1 = new LinkedHashMap<>();
        mc1.put(fact.object(), 1);
        wrong.forEach(o -> mc1.put(o, 0));
        Map<String, Integer> mc2 = new LinkedHashMap<>();
        sayings(fact, fact.object(), book).forEach(s -> mc2.put(s, 1));
        wrong.forEach(o -> sayings(fact, o, book).forEach(s -> mc2.put(s, 0)));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("question", questions.get(random.nextInt(questions.size())));
        item.put("mc1_targets", mc1);
        item.put("mc2_targets", mc2);
        return item;
    }

    private static List<String> sayings(Fact fact, String object, FactBook book) {
        List<String> cloze = book.phrasings().cloze(fact, object);
        return List.of(object, cloze.get(0) + " " + cloze.get(1));
    }
}
