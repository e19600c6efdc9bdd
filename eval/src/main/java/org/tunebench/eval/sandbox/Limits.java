package org.tunebench.eval.sandbox;

import java.time.Duration;
import java.util.Map;

/**
 * What a program may use.
 *
 * @param wall from the moment the program is handed over to the end of its check
 * @param memoryBytes address space of each process
 * @param processes processes and threads together, of the whole sandbox
 * @param openFiles of each process
 * @param folderBytes of the private folder, and of a single file
 * @param outputBytes written to standard output and error, and as answers, together
 */
public record Limits(
        Duration wall, long memoryBytes, int processes, int openFiles, long folderBytes, long outputBytes) {
    private static final long MEBIBYTE = 1 << 20;

    public Limits {
        if (wall.isNegative() || wall.isZero()) {
            throw new IllegalArgumentException("a time limit of " + wall);
        }
    }

    /** The usual limits for a time. */
    public static Limits of(Duration wall) {
        return new Limits(wall, 512 * MEBIBYTE, 16, 64, 16 * MEBIBYTE, 16 * MEBIBYTE);
    }

    /** As the Python side reads them. */
    Map<String, Object> settings(boolean isolated) {
        return Map.of(
                "memory_bytes", memoryBytes,
                "processes", processes,
                "open_files", openFiles,
                "file_bytes", folderBytes,
                "cpu_seconds", wall.toSeconds() + 2,
                "isolated", isolated);
    }
}
