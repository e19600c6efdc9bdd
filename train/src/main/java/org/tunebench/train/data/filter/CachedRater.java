package org.tunebench.train.data.filter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.Sha256;

/**
 * Asks each question once: answers are written to a file, one JSON object a line, before they are used, and a later run finds
 * them there. A failure is not kept. Several may ask at once; they are answered in turn.
 */
public final class CachedRater implements Rater {
    private static final int FAILURES = 5;

    private final Rater rater;
    private final Map<String, String> answers = new HashMap<>();
    private final @Nullable JsonLinesWriter writer;
    private int failedInARow;

    /** @param file where answers are kept; null keeps them in memory only */
    public CachedRater(Rater rater, @Nullable Path file) {
        this.rater = rater;
        if (file != null && Files.exists(file)) {
            try (Stream<Line> lines = JsonLines.read(file, Line.class)) {
                lines.forEach(line -> answers.put(line.key(), line.text()));
            }
        }
        writer = file == null ? null : JsonLinesWriter.append(file);
    }

    @Override
    public String name() {
        return rater.name();
    }

    /** @throws IllegalStateException where the rater has failed five times in a row; the answers so far are kept */
    @Override
    public List<Answer> ask(List<Question> questions) {
        return questions.stream().map(this::ask).toList();
    }

    private synchronized Answer ask(Question question) {
        String key = key(rater.name(), question);
        String known = answers.get(key);
        if (known != null) {
            return new Answer(known, false);
        }
        Answer answer = rater.ask(List.of(question)).get(0);
        if (answer.failed()) {
            if (++failedInARow == FAILURES) {
                throw new IllegalStateException(
                        "judge " + rater.name() + " failed " + FAILURES + " times in a row: " + answer.text());
            }
            return answer;
        }
        failedInARow = 0;
        answers.put(key, answer.text());
        if (writer != null) {
            writer.write(new Line(key, rater.name(), answer.text()));
        }
        return answer;
    }

    /** What an answer is known by. */
    static String key(String judge, Question question) {
        return Sha256.ofText(judge + "\n" + question.system() + "\n" + question.user());
    }

    @Override
    public void close() {
        try (rater) {
            if (writer != null) {
                writer.close();
            }
        }
    }

    /** @param key SHA-256 of the judge's name and the question */
    record Line(String key, String judge, String text) {
        Line {
            if (key == null || judge == null || text == null) {
                throw new IllegalArgumentException("key, judge and text must be there");
            }
        }
    }
}
