package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.TinyModels;

class FolderProblemsTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void tinyModel() {
        folder = TinyModels.writeTo(root.resolve("tiny"), "llama-tied");
    }

    @Test
    void of_wholeFolder_isNone() {
        assertThat(problems(folder)).isEmpty();
    }

    @Test
    void of_severalFilesThatCannotBeUsed_isOneOfEach() throws IOException {
        Path config = folder.resolve("config.json");
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(config.toFile());
        Json.MAPPER.writeValue(config.toFile(), json.put("sliding_window", 64).put("pretraining_tp", 2));
        Files.delete(folder.resolve("model.safetensors"));
        Files.delete(folder.resolve("tokenizer.json"));

        assertThat(problems(folder))
                .extracting(InputException::what)
                .satisfiesExactly(
                        what -> assertThat(what).contains("sliding_window", "pretraining_tp is 2"),
                        what -> assertThat(what).contains("neither model.safetensors"),
                        what -> assertThat(what).contains("no tokenizer.json"));
    }

    @Test
    void of_adapterWhoseBaseIsBrokenAndOfAnotherSize_saysBoth() throws IOException {
        Path adapter = TinyModels.writeAdapterTo(root.resolve("adapter"));
        Path base = TinyModels.writeTo(root.resolve("llama-tied"), "llama-untied-biased");
        Files.delete(base.resolve("tokenizer.json"));

        assertThat(FolderProblems.of(adapter, name -> base))
                .extracting(InputException::where)
                .satisfiesExactly(
                        where -> assertThat(where).contains(base.toString()),
                        where -> assertThat(where).contains("adapter_model.safetensors"));
    }

    @Test
    void of_adapterWithoutItsBase_isThat() {
        Path adapter = TinyModels.writeAdapterTo(root.resolve("adapter"));

        assertThat(problems(adapter))
                .singleElement()
                .satisfies(p -> assertThat(p.what()).contains("the adapter's base model"));
        assertThat(problems(root.resolve("nowhere")))
                .singleElement()
                .satisfies(p -> assertThat(p.what()).isEqualTo("no such folder"));
    }

    private static List<InputException> problems(Path folder) {
        return FolderProblems.of(folder, name -> folder.resolveSibling("no-" + name));
    }
}
