package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the code of a run.
 *
 * @param device {@code cpu}, or {@code cuda} with the card's name
 * @param runner what took the optimizer steps; absent where nothing is trained, and in older records
 * @param libraries name → version, of what the numbers depend on
 * @param gitCommit of Tunebench's own checkout, 40 hex digits, with {@code -dirty} behind it where files were changed;
 *     absent where it does not run from a checkout
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEnvironment(
        String device,
        @Nullable String runner,
        Map<String, String> libraries,
        @Nullable String gitCommit) {
    private static final String VERSIONS = "libraries.properties";

    public RunEnvironment {
        libraries = libraries == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(libraries));
    }

    /** This process on a device, where nothing is trained. */
    public static RunEnvironment current(String device) {
        return current(device, null);
    }

    /** This process on a device, training. */
    public static RunEnvironment current(String device, @Nullable String runner) {
        return new RunEnvironment(device, runner, libraryVersions(), commit());
    }

    private static Map<String, String> libraryVersions() {
        Properties properties = new Properties();
        try (InputStream in = RunEnvironment.class.getResourceAsStream(VERSIONS)) {
            if (in == null) {
                throw new IllegalStateException(VERSIONS + " is missing from the jar");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> versions = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> versions.put(name, properties.getProperty(name)));
        versions.put("java", System.getProperty("java.runtime.version", "unknown"));
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }

    /** Asks git for the commit of the folder that this class was loaded from. */
    private static @Nullable String commit() {
        try {
            Path code = Path.of(RunEnvironment.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = Files.isDirectory(code) ? code : code.resolveSibling("");
            if (!folder.toString().contains("target")) {
                return null; // an installed jar: a checkout around it would not be Tunebench's
            }
            Process git = new ProcessBuilder(
                            "git",
                            "-C",
                            folder.toString(),
                            "describe",
                            "--always",
                            "--dirty",
                            "--abbrev=40",
                            "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 && !answer.isEmpty() ? answer : null;
        } catch (IOException | URISyntaxException noGit) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
