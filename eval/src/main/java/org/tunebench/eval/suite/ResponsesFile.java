package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.eval.engine.OpenQuestion;
import org.tunebench.eval.engine.RecordedAnswers;
import org.tunebench.eval.engine.Response;

/**
 * Answers made elsewhere: one JSON object a line, {@code {"id": …, "response": …}}, several lines an id for pass@k. Also
 * read as they are: human-eval's samples ({@code task_id}, {@code completion}), FastChat's answers ({@code question_id},
 * {@code choices[0].turns}), IFEval's ({@code key}). The answers to a conversation are a list, one a turn.
 */
public final class ResponsesFile implements RecordedAnswers {
    private static final List<String> IDS = List.of("id", "task_id", "question_id", "key");
    private static final List<String> ANSWERS = List.of("response", "completion", "responses", "turns", "choices");

    private final String name;
    private final Path path;
    private final Map<String, List<Answer>> answers = new LinkedHashMap<>();

    /** One line: the answers to the turns of one item. */
    private record Answer(List<String> turns, String where) {}

    private ResponsesFile(Path path) {
        this.path = path;
        String file = path.getFileName().toString();
        this.name = file.replaceFirst("\\.jsonl(\\.gz)?$", "");
    }

    /** @throws InputException with file and line, where a line is no answer */
    public static ResponsesFile read(Path path) {
        ResponsesFile file = new ResponsesFile(path);
        for (JsonRow row : JsonRow.readLines(new SuiteData("responses", ""), path)) {
            String id = row.scalar(known(row, IDS));
            file.answers
                    .computeIfAbsent(id, i -> new ArrayList<>())
                    .add(new Answer(turns(row, known(row, ANSWERS)), row.where()));
        }
        return file;
    }

    private static String known(JsonRow row, List<String> names) {
        return names.stream().filter(row::has).findFirst().orElse(names.get(0));
    }

    private static List<String> turns(JsonRow row, String field) {
        JsonNode value = row.require(field);
        if (field.equals("choices")) {
            JsonRow choice = JsonRow.of(value.path(0), row.where());
            return turns(choice, "turns");
        }
        if (value.isTextual()) {
            return List.of(row.text(field));
        }
        List<String> turns = new ArrayList<>();
        for (JsonNode turn : value) {
            if (turn.isTextual()) {
                turns.add(turn.textValue());
            }
        }
        if (!value.isArray() || turns.isEmpty() || turns.size() != value.size()) {
            throw new InputException(
                    "field '" + field + "' is neither a text nor a list of texts",
                    row.where(),
                    "Write the answer as a text, or those to a conversation as a list of texts");
        }
        return turns;
    }

    public Path path() {
        return path;
    }

    public String sha256() {
        return Sha256.of(path);
    }

    /** Lines in it. */
    public long size() {
        return answers.values().stream().mapToLong(List::size).sum();
    }

    /** Refuses what does not fit a suite: unknown ids, ids without an answer, several answers where one is wanted. */
    void requireFor(Suite suite, LoadedSuite loaded) {
        Map<String, Integer> items = loaded.openItems();
        if (items.isEmpty()) {
            throw new InputException(
                    "suite " + suite.name() + " is scored by log-likelihoods, which responses do not have",
                    path.toString(),
                    "Score a model with --model");
        }
        answers.forEach((id, given) -> {
            Answer first = given.get(0);
            if (!items.containsKey(id)) {
                throw new InputException(
                        "id '" + id + "' is none of suite " + suite.name() + "'s " + items.size() + " items",
                        first.where(),
                        "Use the ids of the suite's data, such as '"
                                + items.keySet().iterator().next() + "'");
            }
            if (given.size() > 1 && !loaded.takesSeveralAnswers()) {
                throw new InputException(
                        "id '" + id + "' is answered a second time (first in " + first.where() + ")",
                        given.get(1).where(),
                        "Give one answer an item");
            }
            for (Answer answer : given) {
                if (answer.turns().size() != items.get(id)) {
                    throw new InputException(
                            "id '" + id + "' has " + answer.turns().size() + " answers, its turns are " + items.get(id),
                            answer.where(),
                            "Give one answer a turn");
                }
            }
        });
        List<String> missing =
                items.keySet().stream().filter(id -> !answers.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            throw new InputException(
                    missing.size() + " of suite " + suite.name() + "'s " + items.size()
                            + " items have no answer, the first is '" + missing.get(0) + "'",
                    path.toString(),
                    "Add a line for each, with an empty response where there is none, or take fewer items with --limit");
        }
    }

    @Override
    public List<List<Response>> answers(List<OpenQuestion> questions) {
        return questions.stream().map(this::answers).toList();
    }

    private List<Response> answers(OpenQuestion question) {
        return Stream.ofNullable(answers.get(question.id()))
                .flatMap(List::stream)
                .map(answer -> new Response(answer.turns().get(question.turn() - 1), 0, true, false))
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Tokenizer tokenizer() {
        return new NoTokenizer(path.toString());
    }

    @Override
    public @Nullable ChatTemplate chatTemplate() {
        return null;
    }

    @Override
    public int contextLength() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<ContinuationScore> score(List<ScoreRequest> requests) {
        throw new UnsupportedOperationException(path + " scores nothing");
    }

    @Override
    public List<Generation> generate(List<int[]> prompts, GenerationOptions options) {
        throw new UnsupportedOperationException(path + " generates nothing");
    }

    @Override
    public void close() {}
}
