package org.tunebench.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How fast a suite is answered. Items that no token went through the model for, such as a killed run's answers, say nothing
 * about it.
 *
 * @param start nanoseconds
 * @param before tokens that had gone through the model at the start
 * @param known items that cost nothing
 * @param done items
 * @param tokens through the model up to now
 */
record EvaluationSpeed(long start, long before, int known, int done, long tokens) {

    static EvaluationSpeed begin(long now, long tokens) {
        return new EvaluationSpeed(now, tokens, 0, 0, tokens);
    }

    /** After more of it. */
    EvaluationSpeed at(int newDone, long newTokens) {
        return new EvaluationSpeed(start, before, newTokens == before ? newDone : known, newDone, newTokens);
    }

    /** {@code " tokens/s 1234, 0:01:05 left"}; empty where nothing is known yet. */
    String text(long now, int total) {
        double seconds = (now - start) / 1e9;
        if (tokens == before || seconds <= 0) {
            return "";
        }
        String speed = String.format(Locale.ROOT, " tokens/s %.0f", (tokens - before) / seconds);
        if (done == total || done <= known) {
            return speed;
        }
        Duration left = Duration.ofSeconds(Math.round(seconds / (done - known) * (total - done)));
        return speed
                + String.format(
                        Locale.ROOT, ", %d:%02d:%02d left", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
