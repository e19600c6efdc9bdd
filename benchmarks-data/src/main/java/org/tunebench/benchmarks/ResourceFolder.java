package org.tunebench.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The resources of a package as a folder of real files; a model's weights can only be mapped from such. */
final class ResourceFolder {
    private ResourceFolder() {}

    /** The folder of the class's package, copied out of the jar where it is in one. */
    static Path find(Class<?> anchor) {
        URL marker = Objects.requireNonNull(
                anchor.getResource("quickstart.yaml"), "the embedded data is missing from the class path");
        try {
            URI uri = marker.toURI();
            if (uri.getScheme().equals("file")) {
                return Objects.requireNonNull(Path.of(uri).getParent());
            }
            return copied(uri, cache());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot read the embedded data at " + marker, e);
        }
    }

    /** {@code $XDG_CACHE_HOME/tunebench}, else {@code ~/.cache/tunebench}. */
    private static Path cache() {
        String home = System.getenv("XDG_CACHE_HOME");
        Path base = home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return base.resolve("tunebench");
    }

    /**
     * Copies the package folder of a resource in a jar to a folder named for its content; the folder appears whole or not at
     * all, so that several programs may do this at once.
     */
    static Path copied(URI resource, Path cache) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(jarOf(resource))) {
            String inside = resource.toString();
            Path source = Objects.requireNonNull(
                    jar.getPath(inside.substring(inside.indexOf('!') + 1)).getParent());
            List<Path> files = filesIn(source);
            Path target = cache.resolve("embedded-" + digest(source, files));
            if (Files.isDirectory(target)) {
                return target;
            }
            Files.createDirectories(cache);
            Path temporary = Files.createTempDirectory(cache, ".embedded");
            for (Path file : files) {
                Path copy = temporary.resolve(source.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                delete(temporary);
            }
            return target;
        }
    }

    private static Path jarOf(URI resource) {
        String text = resource.getRawSchemeSpecificPart();
        return Path.of(URI.create(text.substring(0, text.indexOf('!'))));
    }

    private static List<Path> filesIn(Path source) throws IOException {
        try (Stream<Path> walk = Files.walk(source)) {
            return walk.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    private static String digest(Path source, List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                digest.update(source.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
