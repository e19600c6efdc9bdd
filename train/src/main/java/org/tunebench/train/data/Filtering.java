package org.tunebench.train.data;

import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Preference;
import org.tunebench.train.data.filter.ExampleFilter;
import org.tunebench.train.data.filter.FilterPass;
import org.tunebench.train.data.filter.Verdict;

/** Passes the examples of one source on, or counts why not. */
final class Filtering {
    private static final String LIMIT = "limit";
    private static final String UNDESIRABLE = "undesirable";

    private final List<ExampleFilter> filters;
    private final List<FilterPass> passes;
    private final @Nullable BitSet chosen;
    private final ExampleSink sink;
    private final TreeMap<String, Integer> dropped = new TreeMap<>();
    private int kept;
    private int passed;

    /**
     * @param passes of the first filters, begun once for all sources
     * @param chosen which of the source's examples that pass its limit keeps; null for all
     */
    Filtering(List<ExampleFilter> filters, List<FilterPass> passes, @Nullable BitSet chosen, ExampleSink sink) {
        this.filters = filters;
        this.passes = passes;
        this.chosen = chosen;
        this.sink = sink;
    }

    void take(Example given) {
        Example example = given;
        if (example instanceof Example.Conversation conversation
                && conversation.preference() instanceof Preference.Label label
                && !label.desirable()) {
            drop(example, UNDESIRABLE, "raters called it bad");
            return;
        }
        for (int i = 0; i < passes.size(); i++) {
            Verdict verdict = passes.get(i).judge(example);
            String reason = filters.get(i).reason();
            Double score = verdict.score();
            if (score != null) {
                example = example.with(example.origin().withScore(reason, score));
            }
            String objection = verdict.objection();
            if (objection != null) {
                drop(example, reason, objection);
                return;
            }
        }
        if (chosen != null && !chosen.get(passed++)) {
            drop(example, LIMIT, "not drawn");
            return;
        }
        kept++;
        sink.kept(example);
    }

    ExampleSink sink() {
        return sink;
    }

    TreeMap<String, Integer> dropped() {
        return dropped;
    }

    int kept() {
        return kept;
    }

    private void drop(Example example, String reason, String objection) {
        dropped.merge(reason, 1, Integer::sum);
        sink.dropped(example, reason, objection);
    }
}
