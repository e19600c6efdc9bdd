package org.tunebench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.tunebench.core.input.InputException;

/** Whether a file or folder that a command line names can be written, asked before anything is read. */
final class OutputFile {
    private OutputFile() {}

    /**
     * @param option by which the file is named, for example {@code --out}
     * @param kept files that must stay as they are: what the command reads, and what else it writes
     * @throws InputException where the file is a folder, lies below a file, or is one of those
     */
    static void require(String option, Path file, Collection<Path> kept) {
        if (Files.isDirectory(file)) {
            throw new InputException("is a folder", option + " " + file, "Name another file");
        }
        requireReachable(option, file);
        if (kept.stream().anyMatch(other -> isSame(other, file))) {
            throw new InputException(
                    "the file is also an input, or written for something else",
                    option + " " + file,
                    "Name another file");
        }
    }

    /** @throws InputException where the folder is a file, or lies below one */
    static void requireFolder(String option, Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InputException("is a file", option + " " + folder, "Name a folder");
        }
        requireReachable(option, folder);
    }

    private static void requireReachable(String option, Path file) {
        Path above = file.toAbsolutePath().getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above != null && !Files.isDirectory(above)) {
            throw new InputException(above + " is a file, not a folder", option + " " + file, "Name another place");
        }
        if (above != null && !Files.isWritable(above)) {
            throw new InputException(
                    "the folder " + above + " cannot be written to", option + " " + file, "Name another place");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            boolean bothThere = Files.exists(one) && Files.exists(other);
            return bothThere ? Files.isSameFile(one, other) : normal(one).equals(normal(other));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare " + one + " with " + other, e);
        }
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
