package org.tunebench.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;

class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void of_folderBelowAFile_isRefusedAndTheFileStays() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "kept");

        assertThatThrownBy(() -> FolderLock.of(file.resolve("run")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the folder cannot be made or written to")
                .hasMessageContaining(file.resolve("run").toString())
                .hasMessageContaining("Name another place");
        assertThat(file).hasContent("kept");
    }

    @Test
    void of_folderThatIsHeld_isRefusedUntilItIsGivenBack() {
        Path run = folder.resolve("run");
        try (FolderLock held = FolderLock.of(run)) {
            assertThatThrownBy(() -> FolderLock.of(run))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is writing into this folder");
            assertThat(held).isNotNull();
        }
        FolderLock.of(run).close();
        assertThat(run).isDirectory();
    }
}
