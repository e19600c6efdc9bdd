package org.tunebench.eval.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How a program fared.
 *
 * @param message why it did not pass, in one line; empty for one that did
 */
public record Verdict(Outcome outcome, String message) {
    /** What became of it. */
    public enum Outcome {
        /** The check ran to its end. */
        PASSED,
        /** The program or an assertion of the check raised. */
        FAILED,
        /** The program's process ended before the check did. */
        ENDED,
        /** The check had not ended when the time was over. */
        TIMED_OUT,
        /** It wrote more than it may. */
        TOO_MUCH_OUTPUT;

        /** The name in sample files. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Verdict PASSED = new Verdict(Outcome.PASSED, "");

    public boolean passed() {
        return outcome == Outcome.PASSED;
    }
}
