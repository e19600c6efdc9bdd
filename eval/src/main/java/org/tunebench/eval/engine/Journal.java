package org.tunebench.eval.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.JsonLinesWriter;

/**
 * What has been answered so far, in a file beside the results: one line an answer, in the operating system's hands before
 * the next question is asked, so that a killed process loses only what was in flight. The first line says what the answers
 * were made from; a run made from anything else does not get them. A question is known by the digest of all that decides its
 * answer ({@link Question}), and a question is what was put to a model in one call: what is asked again is asked in the same
 * company, and so a resumed run ends with the same bits. Safe for use by several threads.
 *
 * <pre>{@code
 * try (Journal journal = Journal.resume(file, madeFrom)) {
 *     Verdict v = journal.answer(new Question("judge").text(prompt), Verdict.class, () -> ask(prompt));
 * }
 * }</pre>
 */
public final class Journal implements AutoCloseable {
    private final @Nullable JsonLinesWriter writer;
    private final Map<String, JsonNode> known;
    private final double secondsBefore;
    private final long start = System.nanoTime();

    private Journal(@Nullable JsonLinesWriter writer, Map<String, JsonNode> known, double secondsBefore) {
        this.writer = writer;
        this.known = known;
        this.secondsBefore = secondsBefore;
    }

    /** The first line. */
    private record Header(Map<String, String> madeFrom) {}

    /** @param seconds from the start to this answer, those of earlier processes included */
    private record Line(String question, double seconds, JsonNode answer) {}

    /** One that keeps nothing and knows nothing. */
    public static Journal none() {
        return new Journal(null, Map.of(), 0);
    }

    /** Starts a file anew. */
    public static Journal create(Path file, Map<String, String> madeFrom) {
        JsonLinesWriter writer = JsonLinesWriter.create(file);
        writer.write(new Header(madeFrom));
        return new Journal(writer, Map.of(), 0);
    }

    /** Goes on with a file, or starts it. {@link #madeFrom(Path)} must be equal to {@code madeFrom}, or absent. */
    public static Journal resume(Path file, Map<String, String> madeFrom) {
        Optional<Map<String, String>> before = madeFrom(file);
        if (before.isEmpty()) {
            return create(file, madeFrom);
        }
        if (!before.get().equals(madeFrom)) {
            throw new IllegalArgumentException(file + " holds answers made from something else");
        }
        JsonLinesWriter writer = JsonLinesWriter.append(file); // cuts off a torn last line
        Map<String, JsonNode> known = new HashMap<>();
        double seconds = 0;
        try (Stream<Line> lines = JsonLines.read(file, Line.class)) {
            for (Line line : (Iterable<Line>) lines.skip(1)::iterator) {
                known.put(line.question(), line.answer());
                seconds = Math.max(seconds, line.seconds());
            }
        }
        return new Journal(writer, known, seconds);
    }

    /** What the answers in a file were made from; empty where there is no file, or one without a whole first line. */
    public static Optional<Map<String, String>> madeFrom(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        // Byte by byte: what follows the first line may be torn in the middle of a character.
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return Optional.ofNullable(reader.readLine())
                    .map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .flatMap(Journal::header)
                    .map(Header::madeFrom);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Optional<Header> header(String line) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(line, Header.class))
                    .filter(h -> h.madeFrom() != null);
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** The known answer, or the one that {@code ask} gives, which from then on is known. */
    public <T> T answer(Question question, TypeReference<T> type, Supplier<T> ask) {
        return answer(question, type, answer -> true, ask);
    }

    /** The same for an answer that is worth keeping only if it holds: another is asked for again next time. */
    public <T> T answer(Question question, TypeReference<T> type, Predicate<T> worthKeeping, Supplier<T> ask) {
        if (writer == null) {
            return ask.get();
        }
        String digest = question.digest();
        JsonNode before = known.get(digest);
        if (before != null) {
            return Json.MAPPER.convertValue(before, type);
        }
        T answer = ask.get();
        if (worthKeeping.test(answer)) {
            Line line = new Line(digest, seconds(), Json.MAPPER.valueToTree(answer));
            synchronized (writer) {
                writer.write(line);
            }
        }
        return answer;
    }

    /** Wall time spent up to now, that of earlier processes up to their last answer included. */
    public double seconds() {
        return secondsBefore + (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }

    /** How two makings differ, one line a difference: {@code limit was 10, is 20}. */
    public static List<String> differences(Map<String, String> before, Map<String, String> now) {
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .distinct()
                .sorted()
                .filter(key -> !Objects.equals(before.get(key), now.get(key)))
                .map(key -> key + " was " + shown(before.get(key)) + ", is " + shown(now.get(key)))
                .toList();
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "not there";
        }
        return value.matches("[0-9a-f]{64}") ? value.substring(0, 8) + "…" : value;
    }
}
