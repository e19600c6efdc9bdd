package org.tunebench.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/** Files of one JSON value a line, read one line at a time. {@link JsonLinesWriter} writes them. */
public final class JsonLines {
    private JsonLines() {}

    /** Values as the text of such a file. */
    public static String text(Collection<?> values) {
        return values.stream().map(value -> Json.text(value, false) + "\n").collect(Collectors.joining());
    }

    /**
     * Streams a file's values; blank lines are passed over. The stream holds the file open: close it.
     *
     * @throws InputException from the stream, with file and line, where a line is not such a value
     */
    public static <T> Stream<T> read(Path file, Class<T> type) {
        BufferedReader reader;
        try {
            reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check the path and its permissions", e);
        }
        AtomicInteger line = new AtomicInteger();
        return Stream.iterate(next(reader, file, line), text -> text != null, text -> next(reader, file, line))
                .filter(text -> !text.isBlank())
                .map(text -> parse(text, type, file, line.get()))
                .onClose(() -> close(reader));
    }

    private static @Nullable String next(BufferedReader reader, Path file, AtomicInteger line) {
        try {
            line.incrementAndGet();
            return reader.readLine();
        } catch (IOException e) {
            throw new InputException(
                    "cannot be decoded as UTF-8", file + " line " + line.get(), "Write the file as UTF-8", e);
        }
    }

    private static <T> T parse(String text, Class<T> type, Path file, int line) {
        try {
            return Json.MAPPER.readValue(text, type);
        } catch (ValueInstantiationException e) {
            throw refused(e, file + " line " + line);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not a " + type.getSimpleName() + ": " + firstLine(e),
                    file + " line " + line,
                    "Correct the line, or take it out",
                    e);
        }
    }

    /** What the record's constructor said, at its place in the file. */
    private static InputException refused(ValueInstantiationException e, String where) {
        return e.getCause() instanceof InputException own
                ? new InputException(own.what(), where, own.mend(), e)
                : new InputException(
                        String.valueOf(
                                e.getCause() == null
                                        ? e.getOriginalMessage()
                                        : e.getCause().getMessage()),
                        where,
                        "Correct the line, or take it out",
                        e);
    }

    /** The problem in one line, without Jackson's trail of source locations. */
    static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("malformed JSON");
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
