package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;
import org.tunebench.train.data.filter.FilterCount.DroppedExample;

/** How many examples one filter drops, and the first few of them. */
final class FilterTally {
    private static final int SAMPLES = 5;
    private static final int EXCERPT = 200;

    private final List<DroppedExample> samples = new ArrayList<>();
    private long dropped;

    void add(Example example, String objection) {
        dropped++;
        if (samples.size() < SAMPLES) {
            samples.add(sample(example, objection));
        }
    }

    long dropped() {
        return dropped;
    }

    List<DroppedExample> samples() {
        return samples;
    }

    private static DroppedExample sample(Example example, String objection) {
        List<Exchange> exchanges = Exchange.of(example);
        String instruction = exchanges.isEmpty() ? "" : exchanges.get(0).instruction();
        String response = exchanges.isEmpty()
                ? ExampleText.whole(example)
                : exchanges.get(0).response();
        return new DroppedExample(
                example.id(), example.origin().where(), objection, excerpt(instruction), excerpt(response));
    }

    private static String excerpt(String text) {
        if (text.codePointCount(0, text.length()) <= EXCERPT) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
    }
}
