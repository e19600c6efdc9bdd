package org.tunebench.train.quality;

import org.tunebench.train.data.example.Exchange;

/**
 * A response that someone, or a generator, has called good or bad.
 *
 * @param kind what is wrong with it, {@code clean} for nothing; reports break the score down by it
 * @param group responses of one group (to the same instruction) stay on one side of every split
 */
public record LabelledResponse(Exchange exchange, boolean good, String kind, String group) {
    /** The kind of a good response. */
    public static final String CLEAN = "clean";
}
