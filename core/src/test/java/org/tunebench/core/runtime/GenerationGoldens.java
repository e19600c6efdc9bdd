package org.tunebench.core.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.tunebench.core.record.Json;

/** What transformers 5.23.0 chooses and generates, made by src/test/python/generation_goldens.py. */
final class GenerationGoldens {
    private GenerationGoldens() {}

    static JsonNode read() {
        try (InputStream in = GenerationGoldens.class.getResourceAsStream("generation.json")) {
            return Json.MAPPER.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int[] ints(JsonNode array) {
        int[] ints = new int[array.size()];
        Arrays.setAll(ints, i -> array.get(i).asInt());
        return ints;
    }
}
