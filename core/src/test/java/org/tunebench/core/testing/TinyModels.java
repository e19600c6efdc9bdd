package org.tunebench.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Json;

/**
 * Tiny random models of every family with what transformers computes with them, made by src/test/python/tiny_models.py
 * (transformers 5.23.0, torch 2.15.0). Their vocabulary of 320 is larger than {@link TinyTokenizer}'s.
 */
public final class TinyModels {
    /** Of every family, tied and untied; the script says which other numbers each has. */
    public static final List<String> NAMES = List.of(
            "llama-tied",
            "llama-untied-biased",
            "llama3-scaled",
            "mistral-untied",
            "qwen2-tied",
            "qwen2-untied",
            "qwen3-tied",
            "qwen3-untied-biased",
            "gpt2-tied",
            "gpt2-untied",
            "gemma2-tied",
            "phi3-untied");

    /** A LoRA adapter made by PEFT 0.21.2 over {@code llama-tied}. */
    public static final String ADAPTER = "llama-tied-lora";

    /** A DoRA adapter made by PEFT 0.21.2 over {@code llama-tied}, by src/test/python/dora_adapter.py. */
    public static final String DORA = "llama-tied-dora";

    /** LoRA adapters made by PEFT, each over the model of its name without {@code -lora}. */
    public static final List<String> ADAPTERS = List.of(ADAPTER, "qwen2-tied-lora", "gpt2-tied-lora");

    private TinyModels() {}

    /** Writes every model's folder into one, for reference scripts in Python. @param arguments the folder */
    public static void main(String[] arguments) {
        NAMES.forEach(name -> writeTo(Path.of(arguments[0]).resolve(name), name));
    }

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

    /** Opens a model or an adapter, written into a folder together with its base. */
    public static ModelFolder open(Path folder, String name) {
        String base = name.replaceFirst("-[dl]ora$", "");
        if (base.equals(name)) {
            return ModelFolder.open(writeTo(folder.resolve(name), name));
        }
        writeTo(folder.resolve(base), base);
        return ModelFolder.open(writeAdapterTo(folder.resolve(name), name), folder::resolve);
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
     * What transformers computes: for each prompt {@code prompt}, {@code last_logits}, at most 64 tokens of {@code greedy}, and
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
