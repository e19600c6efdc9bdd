package org.tunebench.cli.experiment;

import java.util.List;

/** Runs that are not begun, since their data would spoil them. */
public final class SpoiltData extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> pages;

    /** @param pages that say what is wrong, one for each of these runs */
    SpoiltData(List<String> pages) {
        super("the data would spoil " + pages.size() + (pages.size() == 1 ? " run" : " runs")
                + ", and nothing was trained");
        this.pages = List.copyOf(pages);
    }

    /** Where it is said what is wrong. */
    public List<String> pages() {
        return pages;
    }
}
