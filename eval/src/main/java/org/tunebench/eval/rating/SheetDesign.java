package org.tunebench.eval.rating;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tunebench.core.input.InputException;

/**
 * How many raters see what, and in which order.
 *
 * @param raters sheets to write, from 1 to 1000
 * @param doubled share of the prompts that several raters get, for agreement; each other prompt goes to one rater
 * @param ratersEach raters who get a doubled prompt, at most {@code raters}
 * @param within share of a rater's own prompts that come a second time at the end, for consistency
 * @param pairwise pairs of responses to compare for each prompt; 0 for none
 * @param formats what sheets are written as
 * @param seed of every order
 */
public record SheetDesign(
        int raters, double doubled, int ratersEach, double within, int pairwise, Set<SheetFormat> formats, long seed) {
    /** Share of repeated prompts where nothing else is asked for. */
    public static final double WITHIN = 0.1;

    /** @throws InputException where a number is out of range */
    public SheetDesign {
        require(raters >= 1 && raters <= 1000, "raters is " + raters, "from 1 to 1000");
        require(doubled >= 0 && doubled <= 1, "doubled is " + doubled, "a share from 0 to 1");
        require(within >= 0 && within <= 1, "within is " + within, "a share from 0 to 1");
        require(
                ratersEach >= 1 && ratersEach <= raters,
                "raters-each is " + ratersEach,
                "from 1 to all " + raters + " raters");
        require(pairwise >= 0, "pairwise is " + pairwise, "0 or more");
        require(!formats.isEmpty(), "formats is empty", "one or more of " + List.of(SheetFormat.values()));
        formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    }

    /** Every prompt to every rater, a tenth of them twice, no pairs, the default formats. */
    public static SheetDesign of(int raters, long seed) {
        return new SheetDesign(raters, 1, raters, WITHIN, 0, SheetFormat.DEFAULT, seed);
    }

    /** What the order of the rows depends on, which is all but the formats. */
    List<Number> order() {
        return List.of(raters, doubled, ratersEach, within, pairwise, seed);
    }

    private static void require(boolean holds, String what, String range) {
        if (!holds) {
            throw new InputException(what, "rater sheets", "It must be " + range);
        }
    }
}
