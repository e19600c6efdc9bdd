package org.tunebench.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.tunebench.core.record.Json;

/**
 * Tiny random Llama models with what transformers computes with them, made by src/test/python/tiny_llamas.py (transformers
 * 5.23.0, torch 2.15.0). Their vocabulary of 320 is larger than {@link TinyTokenizer}'s.
 */
public final class TinyModels {
    /** Grouped-query attention with a tied head, with an untied head and biases, and with Llama 3's rope scaling. */
    public static final List<String> NAMES = List.of("llama-tied", "llama-untied-biased", "llama3-scaled");

    /** A LoRA adapter made by PEFT 0.21.2 over {@code llama-tied}. */
    public static final String ADAPTER = "llama-tied-lora";

    /** A DoRA adapter made by PEFT 0.21.2 over {@code llama-tied}, by src/test/python/dora_adapter.py. */
    public static final String DORA = "llama-tied-dora";

    private TinyModels() {}

    /** Writes a model folder, with {@link TinyTokenizer}, and returns it. */
    public static Path writeTo(Path folder, String name) {
        return TinyTokenizer.writeTo(
                copy(folder, name, List.of("config.json", "generation_config.json", "model.safetensors")));
    }

    /** Writes {@link #ADAPTER} into a folder; its base is named {@code llama-tied}. */
    public static Path writeAdapterTo(Path folder) {
        return writeAdapterTo(folder, ADAPTER);
    }

    /** Writes an adapter by name into a folder. */
    public static Path writeAdapterTo(Path folder, String name) {
        return copy(folder, name, List.of("adapter_config.json", "adapter_model.safetensors"));
    }

    private static Path copy(Path folder, String name, List<String> files) {
        try {
            Files.createDirectories(folder);
            for (String file : files) {
                try (InputStream in = open(name + "/" + file)) {
                    Files.copy(in, folder.resolve(file));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What transformers computes: for each prompt {@code prompt}, {@code last_logits}, 24 tokens of {@code greedy}, and
     * {@code log_probs} of every token of both but the first.
     */
    public static JsonNode golden(String name) {
        try (InputStream in = open("golden.json")) {
            return Json.MAPPER.readTree(in).path("models").path(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(TinyModels.class.getResourceAsStream("/models/" + file), file);
    }
}
