package org.tunebench.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    @TempDir
    Path directory;

    @Test
    void text_abc_givesThePublishedDigest() {
        // FIPS 180-2, appendix B.1
        assertThat(Sha256.ofText("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void folder_ofTwoFiles_isTheDigestOfTheSortedListing() throws Exception {
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("b.txt"), "abc");
        Files.writeString(directory.resolve("a/c.txt"), "");
        assertThat(Sha256.of(directory))
                .isEqualTo(Sha256.ofText(Sha256.ofText("") + "  a/c.txt\n" + Sha256.ofText("abc") + "  b.txt\n"));
    }
}
