package org.tunebench.eval.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.tunebench.core.input.InputException;

/** Sandboxes for tests. A test that needs one skips where there is none, unless TUNEBENCH_REQUIRE names {@code sandbox}. */
public final class Sandboxes {
    private Sandboxes() {}

    /** An isolated sandbox. */
    public static Sandbox require(Duration wall) {
        try {
            return Sandbox.isolated(Limits.of(wall));
        } catch (InputException e) {
            List<String> required = Arrays.asList(
                    String.valueOf(System.getenv("TUNEBENCH_REQUIRE")).split(","));
            if (required.contains("sandbox")) {
                throw e;
            }
            return Assumptions.abort(e.getMessage());
        }
    }
}
