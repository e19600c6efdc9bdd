package org.tunebench.core.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 digests, where nothing else is said as 64 lower-case hex digits. Files are streamed. */
public final class Sha256 {
    private Sha256() {}

    /** Of a text's UTF-8 bytes. */
    public static String ofText(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of an inline script or style, as a content security policy names it: {@code 'sha256-…'} with base64. */
    public static String policySource(String text) {
        byte[] hash = digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    /** Of a file's bytes, or of {@link #ofFiles} for every file below a folder. */
    public static String of(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return ofFile(fileOrFolder);
        }
        try (Stream<Path> files = Files.walk(fileOrFolder)) {
            return ofFiles(fileOrFolder, files.filter(Files::isRegularFile).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Of several files: the digest of the lines {@code <sha256>  <path>\n}, paths relative to the folder, with slashes,
     * sorted. It is what {@code sha256sum $(sorted paths) | sha256sum} prints.
     */
    public static String ofFiles(Path folder, Collection<Path> files) {
        List<String> paths = files.stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .sorted()
                .toList();
        StringBuilder lines = new StringBuilder();
        for (String path : paths) {
            lines.append(ofFile(folder.resolve(path))).append("  ").append(path).append('\n');
        }
        return ofText(lines.toString());
    }

    private static String ofFile(Path file) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
