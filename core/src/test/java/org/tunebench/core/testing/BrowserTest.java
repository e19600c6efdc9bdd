package org.tunebench.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the fixture sees what it is there to see. */
class BrowserTest {
    @TempDir
    Path directory;

    @Test
    void page_thatErrsAsksElsewhereAndHasNoNames_isFound() throws Exception {
        Path bad =
                write("<img src='elsewhere.png'><button></button><script>nothing()</script><p style='width:3000px'>x");
        Path good = write("<p>Good</p>");
        try (Browser browser = Browser.start()) {
            browser.size(800, 600);
            browser.open(bad);
            assertThat(browser.problems())
                    .anyMatch(problem -> problem.contains("nothing is not defined"))
                    .anyMatch(problem -> problem.startsWith("request for file:") && problem.endsWith("elsewhere.png"));
            assertThat(browser.accessibilityFaults())
                    .anyMatch(fault -> fault.startsWith("button-name"))
                    .anyMatch(fault -> fault.startsWith("image-alt"));
            assertThat(browser.overflow()).isGreaterThan(2000);
            browser.open(good, "#somewhere");
            assertThat(browser.problems()).isEmpty();
            assertThat(browser.accessibilityFaults()).isEmpty();
            assertThat(browser.overflow()).isZero();
        }
    }

    private Path write(String body) throws Exception {
        Path file = Files.createTempFile(directory, "page", ".html");
        return Files.writeString(
                file,
                "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href='data:,'><title>Page</title><main><h1>Page</h1>"
                        + body
                        + "</main>");
    }
}
