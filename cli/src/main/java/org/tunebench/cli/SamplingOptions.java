package org.tunebench.cli;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.Sampling;
import picocli.CommandLine.Option;

/** How tokens are chosen. */
final class SamplingOptions {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "0, the default, takes the most likely token every time; above 0 tokens are drawn. The sampling "
                            + "settings of the folder's generation_config.json are not used.")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw from the K most likely tokens (default: all).")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the fewest tokens that hold this much of the probability (default: 1, all).")
    private @Nullable Double topP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "R",
            defaultValue = "1",
            description = "Above 1 makes tokens less likely that the prompt or the text so far has (default: "
                    + "${DEFAULT-VALUE}).")
    private double repetitionPenalty = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the draws; the same seed and prompt give the same text (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    /** @throws InputException for values out of range, and for such as would have no effect */
    Sampling sampling() {
        int k = topK == null ? 0 : topK;
        double p = topP == null ? 1 : topP;
        Main.require(
                temperature >= 0 && temperature < Double.POSITIVE_INFINITY, "--temperature", temperature, "at least 0");
        Main.require(topK == null || k >= 1, "--top-k", k, "at least 1");
        Main.require(p > 0 && p <= 1, "--top-p", p, "greater than 0 and at most 1");
        boolean penalty = repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY;
        Main.require(penalty, "--repetition-penalty", repetitionPenalty, "greater than 0");
        if (temperature == 0 && (topK != null || topP != null)) {
            throw new InputException(
                    (topK != null ? "--top-k" : "--top-p") + " has no effect at temperature 0",
                    "command line",
                    "Give a --temperature above 0 too, such as 1");
        }
        return new Sampling(temperature, k, p, repetitionPenalty, seed);
    }
}
