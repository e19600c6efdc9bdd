package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;

final class EmbeddedDataTest {
    @Test
    void open_givesRealFiles() {
        EmbeddedData data = EmbeddedData.open();
        assertThat(data.baseModel().resolve("tokenizer.json")).isRegularFile();
        assertThat(data.experiment()).isRegularFile();
        assertThat(data.recipes()).hasSizeGreaterThanOrEqualTo(6).allMatch(Files::isRegularFile);
        assertThat(data.suites()).contains("mmlu", "hellaswag", "truthfulqa", "mt_bench", "perplexity");
        assertThat(data.suite("mmlu_cloze")).isEqualTo(data.suite("mmlu"));
    }

    @Test
    void suite_ofUnknownName_isRefusedWithTheNearest() {
        assertThatThrownBy(() -> EmbeddedData.open().suite("hellaswog"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'hellaswag'?");
    }

    @Test
    void dataOfRecipes_standsWhereTheySay() throws IOException {
        for (Path recipe : EmbeddedData.open().recipes()) {
            List<String> paths = Files.readAllLines(recipe).stream()
                    .filter(line -> line.contains("path: "))
                    .map(line -> line.replaceFirst(".*path: ([^,}]+).*", "$1"))
                    .toList();
            assertThat(paths).as(recipe.toString()).isNotEmpty();
            assertThat(paths).allMatch(path -> Files.exists(recipe.resolveSibling(path)));
        }
    }

    @Test
    void resourcesInAJar_areCopiedOnceUnderTheirHash(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("a b.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Files.createDirectories(zip.getPath("/org/x/base"));
            Files.writeString(zip.getPath("/org/x/quickstart.yaml"), "name: x\n");
            Files.writeString(zip.getPath("/org/x/base/config.json"), "{}");
            Files.writeString(zip.getPath("/org/x/X.class"), "code");
        }
        URI resource = URI.create("jar:" + jar.toUri() + "!/org/x/quickstart.yaml");
        Path first = ResourceFolder.copied(resource, folder.resolve("cache"));
        Path second = ResourceFolder.copied(resource, folder.resolve("cache"));
        assertThat(second).isEqualTo(first);
        assertThat(first.resolve("base/config.json")).hasContent("{}");
        assertThat(first.resolve("X.class")).doesNotExist();
        try (Stream<Path> cached = Files.list(folder.resolve("cache"))) {
            assertThat(cached).containsExactly(first);
        }
    }
}
