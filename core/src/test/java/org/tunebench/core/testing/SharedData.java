package org.tunebench.core.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real files for tests, in a folder {@code shared/data} beside the repository. A test that needs one skips without it. */
public final class SharedData {
    private SharedData() {}

    /** The file or folder; skips the calling test, with a reason, where it is missing. */
    public static Path require(String relative) {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            Path candidate = p.resolve("shared/data").resolve(relative);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("shared/data/" + relative + " is not beside this repository");
        throw new AssertionError("unreachable");
    }
}
