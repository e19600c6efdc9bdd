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
 * {@code samples/.<suite>.answers.jsonl}, goes when results.json holds the suite, unless the judge failed on some of them: then
 * it stays, and going on asks for these alone.
 */
record SuiteRun(Path out, String suite, Map<String, String> madeFrom) {
    private Path answers() {
        return out.resolve("samples").resolve("." + suite + ".answers.jsonl");
    }

    /**
     * Whether results.json holds the suite, made from the same, and nothing of it can be made better.
     *
     * @throws InputException where it was made from something else
     */
    boolean isFinished(Results results) {
        SuiteResult result = results.suites().get(suite);
        if (result == null) {
            return false;
        }
        Map<String, String> before = MadeFrom.of(result);
        if (before.isEmpty()) {
            return false; // it does not say what it was made from
        }
        requireSame(before, out.resolve("results.json") + ", suite " + suite);
        if (Judging.failures(result) > 0 && Files.exists(answers())) {
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
        if (result != null && Judging.failures(result) == 0) {
            delete();
        }
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
