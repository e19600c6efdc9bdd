package org.tunebench.eval.judge;

import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Progress;

/**
 * What a judge's work is part of.
 *
 * @param journal where each judgment is kept at once, and taken from where it is known
 * @param progress hears how far the judge is
 * @param stage what progress calls the work, e.g. {@code "mt_bench, judge"}
 */
public record JudgeRun(Journal journal, Progress progress, String stage) {
    /** One that keeps nothing and tells nobody. */
    public static JudgeRun alone() {
        return new JudgeRun(Journal.none(), Progress.NONE, "judge");
    }
}
