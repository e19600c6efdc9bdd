package org.tunebench.benchmarks.suites;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.core.record.JsonLines;

/**
 * Statements to be continued, in HellaSwag's official fields: the beginning of a held-out fact and four endings. {@code ctx_b}
 * is empty, as in the original's wikiHow items: the rule that lower-cases it would spoil names.
 */
final class HellaSwagFile {
    private static final int ENDINGS = 4;
    private static final long SEED = 32;

    private HellaSwagFile() {}

    static String of(FactBook book) {
        Random random = new Random(SEED);
        List<Map<String, Object>> items = new ArrayList<>();
        for (Fact fact : book.heldOut()) {
            List<String> objects = new ArrayList<>(book.distractors(fact, ENDINGS - 1, random));
            objects.add(fact.object());
            Collections.shuffle(objects, random);
            String context = book.phrasings().cloze(fact, fact.object()).get(0);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("ind", items.size());
            item.put("activity_label", fact.areaTitle());
            item.put("ctx_a", context);
            item.put("ctx_b", "");
            item.put("ctx", context);
            item.put("split", "val");
            item.put("split_type", "indomain");
            item.put("label", objects.indexOf(fact.object()));
            item.put(
                    "endings",
                    objects.stream()
                            .map(o -> book.phrasings().cloze(fact, o).get(1))
                            .toList());
            item.put("source_id", "tunebench~" + fact.id());
            items.add(item);
        }
        return JsonLines.text(items);
    }
}
