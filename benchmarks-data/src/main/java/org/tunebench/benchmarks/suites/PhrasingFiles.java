package org.tunebench.benchmarks.suites;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.facts.Phrasings;
import org.tunebench.core.record.JsonLines;

/**
 * Own suites that ask for every held-out fact and compare the generated answer: in the single template, in held-out frames
 * under the instruction data's wrappers, and in held-out frames under held-out wrappers.
 */
final class PhrasingFiles {
    private static final long SEED = 34;
    private static final String YAML = """
            name: %1$s
            type: exact_match
            version: "1"
            description: "%2$s"
            data: %1$s.jsonl
            max_new_tokens: 12
            normalise: [first_line, trim]
            """;

    private PhrasingFiles() {}

    static Map<String, String> of(FactBook book) {
        Phrasings words = book.phrasings();
        Map<String, String> files = new LinkedHashMap<>();
        put(
                files,
                "seen_phrasing",
                "questions in the one phrasing that all instruction data knows; exact_match",
                book,
                fact -> List.of(words.singleInstruction(fact)));
        put(
                files,
                "held_out_frames",
                "questions in words that no instruction data has; exact_match",
                book,
                fact -> words.instructionsOf(fact, words.wrappers(), words.heldOutFrames()));
        put(
                files,
                "held_out_phrasings",
                "questions in words and wrappings that no instruction data has; exact_match",
                book,
                fact -> words.instructionsOf(fact, words.heldOutWrappers(), words.heldOutFrames()));
        return files;
    }

    private static void put(
            Map<String, String> files,
            String name,
            String description,
            FactBook book,
            Function<Fact, List<String>> phrasings) {
        Random random = new Random(SEED);
        List<Map<String, Object>> items = new ArrayList<>();
        for (Fact fact : book.heldOut()) {
            List<String> all = phrasings.apply(fact);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", fact.id());
            item.put("group", fact.relation().id());
            item.put("prompt", all.get(random.nextInt(all.size())));
            item.put("target", fact.object());
            items.add(item);
        }
        files.put(name + "/" + name + ".yaml", YAML.formatted(name, description));
        files.put(name + "/" + name + ".jsonl", JsonLines.text(items));
    }
}
