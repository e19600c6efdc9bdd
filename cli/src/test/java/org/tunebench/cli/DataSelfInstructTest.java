package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Json;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.eval.engine.Journal;
import org.tunebench.train.selfinstruct.Completion;
import org.tunebench.train.selfinstruct.CompletionRequest;
import org.tunebench.train.selfinstruct.Decoding;

/**
 * {@code data self-instruct} as people call it: with an endpoint in this process, killed and gone on with, and with a
 * checkpoint. {@code -Dtunebench.kill.seed} repeats the moments as far as two processes can.
 */
@Timeout(300)
class DataSelfInstructTest {
    private static final String SEED =
            "{\"id\": \"s%1$d\", \"instruction\": \"Say seed%1$d\", \"instances\": [{\"input\": \"\", \"output\": \"o%1$d\"}]}";
    private static final List<String> FILES = List.of("tasks.jsonl", "lineage.jsonl", "summary.json");

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void writeSeeds() throws IOException {
        write("seeds.jsonl", seeds(9));
        write("few.jsonl", seeds(3));
        write("empty.jsonl", "");
        write("bad.jsonl", seeds(2) + "{\"instruction\": \"x\"}\n");
        write("full/mine.txt", "keep");
    }

    private static String seeds(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> SEED.formatted(i) + "\n")
                .collect(Collectors.joining());
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void endpoint_killedAndResumed_asksNothingTwiceAndEndsWithTheSameFiles() throws Exception {
        long seed = Long.getLong("tunebench.kill.seed", System.nanoTime());
        System.out.println("DataSelfInstructTest: -Dtunebench.kill.seed=" + seed);
        Random random = new Random(seed);
        try (ListeningEndpoint server = new ListeningEndpoint()) {
            Path whole = folder.resolve("whole");
            assertThat(start(server, whole).waitFor()).isZero();
            int prompts = server.answered.size();
            assertThat(server.answered)
                    .allSatisfy((prompt, times) -> assertThat(times).isEqualTo(1));
            server.answered.clear();

            Path run = folder.resolve("killed");
            int killed = 0;
            for (int i = 0; i < 2; i++) {
                int after = server.answered.size() + 1 + random.nextInt(prompts / 3);
                Process process = start(server, run);
                while (process.isAlive() && server.answered.size() < after) {
                    Thread.sleep(2);
                }
                process.destroyForcibly();
                killed += process.waitFor() == 0 ? 0 : 1;
            }
            assertThat(killed).isPositive();
            assertThat(start(server, run).waitFor()).as(errors()).isZero();

            // asked again is only what was in flight when the process was killed, at most four each time
            assertThat(server.answered).hasSize(prompts);
            assertThat(server.answered.values().stream()
                            .filter(times -> times > 1)
                            .count())
                    .isLessThanOrEqualTo(4L * killed);
            for (String file : FILES) {
                assertThat(run.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
            assertThat(Files.readAllLines(whole.resolve("tasks.jsonl"))).hasSize(30);
            JsonNode summary =
                    Json.MAPPER.readTree(whole.resolve("summary.json").toFile());
            assertThat(summary.at("/usage/classification/requests").asInt()).isEqualTo(30);
            assertThat(summary.get("cost").asDouble()).isEqualTo((prompts * 100 * 2.0 + prompts * 10 * 4.0) / 1e6);
            assertThat(Files.readString(whole.resolve("answers.jsonl"))).doesNotContain("sk-secret");
            assertThat(errors())
                    .contains("30 tasks (0 classification) with 30 instances, of 30 new instructions", "cost: 0.");
        }
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors.txt"));
    }

    private Process start(ListeningEndpoint server, Path run) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(
                "data",
                "self-instruct",
                at("seeds.jsonl"),
                "--model",
                "openai",
                "--tasks",
                "30",
                "--out",
                run.toString(),
                "--resume"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors.txt").toFile()));
        builder.environment().put("TUNEBENCH_GENERATOR_BASE_URL", server.address());
        builder.environment().put("TUNEBENCH_GENERATOR_MODEL", "m");
        builder.environment().put("TUNEBENCH_GENERATOR_API_KEY", "sk-secret");
        builder.environment().put("TUNEBENCH_GENERATOR_PROMPT_PRICE", "2");
        builder.environment().put("TUNEBENCH_GENERATOR_COMPLETION_PRICE", "4");
        return builder.start();
    }

    @Test
    void checkpoint_completesAsTheModelDoesAndAsksNothingTwice() {
        ModelFolder tiny = TinyModels.open(folder, "llama-tied");
        Path file = folder.resolve("answers.jsonl");
        Decoding drawn = new Decoding(8, 0.7, 0.5, 2, List.of("zz"));
        List<CompletionRequest> requests = List.of(
                new CompletionRequest("a/0", "hello", new Decoding(6, 0, 1, 0, List.of()), 0),
                new CompletionRequest("a/1", "other", drawn, 5),
                new CompletionRequest("a/2", "words", drawn, 5));
        try (LanguageModel model = Models.load(tiny, "tiny", Device.of("cpu"))) {
            List<Completion> completions;
            try (Journal journal = Journal.create(file, Map.of())) {
                CheckpointCompleter completer = new CheckpointCompleter(model, false, journal);
                completions = completer.complete(requests);
                assertThat(completer.fits(requests.get(0))).isTrue();
                String long1 = "hello ".repeat(model.contextLength());
                assertThat(completer.fits(new CompletionRequest("a/3", long1, drawn, 5)))
                        .isFalse();
            }
            int[] prompt = model.tokenizer().encode("hello");
            Generation greedy =
                    model.generate(List.of(prompt), GenerationOptions.greedy(6)).get(0);
            assertThat(completions.get(0).text()).isEqualTo(greedy.text());
            assertThat(completions.get(0).completionTokens()).isEqualTo(greedy.tokens().length);
            GenerationOptions options =
                    new GenerationOptions(8, 0, new Sampling(0.7, 0, 0.5, 1, 2, 5), List.of(), List.of("zz"));
            assertThat(completions.get(2).text())
                    .isEqualTo(model.generate(List.of(model.tokenizer().encode("words")), options)
                            .get(0)
                            .text());
            try (Journal journal = Journal.resume(file, Map.of())) {
                LanguageModel silent = new SilentModel(model);
                assertThat(new CheckpointCompleter(silent, false, journal).complete(requests))
                        .isEqualTo(completions);
            }
        }
    }

    /** A model that must not be asked. */
    private record SilentModel(LanguageModel model) implements LanguageModel {
        @Override
        public String name() {
            return model.name();
        }

        @Override
        public Tokenizer tokenizer() {
            return model.tokenizer();
        }

        @Override
        public @Nullable ChatTemplate chatTemplate() {
            return model.chatTemplate();
        }

        @Override
        public int contextLength() {
            return model.contextLength();
        }

        @Override
        public List<ContinuationScore> score(List<ScoreRequest> requests) {
            throw new AssertionError("asked");
        }

        @Override
        public List<Generation> generate(List<int[]> prompts, GenerationOptions options) {
            throw new AssertionError("asked");
        }

        @Override
        public void close() {}
    }

    @Test
    void checkpoint_thatWritesNothingUseful_failsAndSaysWhatWasDropped() throws IOException {
        Ended ended = run(
                "data self-instruct @/seeds.jsonl --model embedded --tasks 2 --patience 5 --out @/out --device cpu");

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err())
                .contains("0 tasks", "dropped: empty_answer 5", "the model made no task", "instructions: 5 requests, ");
        assertThat(Files.readString(folder.resolve("out/summary.json"))).contains("\"stopped_early\" : true");

        Ended again = run(
                "data self-instruct @/seeds.jsonl --model embedded --tasks 2 --patience 5 --out @/out --device cpu");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("holds a run already", "--out " + at("out"), "--resume");

        Ended other =
                run("data self-instruct @/seeds.jsonl --model embedded --seed 2 --out @/out --resume --device cpu");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("made otherwise: seed was 1, is 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @/nope.jsonl --model embedded   | no such file                             | @/nope.jsonl         | Name a file of seed tasks
            @/full --model embedded         | is a folder                              | @/full               | Name a file of seed tasks
            @/empty.jsonl --model embedded  | holds no seed task                       | @/empty.jsonl        | a line
            @/bad.jsonl --model embedded    | instances is missing or empty            | @/bad.jsonl line 3   | Correct the line
            @/few.jsonl --model embedded    | 3 seed tasks, and a prompt shows 8       | @/few.jsonl          | Add seed tasks
            @/seeds.jsonl --model embedded --classification-only | 0 classification seed tasks | @/seeds.jsonl | Add seed tasks
            @/seeds.jsonl --model embedded --method alpacca | unknown method 'alpacca' | --method             | Did you mean 'alpaca'?
            @/seeds.jsonl --model embedded --tasks 0        | --tasks is 0             | command line         | at least 1
            @/seeds.jsonl --model nowhere   | no such folder                           | nowhere              | Hugging Face
            @/seeds.jsonl --model embedded --method alpaca | no room for a prompt of 3 tasks | model embedded | longer context
            @/seeds.jsonl --model openai    | TUNEBENCH_GENERATOR_MODEL is not set     | --model openai       | TUNEBENCH_GENERATOR_API_KEY
            @/seeds.jsonl --model embedded --out @/full | is not an empty folder       | --out @/full         | Name another one
            """)
    void badInput_isRefused(String arguments, String what, String where, String mend) throws IOException {
        Ended ended = run("data self-instruct " + arguments + (arguments.contains("--out") ? "" : " --out @/out"));

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("tunebench: ", what, "where: ", where.replace("@", folder.toString()), "to mend: ", mend)
                .doesNotContain("Exception");
        assertThat(folder.resolve("out/tasks.jsonl")).doesNotExist();
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    private Ended run(String line) {
        String[] arguments = Arrays.stream(line.split(" "))
                .map(a -> a.replace("@", folder.toString()))
                .toArray(String[]::new);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try (PrintStream newOut = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
                PrintStream newErr = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
            System.setOut(newOut);
            System.setErr(newErr);
            int code = Main.run(arguments);
            return new Ended(
                    code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
