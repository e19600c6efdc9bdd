package org.tunebench.eval.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.OpenQuestion;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.engine.Response;
import org.tunebench.eval.judge.Exchange;
import org.tunebench.eval.judge.Judge;

/**
 * MT-Bench (Zheng et al. 2023, arXiv:2306.05685): questions of two turns (Vicuna-Bench: one), answered at a temperature of
 * their category and rated from 1 to 10 by a judge, as FastChat (0e6d3e4) does it. The data is a folder with question.jsonl
 * and reference_answer/*.jsonl (gpt-4.jsonl in the original). Reference answers are shown for math, reasoning and coding; a
 * judge that lives by references gets every one there is, else the question's own {@code reference}. The score is the mean
 * over all rated answers of both turns.
 */
record MtBench() implements Suite {
    static final int MAX_NEW_TOKENS = 1024;

    private static final Map<String, Double> TEMPERATURES = Map.of(
            "writing", 0.7,
            "roleplay", 0.7,
            "extraction", 0.0,
            "math", 0.0,
            "coding", 0.0,
            "reasoning", 0.0,
            "stem", 0.1,
            "humanities", 0.1);
    private static final double OTHER_TEMPERATURE = 0.7;
    private static final Set<String> NEED_REFERENCE = Set.of("math", "reasoning", "coding");

    @Override
    public String name() {
        return "mt_bench";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String description() {
        return "two-turn questions answered freely, rated 1 to 10 by a judge; score, turn1, turn2";
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        SuiteData data = new SuiteData(name());
        Path path = options.requireData(name());
        Path file = data.fileNamed(path, "question.jsonl");
        Path folder = file.resolveSibling("");
        List<JsonRow> rows = JsonRow.readLines(data, file);
        JsonRow.requireDistinct(rows, "question_id");
        Map<String, List<String>> references = references(data, folder);
        boolean all = options.judge() != null && options.judge().wantsAllReferences();
        List<JudgedQuestion> questions = new ArrayList<>();
        for (JsonRow row : rows) {
            questions.add(question(row, references, all));
        }
        return new Questions(
                questions.subList(0, options.taken(questions.size())),
                options.format(),
                options.seed(),
                options.judge(),
                data.sha256(folder));
    }

    private static JudgedQuestion question(JsonRow row, Map<String, List<String>> references, boolean all) {
        List<String> turns = row.texts("turns");
        if (turns.size() > 2) {
            throw new InputException(turns.size() + " turns, expected one or two", row.where(), "Take the others out");
        }
        String id = row.scalar("question_id");
        String category = row.filledText("category");
        boolean needed = NEED_REFERENCE.contains(category);
        List<String> known = references.getOrDefault(id, List.of());
        if (known.isEmpty() && all && row.has("reference")) {
            known = row.texts("reference");
        }
        if (!known.isEmpty() && known.size() < turns.size() || known.isEmpty() && needed && !all) {
            throw new InputException(
                    "question " + id + " (" + category + ") has " + known.size() + " reference answers, expected "
                            + turns.size(),
                    row.where(),
                    "Add them to a file in reference_answer/ beside the questions");
        }
        return new JudgedQuestion(id, category, turns, needed || all ? known : List.of(), true);
    }

    /** Question id → reference answers by turn, from gpt-4.jsonl, or from the folder's only file. */
    private static Map<String, List<String>> references(SuiteData data, Path folder) {
        Path answers = folder.resolve("reference_answer");
        if (!Files.isDirectory(answers)) {
            return Map.of();
        }
        Path original = answers.resolve("gpt-4.jsonl");
        Path file = Files.exists(original) ? original : data.onlyFile(answers, ".jsonl");
        List<JsonRow> rows = JsonRow.readLines(data, file);
        JsonRow.requireDistinct(rows, "question_id");
        Map<String, List<String>> references = new HashMap<>();
        for (JsonRow row : rows) {
            if (!row.require("choices").path(0).isObject()) {
                throw new InputException(
                        "field 'choices' holds no answer", row.where(), "Write [{\"index\": 0, \"turns\": [...]}]");
            }
            JsonRow choice = JsonRow.of(row.require("choices").get(0), row.where());
            references.put(row.scalar("question_id"), choice.texts("turns"));
        }
        return references;
    }

    private static double temperature(@Nullable String category) {
        return category == null ? OTHER_TEMPERATURE : TEMPERATURES.getOrDefault(category, OTHER_TEMPERATURE);
    }

    private record Questions(
            List<JudgedQuestion> questions,
            PromptFormat format,
            long seed,
            @Nullable Judge judge,
            String dataSha256) implements LoadedSuite {
        @Override
        public int size() {
            return questions.size();
        }

        @Override
        public List<String> texts() {
            return questions.stream()
                    .flatMap(question -> Stream.concat(question.turns().stream(), question.references().stream()))
                    .toList();
        }

        @Override
        public Map<String, Integer> openItems() {
            Map<String, Integer> items = new LinkedHashMap<>();
            questions.forEach(
                    question -> items.put(question.id(), question.turns().size()));
            return items;
        }

        @Override
        public List<JudgedQuestion> judgedQuestions() {
            return questions;
        }

        @Override
        public Outcome run(Engine engine) {
            Map<Double, List<JudgedQuestion>> byTemperature = new TreeMap<>();
            for (JudgedQuestion question : questions) {
                byTemperature
                        .computeIfAbsent(temperature(question.group()), t -> new ArrayList<>())
                        .add(question);
            }
            Map<String, List<Response>> responses = new HashMap<>();
            byTemperature.forEach((temperature, group) -> responses.putAll(answer(
                    engine, group, new Answering(format, MAX_NEW_TOKENS, Sampling.at(temperature, seed), List.of()))));
            List<Judging.Answer> answers = new ArrayList<>();
            for (JudgedQuestion question : questions) {
                answers.addAll(answers(question, responses.getOrDefault(question.id(), List.of())));
            }
            List<SampleRecord> samples = Judging.samples(answers, judge, engine);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("data_sha256", dataSha256);
            details.put("max_new_tokens", MAX_NEW_TOKENS);
            details.putAll(Judging.details(samples, judge));
            return new Outcome(
                    samples,
                    format.chat(),
                    Judging.metrics(answers, samples, true),
                    Judging.groups(answers, samples, true),
                    details);
        }

        private static Map<String, List<Response>> answer(
                Engine engine, List<JudgedQuestion> questions, Answering how) {
            Map<String, List<Response>> responses = new HashMap<>();
            for (int turn = 1; turn <= 2; turn++) {
                int turns = turn;
                List<JudgedQuestion> asked = questions.stream()
                        .filter(q -> q.turns().size() >= turns)
                        .toList();
                List<OpenQuestion> open = asked.stream()
                        .map(q -> OpenQuestion.of(q.id(), messages(q, texts(responses.get(q.id())))))
                        .toList();
                List<List<Response>> given = engine.answer(open, how);
                for (int i = 0; i < asked.size(); i++) {
                    responses
                            .computeIfAbsent(asked.get(i).id(), id -> new ArrayList<>())
                            .add(given.get(i).get(0));
                }
            }
            return responses;
        }

        /** The turns so far and the next question. */
        private static List<Message> messages(JudgedQuestion question, List<String> answers) {
            List<Message> messages = new ArrayList<>();
            for (int turn = 0; turn < answers.size(); turn++) {
                messages.add(Message.user(question.turns().get(turn)));
                messages.add(Message.assistant(answers.get(turn)));
            }
            messages.add(Message.user(question.turns().get(answers.size())));
            return messages;
        }

        private static List<Judging.Answer> answers(JudgedQuestion question, List<Response> responses) {
            List<Judging.Answer> answers = new ArrayList<>();
            for (int turn = 1; turn <= responses.size(); turn++) {
                String id = question.sampleId(turn);
                Exchange exchange = new Exchange(
                        id,
                        question.turns().subList(0, turn),
                        texts(responses.subList(0, turn)),
                        question.references());
                answers.add(
                        new Judging.Answer(question.id(), turn, question.group(), exchange, responses.get(turn - 1)));
            }
            return answers;
        }

        private static List<String> texts(@Nullable List<Response> responses) {
            return responses == null
                    ? List.of()
                    : responses.stream().map(Response::text).toList();
        }
    }
}
