package org.tunebench.train.data.filter;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.JsonLines;

/** Answers that {@link CachedRater} has written down, without the judge that gave them. */
public final class RecordedRater implements Rater {
    private final Path file;
    private final Set<String> judges = new LinkedHashSet<>();
    private final Map<String, String> answers = new HashMap<>();

    private RecordedRater(Path file) {
        this.file = file;
    }

    /** @throws InputException with file and line, where it is no such file */
    public static RecordedRater read(Path file) {
        RecordedRater rater = new RecordedRater(file);
        try (Stream<CachedRater.Line> lines = JsonLines.read(file, CachedRater.Line.class)) {
            lines.forEach(line -> {
                rater.judges.add(line.judge());
                rater.answers.put(line.key(), line.text());
            });
        }
        if (rater.answers.isEmpty()) {
            throw new InputException(
                    "the file holds no answers", file.toString(), "Give the file that --judge-cache has written");
        }
        return rater;
    }

    /** The judges', which it stands for. */
    @Override
    public String name() {
        return String.join(", ", judges);
    }

    /** @throws InputException where a question is not among them */
    @Override
    public List<Answer> ask(List<Question> questions) {
        return questions.stream().map(this::ask).toList();
    }

    private Answer ask(Question question) {
        for (String judge : judges) {
            String answer = answers.get(CachedRater.key(judge, question));
            if (answer != null) {
                return new Answer(answer, false);
            }
        }
        throw new InputException(
                "no rating is recorded", file.toString(), "Name a judge that can be asked: openai, or a model folder");
    }
}
