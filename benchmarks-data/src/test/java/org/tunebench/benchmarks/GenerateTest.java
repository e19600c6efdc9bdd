package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GenerateTest {
    private static final Path FOLDER = EmbeddedData.open().folder();

    @Test
    void generatedFiles_areUpToDate() {
        assertThat(Generate.files(FOLDER))
                .allSatisfy((path, text) -> assertThat(FOLDER.resolve(path))
                        .as("run Generate again: " + path)
                        .hasContent(text));
    }

    @Test
    void committedData_isSmall() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            long bytes = files.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().endsWith(".safetensors"))
                    .filter(f -> !f.toString().endsWith(".class"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
            assertThat(bytes).isLessThan(4_000_000);
        }
    }
}
