package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunFolder;

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
