package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Preparation;
import org.tunebench.train.step.Runner;
import org.tunebench.train.step.TrainingJob;

/** The check before a run: by itself, and before an experiment. */
class DataCheckCommandTest {
    private static final String RECIPE =
            "data: [{path: good.jsonl}]\nbase: embedded\ntemplate: paper\nsteps: 2\nmax_length: 64\n";

    @TempDir
    Path folder;

    @Test
    void check_goodData_writesPageAndCounts() throws IOException {
        writeGood();

        Ended ended = run("data", "check", "@/good.yaml", "--out", "@/check", "--suites", "mmlu");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactly(at("check/data-check.html"), at("check/data-check.json"));
        CheckRecord check =
                Json.MAPPER.readValue(folder.resolve("check/data-check.json").toFile(), CheckRecord.class);
        assertThat(check.totals().used()).isEqualTo(20);
        assertThat(check.base()).isEqualTo("embedded");
        assertThat(check.findings()).extracting(CheckRecord.Finding::about).contains("mmlu");
        assertThat(check.samples().get(0).start()).isNotEmpty();
        assertThat(Files.readString(folder.resolve("check/data-check.html")))
                .contains("Nothing spoils the run.", "<b>")
                .doesNotContain("<script", "style=");
    }

    @Test
    void check_countsAsTheRunDoes() throws IOException {
        writeGood();
        write("more.json", """
                [{"instruction": "Say it", "output": "it", "category": "generation"},
                 {"instruction": "Say it", "output": "it", "category": "generation"},
                 {"instruction": "Say that", "output": "that", "category": "rewriting"},
                 {"instruction": "Say", "output": 3},
                 {"instruction": "Say everything", "output": "%s"}]
                """.formatted("word ".repeat(90).strip()));
        write("counted.yaml", """
                data: [{path: good.jsonl}, {path: more.json}, {path: raw.txt}]
                base: embedded
                template: paper
                steps: 2
                max_length: 64
                filters: [{name: exact_duplicates}]
                bad_records: 0.3
                evaluation: {share: 0.2}
                mixture: {rate: weight, task_limit: 10}
                """);
        write("raw.txt", "A paragraph about a cat.\n\n" + "The sun is hot. ".repeat(40) + "\n\nA third one.\n");

        assertThat(run("train", "@/counted.yaml", "--out", "@/run", "--quiet").code())
                .isZero();
        assertThat(run("data", "check", "@/counted.yaml", "--out", "@/check").code())
                .isLessThan(2);

        RunRecord run = RunFolder.open(folder.resolve("run")).readRecord();
        CheckRecord check =
                Json.MAPPER.readValue(folder.resolve("check/data-check.json").toFile(), CheckRecord.class);
        assertThat(check.sources()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            RunRecord.DataFile of = run.data().get(i);
            CheckRecord.Source source = check.sources().get(i);
            assertThat(source.path()).isEqualTo(of.path());
            assertThat(source.format()).isEqualTo(of.format());
            assertThat(source.used()).isEqualTo(of.used());
            assertThat(source.dropped()).isEqualTo(of.dropped());
            assertThat(source.truncated()).isEqualTo(of.truncated());
            assertThat(source.split()).isEqualTo(of.split());
        }
        assertThat(check.sources().get(1).dropped()).containsKeys("bad_record", "exact_duplicates", "too_long");
        assertThat(check.sources().get(0).dropped())
                .containsEntry("held_out", 4L)
                .containsEntry("task_limit", 6L);
        assertThat(check.sources().get(2).split()).isEqualTo(1);
        long trained = RunFolder.open(folder.resolve("run"))
                .examples()
                .mapToLong(e -> e.tokens())
                .sum();
        assertThat(check.totals().tokens()).isGreaterThan(trained);
    }

    @Test
    void check_withoutHeldOut_countsTokensAndCategoriesAsTheRunDoes() throws IOException {
        write("tagged.jsonl", """
                {"prompt": "one", "completion": "two", "category": "coding"}
                {"prompt": "three", "completion": "four five", "category": "coding"}
                {"prompt": "six", "completion": "seven", "category": "extraction"}
                """);
        write("tagged.yaml", RECIPE.replace("good.jsonl", "tagged.jsonl"));

        assertThat(run("train", "@/tagged.yaml", "--out", "@/run", "--quiet").code())
                .isZero();
        assertThat(run("data", "check", "@/tagged.yaml", "--out", "@/check").code())
                .isZero();

        RunFolder run = RunFolder.open(folder.resolve("run"));
        CheckRecord check =
                Json.MAPPER.readValue(folder.resolve("check/data-check.json").toFile(), CheckRecord.class);
        assertThat(check.totals().tokens())
                .isEqualTo(run.examples().mapToLong(e -> e.tokens()).sum());
        assertThat(check.totals().supervisedTokens())
                .isEqualTo(run.examples().mapToLong(e -> e.supervisedTokens()).sum());
        Map<String, Long> categories = new TreeMap<>();
        check.groups().get("category").forEach(g -> categories.put(g.name(), g.examples()));
        assertThat(categories).isEqualTo(run.readRecord().data().get(0).categories());
    }

    @Test
    void check_dataThatSpoilTheRun_endsWithOne() throws IOException {
        write("long.jsonl", talk("hi", "word ".repeat(200).strip()).repeat(3));
        write("long.yaml", RECIPE.replace("good.jsonl", "long.jsonl"));

        Ended ended = run("data", "check", "@/long.yaml", "--out", "@/check");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("spoils: Supervised tokens that max_length takes away", "(100.00 %)");
        assertThat(Files.readString(folder.resolve("check/data-check.html"))).contains("1 finding spoils the run.");
    }

    @Test
    void promptsThatTheCheckFindsInOrder_areWhatGenerateSends() throws IOException {
        writeGood();
        ModelFolder base = Models.open("embedded");
        Recipe recipe = Recipe.read(folder.resolve("good.yaml"));
        Preparation prepared = Preparation.of(new TrainingJob(
                recipe, base, "embedded", Device.CPU, folder.resolve("run"), "r", false, true, Runner.AUTO));

        try (LanguageModel model = Models.load(base, "embedded", Device.CPU)) {
            int[] sent = new Engine(model, Progress.NONE)
                    .promptTokens(new Dialogue(model, true).prompt(List.of(Message.user("The number after 0?"))));
            int[] trained = prepared.tokenized().examples().get(0).ids();
            assertThat(sent).isNotEmpty().isEqualTo(Arrays.copyOf(trained, sent.length));
        }
    }

    @Test
    void compare_spoiltData_isRefusedBeforeTraining_andGoesOnWhenMendedOrTold() throws IOException {
        writeGood();
        write("bad.jsonl", talk("hi", "The end</s> of <|end|> turns"));
        write("bad.yaml", RECIPE.replace("good.jsonl", "bad.jsonl"));
        write("e.yaml", """
                base: embedded
                recipes: [good.yaml, bad.yaml]
                suites: {mmlu_cloze: {shots: 0, limit: 2}}
                """);
        String page = at("out/runs/bad/data-check.html");

        Ended refused = run("compare", "@/e.yaml", "--out", "@/out");

        assertThat(refused.code()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "the data would spoil 1 run, and nothing was trained",
                        "where: " + page,
                        "--check warn",
                        "Data of bad: 1 finding spoils the run, 0 warnings, see " + page,
                        "spoils: Conversations whose texts hold what the tokenizer turns into a special token: 1 of 1")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("out/runs/good/data-check.json")).exists();
        assertThat(folder.resolve("out/runs/base")).doesNotExist();
        assertThat(folder.resolve("out/runs/bad/run.json")).doesNotExist();

        Ended told = run("compare", "@/e.yaml", "--out", "@/out", "--check", "warn");

        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("spoils: Conversations whose texts");
        assertThat(folder.resolve("out/runs/bad/run.json")).exists();
        assertThat(folder.resolve("out/runs/bad/data-check.html")).exists();
    }

    @Test
    void compare_experimentThatSkipsTheCheck_writesNone() throws IOException {
        writeGood();
        write("e.yaml", """
                base: embedded
                recipes: [good.yaml]
                suites: {mmlu_cloze: {shots: 0, limit: 2}}
                check: skip
                """);

        Ended ended = run("compare", "@/e.yaml", "--out", "@/out");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(folder.resolve("out/runs/good/run.json")).exists();
        assertThat(folder.resolve("out/runs/good/data-check.json")).doesNotExist();
    }

    @Test
    void expand_oneTemplateARecord_orAll() throws IOException {
        write("t.yaml", "- 'Which number follows {n}?'\n- {name: short, prompt: '{n}, then?'}\n");
        write("n.jsonl", """
                {"n": 1, "prompt": "-", "completion": "2", "task": "next"}
                {"n": 2, "prompt": "-", "completion": "3", "task": "next", "category": "reasoning"}
                """);

        Ended one = run("data", "expand", "@/n.jsonl", "--templates", "@/t.yaml", "--out", "@/one.jsonl");
        Ended all = run("data", "expand", "@/n.jsonl", "--templates", "@/t.yaml", "--all", "--out", "@/all.jsonl");

        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.out().strip()).isEqualTo(at("one.jsonl"));
        assertThat(lines("one.jsonl")).hasSize(2);
        assertThat(all.err()).contains("template 0: 2", "template short: 2");
        List<JsonNode> lines = lines("all.jsonl");
        assertThat(lines)
                .extracting(l -> l.path("id").asText())
                .containsExactly("n.jsonl:1/1", "n.jsonl:1/2", "n.jsonl:2/1", "n.jsonl:2/2");
        assertThat(lines).extracting(l -> l.path("template").asText()).containsExactly("0", "short", "0", "short");
        JsonNode last = lines.get(3);
        assertThat(last.at("/messages/0/content").asText()).isEqualTo("2, then?");
        assertThat(last.at("/messages/1/content").asText()).isEqualTo("3");
        assertThat(last.path("task").asText()).isEqualTo("next");
        assertThat(last.path("category").asText()).isEqualTo("reasoning");
        assertThat(last.path("file").asText()).isEqualTo(at("n.jsonl"));
        assertThat(last.path("line").asInt()).isEqualTo(2);
        write("again.yaml", RECIPE.replace("good.jsonl", "all.jsonl"));
        run("data", "check", "@/again.yaml", "--out", "@/check");
        CheckRecord check =
                Json.MAPPER.readValue(folder.resolve("check/data-check.json").toFile(), CheckRecord.class);
        assertThat(check.groups().get("template"))
                .extracting(CheckRecord.Group::name)
                .containsExactly("0", "short");
    }

    @Test
    void mix_isWhatTrainingSees_inItsOrder() throws IOException {
        writeGood();
        write("raw.txt", "A paragraph about a cat.\n\nA second one about the sun.\n\nA third one.\n");
        write("mix.yaml", """
                data: [{path: good.jsonl, weight: 1.5}, {path: raw.txt, share: 0.2}]
                base: embedded
                template: paper
                epochs: 2
                batch_size: 4
                packing: true
                max_length: 128
                """);
        assertThat(run("train", "@/mix.yaml", "--out", "@/run", "--quiet").code())
                .isZero();

        Ended ended = run("data", "mix", "@/mix.yaml", "--out", "@/mix.jsonl");

        assertThat(ended.code()).as(ended.err()).isZero();
        RunFolder run = RunFolder.open(folder.resolve("run"));
        List<String> ids = run.examples().map(e -> e.id()).toList();
        List<String> seen = run.seen()
                .flatMap(s -> s.examples().stream())
                .map(line -> ids.get(line - 1))
                .toList();
        assertThat(lines("mix.jsonl")).extracting(l -> l.path("id").asText()).containsExactlyElementsOf(seen);
        assertThat(ended.err()).contains("source " + at("good.jsonl") + ": 60 examples", "together: ");
        assertThat(run("data", "mix", "@/mix.yaml", "--out", "@/some.jsonl", "--size", "7")
                        .code())
                .isZero();
        assertThat(lines("some.jsonl")).isEqualTo(lines("mix.jsonl").subList(0, 7));
        assertThat(run("data", "mix", "@/mix.yaml", "--out", "@/three.jsonl", "--epochs", "3")
                        .code())
                .isZero();
        assertThat(lines("three.jsonl").subList(0, seen.size())).isEqualTo(lines("mix.jsonl"));
        assertThat(lines("three.jsonl").size()).isGreaterThan(seen.size());
    }

    @Test
    void mix_shares_standBySourceThenTaskThenCategory() throws IOException {
        write("a.jsonl", """
                {"instruction": "Say it", "output": "it", "task": "t1", "category": "coding"}
                {"instruction": "Say that", "output": "that", "task": "t2", "category": "reasoning"}
                """);
        write("shares.yaml", "data: [{path: a.jsonl}]\nbase: embedded\ntemplate: paper\nepochs: 1\n");

        Ended ended = run("data", "mix", "@/shares.yaml", "--out", "@/mix.jsonl");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err().lines().filter(l -> l.contains(" examples")))
                .extracting(l -> l.replaceFirst(" .*", ""))
                .containsExactly("source", "task", "task", "category", "category", "together:");
    }

    @Test
    void mix_splitExample_standsOnceADraw() throws IOException {
        write("raw.txt", "The sun is hot and the cat is small. ".repeat(30) + "\n");
        write("split.yaml", RECIPE.replace("good.jsonl", "raw.txt").replace("steps: 2", "epochs: 3"));

        Ended ended = run("data", "mix", "@/split.yaml", "--out", "@/mix.jsonl");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(lines("mix.jsonl"))
                .hasSize(3)
                .allMatch(l -> l.path("text").asText().startsWith("The sun"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            data check @/nope.yaml --out @/x           | no such file            | @/nope.yaml   | Check the path
            data check @/good.yaml                     | --out                   | data check    | --help
            data check @/good.yaml --out @/good.yaml   | is a file               | --out @/good.yaml | Name a folder
            data check @/nobase.yaml --out @/x         | no base model is named  | @/nobase.yaml | --base DIR
            data check @/good.yaml --base @/nowhere --out @/x | no such folder   | @/nowhere     | Hugging Face
            data check @/good.yaml --base @/bare --out @/x | no tokenizer.json   | model folder @/bare | Hugging Face
            data check @/model.yaml --base @/plain --out @/x | has no chat template | recipe model, template | paper
            data check @/good.yaml --out @/x --suites mmluu | unknown suite 'mmluu' | suites     | Did you mean 'mmlu'?
            data check alpaca --out @/x                | has no data of its own  | recipe alpaca | Add --data FILE
            data check alpacca --data @/good.jsonl --out @/x | unknown published recipe 'alpacca' | recipe alpacca | Did you mean 'alpaca'?
            data check @/empty.yaml --out @/x          | holds no record         | @/empty.jsonl | Give a file
            data expand @/good.jsonl --templates @/t.yaml --out @/x | need records with fields | @/good.jsonl | Remove templates
            data expand @/a.jsonl --templates @/nope.yaml --out @/x | no such file | @/nope.yaml | Check the path
            data expand @/a.jsonl --templates @/t.yaml --out @/a.jsonl | also an input | --out @/a.jsonl | Name another
            data expand @/a.jsonl --templates @/u.yaml --out @/x | unknown template field 'm' | @/a.jsonl line 1 | Known: prompt, completion
            data mix @/good.yaml --out @/good.jsonl    | also an input           | --out @/good.jsonl | Name another
            data mix @/good.yaml --out @/x --size 0    | --size is 0             | command line  | at least 1
            data mix @/good.yaml --out @/x --epochs 0  | --epochs is 0           | command line  | at least 1
            data mix @/good.yaml --out @/x --epochs 1 --size 2 | exclude each other | command line | one of them
            compare @/e.yaml --out @/x --check maybe   | unknown mode 'maybe'    | --check       | refuse, warn, skip
            compare @/f.yaml --out @/x                 | unknown check 'maybe'   | @/f.yaml line 4 | refuse, warn, skip
            """)
    void mistakes_areRefused(String line, String what, String where, String mend) throws IOException {
        writeGood();
        write("empty.jsonl", "");
        write("empty.yaml", RECIPE.replace("good.jsonl", "empty.jsonl"));
        write("nobase.yaml", RECIPE.replace("base: embedded\n", ""));
        write("model.yaml", RECIPE.replace("paper", "model"));
        write("a.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}\n");
        write("t.yaml", "- '{prompt}'\n");
        write("u.yaml", "- '{m}'\n");
        write("e.yaml", "base: embedded\nrecipes: [good.yaml]\nsuites: {mmlu: {limit: 1}}\n");
        write("f.yaml", "base: embedded\nrecipes: [good.yaml]\nsuites: {mmlu: {limit: 1}}\ncheck: maybe\n");
        for (String model : List.of("bare", "plain")) {
            Files.createDirectories(folder.resolve(model));
            try (var files = Files.list(Models.folder("embedded"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(model).resolve(file.getFileName()));
                }
            }
        }
        Files.delete(folder.resolve("bare/tokenizer.json"));
        write("plain/tokenizer_config.json", "{}");

        Ended ended = run(line.split(" "));

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains(what.replace("@", folder.toString()))
                .contains("where: ")
                .contains(where.replace("@", folder.toString()))
                .contains(mend)
                .doesNotContain("\tat ");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private void writeGood() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            lines.append(talk("The number after " + i + "?", Integer.toString(i + 1)));
        }
        write("good.jsonl", lines.toString());
        write("good.yaml", RECIPE);
    }

    private static String talk(String user, String assistant) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"" + user
                + "\"}, {\"role\": \"assistant\", \"content\": \"" + assistant + "\"}]}\n";
    }

    private List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name))) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Ended run(String... arguments) {
        return Ended.of(Arrays.stream(arguments)
                .map(a -> a.replace("@", folder.toString()))
                .toArray(String[]::new));
    }
}
