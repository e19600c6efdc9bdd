package org.tunebench.train.quality;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.example.Exchange;

/**
 * A labelled set from good exchanges alone: each stays as a good one, and a spoiled copy of it is a bad one. Every kind of
 * {@link Corruption} comes equally often.
 */
public final class CorruptedSet {
    private static final long CORRUPTION = 31;

    private CorruptedSet() {}

    /**
     * Good and bad, in turn. An exchange that no corruption changes (a response of one word, shuffled) has no bad copy.
     *
     * @param good at least two
     * @param seed draws what is cut, shuffled and put in
     */
    public static List<LabelledResponse> of(List<Exchange> good, long seed) {
        if (good.size() < 2) {
            throw new IllegalArgumentException("corruption needs two exchanges at least, got " + good.size());
        }
        List<LabelledResponse> labelled = new ArrayList<>();
        for (int i = 0; i < good.size(); i++) {
            Exchange exchange = good.get(i);
            SeededRandom random = SeededRandom.of(seed, CORRUPTION, i);
            Exchange other = good.get((i + 1 + random.nextInt(good.size() - 1)) % good.size());
            Corruption corruption = Corruption.values()[i % Corruption.values().length];
            String group = String.valueOf(i);
            labelled.add(new LabelledResponse(exchange, true, LabelledResponse.CLEAN, group));
            String spoiled = corruption.spoil(exchange, other, random);
            if (!spoiled.isBlank() && !spoiled.equals(exchange.response())) {
                labelled.add(new LabelledResponse(
                        new Exchange(exchange.instruction(), spoiled), false, corruption.id(), group));
            }
        }
        return labelled;
    }
}
