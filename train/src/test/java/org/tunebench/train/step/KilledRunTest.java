package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;

/**
 * A training process, killed at random moments and resumed each time, leaves the bytes of an undisturbed one.
 * {@code -Dtunebench.kills=20} kills more often, {@code -Dtunebench.kill.seed} repeats the moments as far as two processes
 * can.
 */
class KilledRunTest {
    private static final int STEPS = 150;
    private static final int KILLS = Integer.getInteger("tunebench.kills", 3);

    @TempDir
    Path folder;

    private Path recipe;
    private Path base;
    private Path run;

    /** When a process is killed. */
    private enum Moment {
        /** At any time from its start on, with the Java machine's own start. */
        ANY,
        /** Shortly after a step. */
        STEP,
        /** While the training state is written. */
        STATE,
        /** While the checkpoint is written. */
        CHECKPOINT
    }

    @Test
    void train_killedAtRandomMomentsAndResumed_endsWithTheSameBytes() throws Exception {
        long seed = Long.getLong("tunebench.kill.seed", System.nanoTime());
        System.out.println("KilledRunTest: " + KILLS + " kills, -Dtunebench.kill.seed=" + seed);
        Random random = new Random(seed);
        base = SmallTask.writeTo(folder);
        recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                data: [{path: data.jsonl}]
                template: paper
                max_length: 64
                batch_size: 5
                steps: %d
                optimizer: {learning_rate: 0.01}
                evaluation: {share: 0.2, eval_steps: 40, load_best_model_at_end: true}
                """.formatted(STEPS));
        run = folder.resolve("whole");
        assertThat(start().waitFor()).isZero();

        run = folder.resolve("killed");
        int killed = 0;
        List<Moment> moments = new ArrayList<>();
        while (killed < KILLS) {
            if (moments.isEmpty()) {
                moments.addAll(List.of(Moment.values()));
                Collections.shuffle(moments, random);
            }
            Moment moment = moments.remove(0);
            if (killedAt(moment, random)) {
                killed++;
                System.out.println("  killed " + moment + " " + left());
                requireNothingHalfWritten();
            } else {
                assertWhole();
                delete(run);
            }
        }
        assertThat(start().waitFor()).isZero();
        assertWhole();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingProcess.class.getName(),
                        recipe.toString(),
                        base.toString(),
                        run.toString())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    /** Whether the process was killed before it had ended by itself. */
    private boolean killedAt(Moment moment, Random random) throws Exception {
        Process process = start();
        int steps = random.nextInt(100);
        int millis = random.nextInt(3000);
        try (BufferedReader out = process.inputReader()) {
            switch (moment) {
                case ANY -> Thread.sleep(millis);
                case STEP -> {
                    for (int i = 0; i <= steps; i++) {
                        out.readLine();
                    }
                    Thread.sleep(millis / 100);
                }
                case STATE -> {
                    for (int i = 0; i <= steps; i++) {
                        out.readLine();
                    }
                    await(process, () -> inTheMaking(run.resolve("train"), ".state.safetensors."));
                }
                case CHECKPOINT -> {
                    String line = out.readLine();
                    while (line != null && !line.equals("" + STEPS)) {
                        line = out.readLine();
                    }
                    await(process, () -> inTheMaking(run, ".checkpoint."));
                }
            }
            process.destroyForcibly();
        }
        return process.waitFor() != 0;
    }

    private static void await(Process process, BooleanSupplier moment) {
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static boolean inTheMaking(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(f -> f.getFileName().toString().startsWith(prefix));
        } catch (IOException notThereYet) {
            return false;
        }
    }

    /** What the next process will find. */
    private String left() throws IOException {
        if (!Files.exists(run)) {
            return "before there was anything";
        }
        try (Stream<Path> files = Files.walk(run)) {
            return "leaving "
                    + files.filter(Files::isRegularFile)
                            .map(f -> run.relativize(f).toString())
                            .sorted()
                            .toList();
        }
    }

    private void requireNothingHalfWritten() {
        Path checkpoint = run.resolve("checkpoint");
        if (Files.exists(checkpoint)) {
            assertThat(ModelFolder.open(checkpoint).tensors()).isNotEmpty();
        }
        if (Files.exists(TrainingState.file(run))) {
            long parameters = ModelFolder.open(base).parameters();
            assertThat(TrainingState.load(run, parameters)).isPresent();
        }
    }

    private void assertWhole() throws IOException {
        assertThat(Files.readString(folder.resolve("errors.txt"))).doesNotContain("Exception");
        assertThat(RunFolder.open(run).readRecord().status()).isEqualTo(RunRecord.Status.DONE);
        TrainerTest.assertSameRun(run, folder.resolve("whole"));
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.startsWith(".checkpoint"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
