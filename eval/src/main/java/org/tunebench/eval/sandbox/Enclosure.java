package org.tunebench.eval.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;

/**
 * The command that runs one of our Python scripts: inside bubblewrap, or, unsafely, as it is.
 *
 * <p>Inside, there are no network, no processes but the sandbox's own, no {@code /proc}, no environment, {@code /usr}
 * read-only, four devices without memory, and an empty folder {@code /tmp} of limited size, the only one that can be
 * written to. The process is nobody without capabilities in a user namespace that allows no further one; where we are root
 * it is nobody outside too, since the kernel exempts root from its limit on processes.
 */
final class Enclosure {
    private static final String NOBODY = "65534";
    private static final List<String> LIBRARIES = List.of("bin", "lib", "lib32", "lib64");

    private final List<String> before;

    private Enclosure(List<String> before) {
        this.before = before;
    }

    /**
     * @param path folders of programs, as PATH has them
     * @throws InputException where bubblewrap or Python is not installed
     */
    static Enclosure bubblewrap(Limits limits, String path) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of(
                    require("setpriv", "util-linux", path),
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "--inh-caps=-all"));
        }
        command.addAll(
                List.of(require("bwrap", "bubblewrap", path), "--unshare-all", "--unshare-user", "--disable-userns"));
        command.addAll(List.of("--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL"));
        command.addAll(List.of("--new-session", "--die-with-parent", "--hostname", "sandbox"));
        command.addAll(List.of("--ro-bind", "/usr", "/usr"));
        for (String folder : LIBRARIES) {
            command.addAll(folderOfLibraries(Path.of("/" + folder)));
        }
        command.addAll(List.of("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"));
        for (String device : List.of("null", "zero", "random", "urandom")) {
            command.addAll(List.of("--dev-bind", "/dev/" + device, "/dev/" + device));
        }
        command.addAll(List.of("--size", String.valueOf(limits.folderBytes()), "--tmpfs", "/tmp"));
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/tmp", "--clearenv"));
        command.addAll(List.of("--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LANG", "C.UTF-8"));
        command.addAll(List.of("--setenv", "PYTHONHASHSEED", "0", "--", python()));
        return new Enclosure(List.copyOf(command));
    }

    /** Nothing around the process but its own resource limits. */
    static Enclosure none(String path) {
        return new Enclosure(List.of(
                require("env", "coreutils", path),
                "-i",
                "PATH=/usr/bin:/bin",
                "LANG=C.UTF-8",
                "PYTHONHASHSEED=0",
                python()));
    }

    /** Standard library only, nothing written beside modules. */
    List<String> command(String script) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("-S", "-s", "-B", "-c", script));
        return command;
    }

    /** A script as it runs: limits and values first. */
    static String script(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : List.of("limits.py", "values.py", name)) {
            try (InputStream in = Enclosure.class.getResourceAsStream(part)) {
                if (in == null) {
                    throw new IllegalStateException("no resource " + part);
                }
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append("\n\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }

    /** As the host has it: a link into /usr, a folder of its own, or nothing. */
    private static List<String> folderOfLibraries(Path folder) {
        try {
            if (Files.isSymbolicLink(folder)) {
                return List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.isDirectory(folder) ? List.of("--ro-bind", folder.toString(), folder.toString()) : List.of();
    }

    /** One in /usr: others, such as version managers' in a home folder, are not there inside. */
    private static String python() {
        return Stream.of("/usr/bin/python3", "/usr/local/bin/python3")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> missing("python3 in /usr", "python3"));
    }

    private static String require(String program, String debianPackage, String path) {
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> missing(program, debianPackage))
                .toString();
    }

    private static InputException missing(String what, String debianPackage) {
        return new InputException(
                "generated programs are not run without isolation, and there is no " + what,
                "sandbox",
                "Install it (Debian, Ubuntu: apt install " + debianPackage
                        + "), or run them unprotected with --unsafe-exec");
    }
}
