package org.tunebench.eval.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Sha256;

/**
 * The files of one suite: read strictly as UTF-8 (a byte-order mark is accepted), remembered for their digest, named in
 * messages with their line.
 */
final class SuiteData {
    private final String owner;
    private final List<Path> files = new ArrayList<>();

    SuiteData(String suite) {
        this("suite", suite);
    }

    /** Files of something else, as messages name it. */
    SuiteData(String kind, String name) {
        this.owner = (kind + " " + name).strip();
    }

    /** {@code suite mmlu, anatomy_test.csv}. */
    String where(Path file) {
        return owner + ", " + file.getFileName();
    }

    /** {@code suite mmlu, anatomy_test.csv line 17}. */
    String where(Path file, long line) {
        return where(file) + " line " + line;
    }

    /** Of the one file that was read, or of all of them together, named from the given folder. */
    String sha256(Path folder) {
        return files.size() == 1 ? Sha256.of(files.get(0)) : Sha256.ofFiles(folder, files);
    }

    /** The file itself, or in a folder the one of this name. */
    Path fileNamed(Path path, String name) {
        return Files.isDirectory(path) ? path.resolve(name) : path;
    }

    /** The file itself, or in a folder the only one that ends in one of these. */
    Path onlyFile(Path path, String... suffixes) {
        if (!Files.isDirectory(path)) {
            return path;
        }
        List<Path> found = new ArrayList<>();
        for (String suffix : suffixes) {
            found.addAll(filesEnding(path, suffix));
        }
        if (found.size() != 1) {
            throw new InputException(
                    found.size() + " files *" + String.join(" and *", suffixes) + " in the folder, expected 1",
                    owner + ", " + path,
                    "Name the file itself");
        }
        return found.get(0);
    }

    /** The files of a folder that end so, by name. */
    List<Path> filesEnding(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("no such folder", owner + ", " + folder, "Name the suite's own folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** The text of a file that holds something. */
    String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException("no such file", owner + ", " + file, "Name the suite's own file");
        }
        byte[] bytes;
        try {
            bytes = bytes(file);
        } catch (IOException e) {
            throw new InputException(
                    "the file cannot be read (" + e.getMessage() + ")", where(file), "Check it and its permissions", e);
        }
        files.add(file);
        String text = decode(file, bytes);
        if (text.isBlank()) {
            throw new InputException("the file is empty", where(file), "Fetch it again");
        }
        return text;
    }

    /** A file's bytes; a {@code .gz} file's unpacked. */
    private static byte[] bytes(Path file) throws IOException {
        if (!file.getFileName().toString().endsWith(".gz")) {
            return Files.readAllBytes(file);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private String decode(Path file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            long line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                throw new InputException(
                        String.format("byte 0x%02X is not UTF-8", bytes[in.position()]),
                        where(file, line),
                        "Save the file as UTF-8",
                        e);
            }
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
