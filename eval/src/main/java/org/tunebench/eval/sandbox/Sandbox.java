package org.tunebench.eval.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;

/**
 * Runs programs that nobody has read, each against its check, and outlives them. A program passes where its check ran to
 * the end in a process of its own that the program never touched; what the program is, says or does to itself counts for
 * nothing else.
 */
public final class Sandbox {
    private final Enclosure enclosure;
    private final Limits limits;
    private final boolean isolated;

    private Sandbox(Enclosure enclosure, Limits limits, boolean isolated) {
        this.enclosure = enclosure;
        this.limits = limits;
        this.isolated = isolated;
    }

    /**
     * With the kernel's isolation, through bubblewrap.
     *
     * @throws InputException where this machine has none, saying what to install
     */
    public static Sandbox isolated(Limits limits) {
        Sandbox sandbox = new Sandbox(Enclosure.bubblewrap(limits, path()), limits, true);
        try (Session session = sandbox.session(Path.of("/"))) {
            String trouble = session.start();
            if (trouble != null) {
                throw new InputException(
                        "generated programs are not run without isolation, and " + trouble,
                        "sandbox",
                        "Allow bubblewrap (0.8 or newer) to make user namespaces here, or run the programs unprotected"
                                + " with --unsafe-exec");
            }
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException("bubblewrap cannot be started", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Without isolation: programs can do whatever this user can. Only resource limits and the time limit hold them. */
    public static Sandbox unsafe(Limits limits) {
        return new Sandbox(Enclosure.none(path()), limits, false);
    }

    private static String path() {
        return Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
    }

    /** Whether the kernel keeps programs in. */
    public boolean isIsolated() {
        return isolated;
    }

    public Limits limits() {
        return limits;
    }

    /** Runs a program against its check, for at most the time limit and what it takes to start two processes. */
    public Verdict check(Program program) {
        try {
            return isolated ? check(program, Path.of("/")) : checkInFolder(program);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot be started", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Verdict check(Program program, Path folder) throws IOException, InterruptedException {
        try (Session session = session(folder)) {
            String trouble = session.start();
            if (trouble != null) {
                throw new IllegalStateException("the sandbox has stopped working: " + trouble);
            }
            return session.run(program);
        }
    }

    private Verdict checkInFolder(Program program) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tunebench");
        try {
            return check(program, folder);
        } finally {
            delete(folder);
        }
    }

    private Session session(Path folder) throws IOException {
        return new Session(enclosure, limits, isolated, folder);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
