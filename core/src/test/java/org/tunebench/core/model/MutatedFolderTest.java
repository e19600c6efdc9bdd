package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.TinyModels;

/** Damaged files are opened or refused with an InputException, never anything else. A failure prints its seed. */
class MutatedFolderTest {
    private static final int MUTATIONS = 1500;
    private static final byte[] TOKENS =
            "{}[]:,\"-0123456789.eE\\ntrufals\u0000\u00ff ".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path root;

    @Test
    void open_mutatedSafetensorsHeader_opensOrIsRefused() throws IOException {
        Path folder = TinyModels.writeTo(root.resolve("tiny"), "llama-tied");
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        int headerEnd =
                8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();

        int refused = mutateAndOpen(folder, file, whole, headerEnd);

        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    @Test
    void open_mutatedConfig_opensOrIsRefused() throws IOException {
        Path folder = TinyModels.writeTo(root.resolve("tiny"), "llama3-scaled");
        Path file = folder.resolve("config.json");
        byte[] whole = Files.readAllBytes(file);

        int refused = mutateAndOpen(folder, file, whole, whole.length);

        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    private static int mutateAndOpen(Path folder, Path file, byte[] whole, int mutable) throws IOException {
        long seed = System.nanoTime();
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Random random = new Random(seed + i);
            Files.write(file, mutated(whole, mutable, random));
            try {
                ModelFolder.open(folder).weightsRoot();
            } catch (InputException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + (seed + i), e);
            }
        }
        return refused;
    }

    /** One to three edits: a byte changed, cut out or put in, a stretch doubled, or the end cut off. */
    private static byte[] mutated(byte[] whole, int mutable, Random random) {
        byte[] bytes = whole;
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(Math.min(mutable, bytes.length));
            int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
            byte token = TOKENS[random.nextInt(TOKENS.length)];
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, at + 1, new byte[] {token});
                case 1 -> spliced(bytes, at, at + 1, new byte[0]);
                case 2 -> spliced(bytes, at, at, new byte[] {token});
                case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
                default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + replacement.length);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(bytes, to, result, from + replacement.length, bytes.length - to);
        return result;
    }
}
