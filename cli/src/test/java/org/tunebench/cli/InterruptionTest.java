package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;

/** SIGTERM, which ends a process as Ctrl-C does, to processes that train. Windows knows no such signal. */
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
    private static final int STEPS = 60;
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @BeforeEach
    void writeRecipe() throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), "{\"prompt\": \"one?\", \"completion\": \"two\"}\n".repeat(20));
        Files.writeString(
                folder.resolve("counting.yaml"),
                "data: [{path: data.jsonl}]\nbase: embedded\nmax_length: 64\nbatch_size: 8\nsteps: " + STEPS + "\n");
    }

    @Test
    void train_terminated_savesTheStepInFlightAndSaysHowToGoOn() throws Exception {
        Path run = folder.resolve("run folder");
        List<String> line = List.of("train", folder.resolve("counting.yaml").toString(), "--out", run.toString());

        String err = terminated(line, run);

        RunFolder stopped = RunFolder.open(run);
        int steps = stopped.readSteps().size();
        assertThat(err)
                .contains("saving after the step in flight", "stopped after step " + steps + " of " + STEPS)
                .contains("go on with: tunebench train " + line.get(1) + " --out '" + run + "' --resume");
        assertThat(stopped.readRecord().status()).isEqualTo(RunRecord.Status.INTERRUPTED);
        assertThat(ModelFolder.open(stopped.checkpoint()).tensors()).isNotEmpty();

        List<String> resume = new ArrayList<>(List.of("--quiet"));
        resume.addAll(line);
        resume.add("--resume");
        assertThat(Main.run(resume.toArray(String[]::new))).isZero();
        assertThat(RunFolder.open(run).readSteps()).hasSize(STEPS);
        assertThat(RunFolder.open(run).readRecord().status()).isEqualTo(RunRecord.Status.DONE);
    }

    @Test
    void compare_terminatedWhileItTrains_goesOnAndEndsWhole() throws Exception {
        Path experiment = Files.writeString(folder.resolve("experiment.yaml"), """
                base: embedded
                recipes: [counting.yaml]
                suites: {mmlu_cloze: {shots: 0, limit: 1}}
                """);
        Path out = folder.resolve("out");
        List<String> line = List.of("compare", experiment.toString(), "--out", out.toString());

        String err = terminated(line, out.resolve("runs/counting"));

        assertThat(err).contains("go on with: tunebench compare " + experiment + " --out " + out + " --resume");
        assertThat(out.resolve("report.html")).doesNotExist();
        List<String> resume = new ArrayList<>(line);
        resume.add("--resume");
        assertThat(Main.run(resume.toArray(String[]::new))).isZero();
        assertThat(out.resolve("report.html")).exists();
        assertThat(RunFolder.open(out.resolve("runs/counting")).readSteps()).hasSize(STEPS);
    }

    /** Runs a command line in a process of its own and ends it when it has taken some steps. @return standard error */
    private String terminated(List<String> arguments, Path run) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (process.isAlive() && lines(run.resolve("train/steps.jsonl")) < 3 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        process.destroy();
        assertThat(process.waitFor()).as(Files.readString(err)).isEqualTo(TERMINATED);
        return Files.readString(err);
    }

    private static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
