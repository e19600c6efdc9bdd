package org.tunebench.eval.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SampleRecord.SampledResponse;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.OpenQuestion;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.engine.Response;
import org.tunebench.eval.sandbox.Limits;
import org.tunebench.eval.sandbox.Program;
import org.tunebench.eval.sandbox.Sandbox;
import org.tunebench.eval.sandbox.Verdict;

/**
 * HumanEval (Chen et al. 2021, arXiv:2107.03374) from its own HumanEval.jsonl, packed or not, by the rules of
 * openai/human-eval (6d43fb9): the model continues the prompt, the program is run against its check in the
 * {@link Sandbox}, pass@k is estimated from all samples of a task. Through a chat template the question is put as
 * lm-evaluation-harness's {@code humaneval_instruct} (0.4.13) does it.
 */
record HumanEval() implements Suite {
    private static final int MAX_NEW_TOKENS = 1024;
    private static final List<String> STOPS = List.of("\nclass", "\ndef", "\n#", "\nif", "\nprint");
    private static final String FENCE = "```";

    @Override
    public String name() {
        return "humaneval";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String description() {
        return "164 Python functions completed, then run in a sandbox; pass@k";
    }

    @Override
    public String format() {
        return "HumanEval.jsonl or HumanEval.jsonl.gz of openai/human-eval";
    }

    @Override
    public boolean runsPrograms() {
        return true;
    }

    private record Task(String id, String prompt, String test, String entryPoint) {
        OpenQuestion question() {
            return new OpenQuestion(id, 1, this::prompt);
        }

        private String prompt(Dialogue dialogue) {
            if (!dialogue.chat()) {
                return prompt;
            }
            String asked = "Write a solution to the following problem and make sure that it passes the tests:\n" + FENCE
                    + "python\n" + prompt + "\n" + FENCE + "\n";
            return dialogue.prompt(List.of(Message.user(asked))) + "Here is the completed function:\n" + FENCE
                    + "python\n" + prompt + "\n";
        }
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        SuiteData data = new SuiteData(name());
        Path path = options.requireData(name());
        List<JsonRow> rows = JsonRow.readLines(data, data.onlyFile(path, ".jsonl", ".jsonl.gz"));
        JsonRow.requireDistinct(rows, "task_id");
        List<Task> tasks = new ArrayList<>();
        for (JsonRow row : rows) {
            tasks.add(task(row));
        }
        ProgramOptions programs = options.programs();
        Limits limits = Limits.of(Duration.ofMillis(Math.round(programs.seconds() * 1000)));
        return new Tasks(
                tasks.subList(0, options.taken(tasks.size())),
                options.format(),
                options.seed(),
                programs,
                programs.unsafeExec() ? Sandbox.unsafe(limits) : Sandbox.isolated(limits),
                data.sha256(path));
    }

    private static Task task(JsonRow row) {
        String entryPoint = row.filledText("entry_point");
        String test = row.filledText("test");
        if (!test.contains("def check(")) {
            throw new InputException(
                    "field 'test' defines no function check", row.where(), "Give HumanEval's own tests");
        }
        return new Task(row.scalar("task_id"), row.filledText("prompt"), test, entryPoint);
    }

    private record Tasks(
            List<Task> tasks,
            PromptFormat format,
            long seed,
            ProgramOptions programs,
            Sandbox sandbox,
            String dataSha256)
            implements LoadedSuite {
        @Override
        public int size() {
            return tasks.size();
        }

        @Override
        public List<String> texts() {
            return tasks.stream().map(Task::prompt).toList();
        }

        @Override
        public Map<String, Integer> openItems() {
            Map<String, Integer> items = new LinkedHashMap<>();
            tasks.forEach(task -> items.put(task.id(), 1));
            return items;
        }

        @Override
        public boolean takesSeveralAnswers() {
            return true;
        }

        @Override
        public Outcome run(Engine engine) {
            Sampling sampling = new Sampling(programs.temperature(), 0, programs.topP(), 1, seed);
            List<List<Response>> answers = engine.answer(
                    tasks.stream().map(Task::question).toList(),
                    new Answering(format, MAX_NEW_TOKENS, sampling, STOPS, programs.samples()));
            List<List<Verdict>> verdicts = verdicts(answers);
            int fewest = answers.stream().mapToInt(List::size).min().orElseThrow();
            List<Integer> ks = programs.estimated(fewest);
            List<SampleRecord> samples = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                samples.add(sample(tasks.get(i), answers.get(i), verdicts.get(i), ks));
            }
            return new Outcome(samples, format.chat(), Summary.means(samples), Map.of(), details(samples, fewest));
        }

        /** Every program's, several at a time. */
        private List<List<Verdict>> verdicts(List<List<Response>> answers) {
            ExecutorService workers = Executors.newFixedThreadPool(
                    Math.max(1, Runtime.getRuntime().availableProcessors()));
            try {
                List<List<Future<Verdict>>> running = new ArrayList<>();
                for (int i = 0; i < tasks.size(); i++) {
                    Task task = tasks.get(i);
                    running.add(answers.get(i).stream()
                            .map(answer -> workers.submit(() -> sandbox.check(program(task, answer))))
                            .toList());
                }
                List<List<Verdict>> verdicts = new ArrayList<>();
                for (List<Future<Verdict>> each : running) {
                    List<Verdict> own = new ArrayList<>();
                    for (Future<Verdict> verdict : each) {
                        own.add(verdict.get());
                    }
                    verdicts.add(own);
                }
                return verdicts;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a program could not be run: " + e.getMessage(), e);
            } finally {
                workers.shutdownNow();
            }
        }

        private Program program(Task task, Response answer) {
            return new Program(task.prompt(), completion(answer), task.test(), task.entryPoint());
        }

        /** Up to the end of the code block that a chat answer continues. */
        private String completion(Response answer) {
            int end = format.chat() ? answer.text().indexOf(FENCE) : -1;
            return end < 0 ? answer.text() : answer.text().substring(0, end);
        }

        private static SampleRecord sample(
                Task task, List<Response> answers, List<Verdict> verdicts, List<Integer> ks) {
            int passed = (int) verdicts.stream().filter(Verdict::passed).count();
            Map<String, Double> scores = new LinkedHashMap<>();
            ks.forEach(k -> scores.put("pass@" + k, PassAtK.estimate(answers.size(), passed, k)));
            List<SampledResponse> responses = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Verdict verdict = verdicts.get(i);
                responses.add(new SampledResponse(
                        answers.get(i).text(),
                        verdict.outcome().id(),
                        verdict.message().isEmpty() ? null : verdict.message()));
            }
            return new SampleRecord(
                    task.id(),
                    null,
                    task.prompt(),
                    null,
                    null,
                    null,
                    answers.get(0).text(),
                    responses,
                    passed,
                    null,
                    scores,
                    flags(answers, verdicts),
                    null);
        }

        private static @Nullable List<String> flags(List<Response> answers, List<Verdict> verdicts) {
            List<String> flags = new ArrayList<>();
            if (answers.stream().anyMatch(Response::promptCut)) {
                flags.add("truncated");
            }
            if (answers.stream().anyMatch(answer -> !answer.stopped())) {
                flags.add("length_limit");
            }
            verdicts.stream()
                    .map(Verdict::outcome)
                    .filter(outcome -> outcome != Verdict.Outcome.PASSED && outcome != Verdict.Outcome.FAILED)
                    .map(Verdict.Outcome::id)
                    .distinct()
                    .forEach(flags::add);
            return flags.isEmpty() ? null : flags;
        }

        private Map<String, Object> details(List<SampleRecord> samples, int fewestSamples) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("data_sha256", dataSha256);
            details.put("max_new_tokens", MAX_NEW_TOKENS);
            details.put("samples_per_task", fewestSamples);
            details.put("temperature", programs.temperature());
            details.put("top_p", programs.topP());
            details.put("time_limit_seconds", programs.seconds());
            Map<String, Integer> verdicts = new TreeMap<>();
            for (SampleRecord sample : samples) {
                if (sample.responses() != null) {
                    sample.responses().forEach(response -> verdicts.merge(response.verdict(), 1, Integer::sum));
                }
            }
            details.put("verdicts", verdicts);
            if (!sandbox.isIsolated()) {
                details.put("unsafe_exec", true);
            }
            details.put("length_limit", MultipleChoice.flagged(samples, "length_limit"));
            return details;
        }
    }
}
