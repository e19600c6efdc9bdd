package org.tunebench.eval.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.eval.engine.Journal;

/**
 * One suite in a run folder: whether it is done, and where its answers are until it is. The file of answers,
 * {@code samples/.<suite>.answers.jsonl}, goes when results.json holds the suite, unless a judge that may recover failed on some
 * of them: then it stays, and going on asks for these alone.
 */
record SuiteRun(Path out, String suite, Map<String, String> madeFrom, boolean judgeMayRecover) {
    private Path answers() {
        return out.resolve("samples").resolve("." + suite + ".answers.jsonl");
    }

    /**
     * Refuses to go on with what was made from something else: the suite's results, or the answers that a killed process has
     * left.
     */
    void requireSame(Results results) {
        SuiteResult result = results.suites().get(suite);
        if (result != null && !MadeFrom.of(result).isEmpty()) {
            requireSame(MadeFrom.of(result), out.resolve("results.json") + ", suite " + suite);
        }
        Journal.madeFrom(answers())
                .ifPresent(before -> requireSame(before, answers().toString()));
    }

    /** Whether results.json holds the suite, says what it was made from, and nothing of it can be made better. */
    boolean isFinished(Results results) {
        SuiteResult result = results.suites().get(suite);
        if (result == null || MadeFrom.of(result).isEmpty()) {
            return false;
        }
        if (canBeMadeBetter(result) && Files.exists(answers())) {
            return false;
        }
        delete();
        return true;
    }

    /** An empty file of answers. */
    Journal begin() {
        return Journal.create(answers(), madeFrom);
    }

    /**
     * The answers that a killed process has left.
     *
     * @throws InputException where they were made from something else
     */
    Journal resume() {
        Journal.madeFrom(answers())
                .ifPresent(before -> requireSame(before, answers().toString()));
        return Journal.resume(answers(), madeFrom);
    }

    /** The suite is in results.json. */
    void forgetAnswers(Results results) {
        SuiteResult result = results.suites().get(suite);
        if (result != null && !canBeMadeBetter(result)) {
            delete();
        }
    }

    private boolean canBeMadeBetter(SuiteResult result) {
        return judgeMayRecover && Judging.failures(result) > 0;
    }

    private void requireSame(Map<String, String> before, String where) {
        if (!before.equals(madeFrom)) {
            throw new InputException(
                    "the answers there were made from something else: "
                            + String.join("; ", Journal.differences(before, madeFrom)),
                    where,
                    "Resume with everything as it was, or name another output folder");
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(answers());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + answers(), e);
        }
    }
}
