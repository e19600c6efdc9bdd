package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.Sha256;

/** Scoring a checkpoint into the run that trained it. */
class EvalCommandTest {
    @TempDir
    Path folder;

    @Test
    void eval_intoTheRunThatTrained_addsReplacesAndKeepsResults() throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), "{\"prompt\": \"one?\", \"completion\": \"two\"}\n".repeat(8));
        Path recipe = Files.writeString(
                folder.resolve("recipe.yaml"),
                "base: embedded\ndata: [{path: data.jsonl}]\ntemplate: paper\nmax_length: 64\nsteps: 2\n");
        Path run = folder.resolve("run");
        assertThat(Main.run("train", "--quiet", recipe.toString(), "--out", run.toString()))
                .isZero();

        assertThat(eval(run, "lures", "--limit", "3")).isZero();
        assertThat(eval(run, "mmlu_cloze", "--limit", "1", "--shots", "0")).isZero();
        assertThat(results(run).model()).isEqualTo("recipe");
        assertThat(results(run).suites()).containsOnlyKeys("lures", "mmlu_cloze");

        assertThat(eval(run, "lures", "--limit", "5")).isZero();
        assertThat(results(run).suites().get("lures").n()).isEqualTo(5);

        assertThat(eval(run, "lures", "--limit", "5", "--resume")).isZero();
        assertThat(eval(run, "lures", "--limit", "2", "--resume")).isEqualTo(Main.WRONG_INPUT);
        assertThat(results(run).suites().get("lures").n()).isEqualTo(5);
        assertThat(RunFolder.open(run).samples("lures")).hasSize(5);
    }

    @Test
    void eval_answersMadeElsewhere_makeARunThatCanBeReported() throws IOException {
        Path own = Files.writeString(
                folder.resolve("own.yaml"), "name: capitals\ntype: exact_match\ndata: capitals.jsonl\n");
        Files.writeString(
                folder.resolve("capitals.jsonl"),
                "{\"id\": \"fr\", \"prompt\": \"France?\", \"target\": \"Paris\"}\n"
                        + "{\"id\": \"it\", \"prompt\": \"Italy?\", \"target\": \"Rome\"}\n");
        Path answers = Files.writeString(
                folder.resolve("theirs.jsonl"),
                "{\"id\": \"it\", \"response\": \"Milan\"}\n{\"id\": \"fr\", \"response\": \"Paris \"}\n");
        Path run = folder.resolve("scored");
        String[] eval = ("eval --quiet --responses " + answers + " --suites " + own + " --out " + run).split(" ");
        assertThat(Main.run(eval)).isZero();
        assertThat(Main.run(eval)).isEqualTo(Main.WRONG_INPUT);
        eval[1] = "--resume";
        assertThat(Main.run(eval)).isZero();
        assertThat(results(run).model()).isEqualTo("theirs");
        assertThat(results(run)
                        .suites()
                        .get("capitals")
                        .metrics()
                        .get("exact_match")
                        .value())
                .isEqualTo(0.5);
        RunRecord record = RunFolder.open(run).readRecord();
        assertThat(record.status()).isEqualTo(RunRecord.Status.DONE);
        assertThat(record.data())
                .containsExactly(new RunRecord.DataFile(
                        answers.toString(), "responses", Sha256.of(answers), 2, java.util.Map.of()));
        Path report = folder.resolve("report.html");
        assertThat(Main.run("report", run.toString(), "--out", report.toString()))
                .isZero();
        assertThat(report).content().contains("theirs").contains("capitals");
    }

    private static int eval(Path run, String suite, String... more) {
        String[] arguments = {
            "eval",
            "--quiet",
            "--model",
            run.resolve("checkpoint").toString(),
            "--suites",
            suite,
            "--out",
            run.toString()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Main.run(all);
    }

    private static Results results(Path run) {
        return RunFolder.open(run).readResults().orElseThrow();
    }
}
