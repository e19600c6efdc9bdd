package org.tunebench.reports.html;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tunebench.reports.samples.ExplorerData;

/**
 * The sample explorer's frame.
 *
 * @param cut what the reader must know of texts that the page has only the start of; absent where it has all
 */
record SamplesView(int suites, @Nullable String cut) {

    static SamplesView of(ExplorerData data, Path whole) {
        return new SamplesView(data.suites().size(), cut(data, whole));
    }

    private static @Nullable String cut(ExplorerData data, Path whole) {
        return data.cutTexts() == 0
                ? null
                : String.format(
                        Locale.ROOT,
                        "To keep this page small enough to send, %s longer than %,d characters %s cut to their start; "
                                + "whole they are in %s, which came with it.",
                        data.cutTexts() == 1 ? "1 text" : String.format(Locale.ROOT, "%,d texts", data.cutTexts()),
                        data.most(),
                        data.cutTexts() == 1 ? "is" : "are",
                        whole.getFileName());
    }
}
