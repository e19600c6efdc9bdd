package org.tunebench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.testing.Browser;
import org.tunebench.reports.testing.BigRuns;

/** Twelve models of two thousand samples each; {@link org.tunebench.reports.testing.ReportSpeed} times twenty thousand. */
class ManySamplesInBrowserTest {
    @TempDir
    Path directory;

    @Test
    void listsOfThousands_holdOnlyWhatIsInSight_inAPageSmallEnoughToSend() throws Exception {
        List<Path> runs = BigRuns.write(directory.resolve("runs"), 12, 2_000);
        Path page = Report.write(runs, directory.resolve("report.html")).get(0);
        // a tenth of 25 MB, and half a megabyte of libraries and tables
        assertThat(Files.size(page)).isLessThan(3_000_000);
        try (Browser browser = Browser.start()) {
            browser.size(1280, 900);
            browser.open(page, "#samples/mmlu/base/recipe-11/flips");
            browser.await(() -> listed(browser).matches("[0-9]+ of 1,400"));
            assertThat(listed(browser)).isNotEqualTo("1400 of 1,400");
            assertThat(options(browser)).isBetween(10L, 80L);
            browser.script("document.getElementById('sample-list').scrollTop = 1e9");
            String last = listed(browser).replaceFirst(" of.*", "");
            browser.await(() -> last.equals(browser.script(
                    "return [...document.querySelectorAll('.option')].pop().getAttribute('aria-posinset')")));
            assertThat(options(browser)).isLessThan(80L);
            assertThat(browser.problems()).isEmpty();
        }
    }

    private static String listed(Browser browser) {
        return String.valueOf(browser.script("return document.querySelector('[data-filters=samples] output').value"));
    }

    private static long options(Browser browser) {
        return (Long) browser.script("return document.querySelectorAll('#sample-list .option').length");
    }
}
