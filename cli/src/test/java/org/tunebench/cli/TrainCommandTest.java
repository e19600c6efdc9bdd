package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.benchmarks.EmbeddedData;

/** Training from the command line. */
class TrainCommandTest {
    @TempDir
    Path folder;

    @Test
    void train_baseRelativeToTheWorkingFolder_itsRecipeTrainsFromElsewhere() throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), "{\"prompt\": \"one?\", \"completion\": \"two\"}\n".repeat(8));
        Path recipe = Files.writeString(
                folder.resolve("recipe.yaml"),
                "data: [{path: data.jsonl}]\ntemplate: paper\nmax_length: 64\nsteps: 2\n");
        String base = Path.of("")
                .toAbsolutePath()
                .relativize(EmbeddedData.open().baseModel().toAbsolutePath())
                .toString();
        Path run = folder.resolve("run");

        assertThat(Main.run("train", "--quiet", recipe.toString(), "--base", base, "--out", run.toString()))
                .isZero();
        Path resolved = run.resolve("recipe.yaml");
        Path again = folder.resolve("again");
        assertThat(Main.run("train", "--quiet", resolved.toString(), "--out", again.toString()))
                .isZero();
        assertThat(again.resolve("recipe.yaml")).hasSameTextualContentAs(resolved);
    }
}
