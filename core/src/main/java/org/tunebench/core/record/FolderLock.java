package org.tunebench.core.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tunebench.core.input.InputException;

/**
 * The right to write into a folder, held by one process at a time. The operating system gives it back when the process
 * ends, however it ends. The file {@code .lock} stays: removing it would let two processes lock two files of that name.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static boolean isLockFile(Path file) {
        return String.valueOf(file.getFileName()).equals(NAME);
    }

    /**
     * Takes the lock; makes the folder where it is missing.
     *
     * @throws InputException where another process holds it, or this one already, and where the folder cannot be made
     */
    public static FolderLock of(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new InputException(
                        "another process" + holder(file) + " is writing into this folder",
                        folder.toString(),
                        "Wait until it has ended, or name another folder");
            }
            channel.truncate(0);
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new FolderLock(channel);
        } catch (FileSystemException e) {
            String why = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new InputException(
                    "the folder cannot be made or written to: " + why, folder.toString(), "Name another place", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + folder, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    /** Its number, where the file can be read: Windows lets nobody read a locked file. */
    private static String holder(Path file) {
        try {
            String pid = Files.readString(file);
            return pid.matches("[0-9]+") ? " (number " + pid + ")" : "";
        } catch (IOException locked) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock", e);
        }
    }
}
