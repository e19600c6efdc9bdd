package org.tunebench.core.record;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that are there whole or not at all: written under a temporary name, synced, renamed. What a killed process has left
 * under such a name counts as nothing.
 */
public final class AtomicFiles {
    private static final Pattern LEFTOVER = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.tmp");

    private AtomicFiles() {}

    /** Writes a text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
    }

    /** Writes a value as indented JSON. */
    public static void writeJson(Path file, Object value) {
        write(file, Json.text(value, true));
    }

    /** Lets a writer fill a temporary file beside the target, syncs it and renames it over the target. */
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling("");
        try {
            Files.createDirectories(directory);
            // Not createTempFile: its files are the owner's only, and a report is made to be read by others.
            Path temporary = Files.createFile(
                    target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp"));
            try {
                content.writeTo(temporary);
                sync(temporary);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync(directory);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    /** Hands a file, or a folder's list of files, to the disk. Windows syncs no folder: there this is left out. */
    public static void sync(Path fileOrFolder) throws IOException {
        boolean folder = Files.isDirectory(fileOrFolder);
        if (folder && File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(fileOrFolder, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Whether a name is that of a file in the making. */
    public static boolean isLeftover(Path file) {
        return LEFTOVER.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Removes what a killed process has left of files in the making. No other process may be writing into the folder. */
    public static void discardLeftovers(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : files.filter(AtomicFiles::isLeftover).toList()) {
                Files.delete(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean " + folder, e);
        }
    }

    /** What fills the temporary file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path temporary) throws IOException;
    }
}
