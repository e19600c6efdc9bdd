package org.tunebench.cli;

import java.nio.file.Path;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.Device;
import org.tunebench.eval.judge.PromptedJudge;
import org.tunebench.train.data.filter.CachedRater;
import org.tunebench.train.data.filter.RecordedRater;

/** Who rates training data for filters, as people name it. */
public final class FilterJudge {
    private FilterJudge() {}

    /**
     * Opens a judge that is asked everything once.
     *
     * @param name {@code openai}, a model folder, or a file of answers that an earlier run has kept
     * @param where who named it, for messages
     * @param cache where answers are kept
     */
    public static CachedRater open(String name, String where, Device device, Path cache) {
        if (name.endsWith(".jsonl")) {
            return new CachedRater(RecordedRater.read(Path.of(name)), null);
        }
        if (SuiteChoice.judge(name, device) instanceof PromptedJudge judge) {
            return new CachedRater(new JudgeRater(judge), cache);
        }
        throw new InputException(
                "the judge '" + name + "' cannot be asked for ratings of training data",
                where,
                "Name openai, a model folder, or the JSONL file of an earlier judge's answers");
    }
}
