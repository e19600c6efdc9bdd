package org.tunebench.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.filter.ExactDuplicates;
import org.tunebench.train.recipe.Recipe;

/** Damaged files end in an {@link InputException} or are read, never in anything else. */
class MutatedInputTest {
    private static final int MUTATIONS = Integer.getInteger("tunebench.mutations", 500);
    private static final String MESSAGES = "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},"
            + "{\"role\":\"user\",\"content\":\"Ä\\n\\u00e9\"},{\"role\":\"assistant\",\"content\":[{\"type\":"
            + "\"text\",\"text\":\"B\"}]}],\"task\":null}\n";
    private static final String ALPACA =
            "[\n{\"instruction\":\"Add.\",\"input\":\"1\",\"output\":\"3\"},\n{\"instruction\":\"x\",\"output\":\"y\"}]\n";
    private static final String RECIPE = """
            base: embedded
            method: lora
            lora: {r: 4, alpha: 8, targets: [q_proj, "*.v"]}
            data:
              - &d {path: a.jsonl, weight: 2, templates: ["Q {x}", "{{y}}"]}
              - {<<: *d, share: 0.2, weight: 1}
            filters: [{name: words, min_response: 1}]
            optimizer: {learning_rate: 1e-3}
            schedule: {type: linear, warmup_steps: 5}
            steps: 54
            """;
    private static final byte[] INSERTED =
            "{}[]:,\"\\0\n\t -&*<>!|%@~null1e9\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path folder;

    @Test
    void load_damagedFile_isReadOrRefused() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] bytes = mutated(seed % 2 == 0 ? MESSAGES + MESSAGES : ALPACA, seed);
            Path file = Files.write(folder.resolve("m.jsonl"), bytes);
            refused += refused(
                    seed,
                    bytes,
                    () -> Dataset.load(new DataMixture(
                            List.of(DataSource.of(file)), List.of(new ExactDuplicates()), false, 0.01, 1)));
        }
        assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 1);
    }

    @Test
    void read_damagedRecipe_isReadOrRefused() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] bytes = mutated(RECIPE, seed);
            Path file = Files.write(folder.resolve("r.yaml"), bytes);
            refused += refused(seed, bytes, () -> Recipe.read(file).toYaml());
        }
        assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 1);
    }

    private static int refused(int seed, byte[] bytes, Runnable reading) {
        try {
            reading.run();
            return 0;
        } catch (InputException e) {
            return 1;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + seed + ":\n" + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }

    /** One to three bytes replaced, inserted or cut out, or the rest cut off. */
    private static byte[] mutated(String text, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(1, 4); n > 0 && bytes.length > 1; n--) {
            int at = random.nextInt(bytes.length);
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
            byte[] inserted = {INSERTED[random.nextInt(INSERTED.length)]};
            int kind = random.nextInt(8);
            if (kind == 0) {
                bytes = head;
            } else {
                int cut = kind < 4 ? 1 : kind == 4 ? Math.min(tail.length, random.nextInt(1, 20)) : 0;
                byte[] middle = kind == 4 ? new byte[0] : inserted;
                byte[] rest = Arrays.copyOfRange(tail, cut, tail.length);
                bytes = ByteBuffer.allocate(head.length + middle.length + rest.length)
                        .put(head)
                        .put(middle)
                        .put(rest)
                        .array();
            }
        }
        return bytes;
    }
}
