package org.tunebench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Bin;
import org.tunebench.core.record.CheckRecord.Case;
import org.tunebench.core.record.CheckRecord.Finding;
import org.tunebench.core.record.CheckRecord.Group;
import org.tunebench.core.record.CheckRecord.Lengths;
import org.tunebench.core.record.CheckRecord.Sample;
import org.tunebench.core.record.CheckRecord.Severity;
import org.tunebench.core.record.CheckRecord.Source;
import org.tunebench.core.record.CheckRecord.Token;
import org.tunebench.core.testing.Browser;

class CheckPageTest {
    private static final String ATTACK =
            "</pre><script>window.broken = 1</script><img src=x onerror=\"window.broken = 1\">${7*7} safe\u202etxt";

    @TempDir
    Path directory;

    @Test
    void page_saysWhatSpoils_andHasCountsLengthsAndTokens() throws IOException {
        String page = Files.readString(written(check("alpaca", "Name a colour.", true)));

        assertThat(page)
                .contains("1 finding spoils the run.", "1 warning.")
                .contains("<strong>12</strong> of 2,000 examples, 0.6 %", "(warns above 0 %, spoils above 1 %)")
                .contains("1,990 of 2,000 examples can be trained on")
                .contains("<b>Name a colour.</b>", "<i class=\"x\">&lt;|user|&gt;</i>", "<i>\u21b5\n</i>")
                .contains("max=\"1500\" value=\"1500\"")
                .contains("… 302 tokens …")
                .doesNotContain("<script", "style=\"", "was not looked for");
        assertThat(Files.readString(written(check("alpaca", "x", false))))
                .contains("Nothing spoils the run.", "was not looked for");
    }

    @Test
    void page_withHostileTexts_readsEverywhereAndRunsNothing() {
        Path page = written(check(ATTACK, ATTACK, true));

        try (Browser browser = Browser.start()) {
            for (String scheme : List.of("light", "dark")) {
                browser.scheme(scheme);
                for (int width : new int[] {375, 1024, 1920}) {
                    browser.size(width, 900);
                    browser.open(page);
                    assertThat(browser.overflow()).as("%d wide", width).isZero();
                    assertThat(browser.problems()).isEmpty();
                }
                assertThat(browser.accessibilityFaults()).as(scheme).isEmpty();
            }
            assertThat(browser.script("return window.broken")).isNull();
            assertThat(browser.script("return document.querySelector('pre.tokens b').textContent"))
                    .isEqualTo(ATTACK.replace("\u202e", "[U+202E]"));
        }
    }

    private Path written(CheckRecord check) {
        Path page = directory.resolve("check.html");
        CheckPage.write(check, page);
        return page;
    }

    private static CheckRecord check(String name, String text, boolean spoilt) {
        List<Finding> findings = new ArrayList<>();
        findings.add(finding("bad_records", null, Severity.OK, 0, name));
        if (spoilt) {
            findings.add(0, finding("suite_overlap", name, Severity.WARN, 12, name));
            findings.add(0, finding("special_tokens", null, Severity.SPOILS, 30, name));
        }
        List<Token> start = List.of(
                new Token("<|user|>", false, true),
                new Token("", false, false),
                new Token("\n", false, false),
                new Token(text, true, false));
        return new CheckRecord(
                CheckRecord.SCHEMA,
                name,
                name,
                new CheckRecord.Settings("paper", "0a1b", "2c3d", "response", Set.of("assistant"), 512, "truncate", 1),
                new CheckRecord.Totals(2000, 1990, 90_000, 41_000, 2000),
                List.of(new Source(
                        name + "/a.jsonl", "alpaca", 2003, 1990, Map.of("too_long", 10L), 3, 0, 90_000, 41_000)),
                Map.of("category", List.of(new Group(name, 1990, 90_000, 41_000))),
                List.of(new Lengths(
                        "tokens", 2000, 10, 45, 200, 900, List.of(new Bin(0, 49, 1500), new Bin(50, 900, 500)))),
                findings,
                List.of(new Case("a.jsonl:3", "a.jsonl line 3", text)),
                List.of(new Sample(
                        List.of("random", "longest"),
                        name,
                        name,
                        name,
                        name,
                        name,
                        "trained on as it is",
                        602,
                        400,
                        start,
                        302,
                        start)));
    }

    private static Finding finding(
            String name, @org.jspecify.annotations.Nullable String about, Severity severity, long count, String text) {
        return new Finding(
                name,
                about,
                severity,
                "Looked for " + text,
                count,
                2000,
                "examples",
                0,
                0.01,
                "Mend " + text,
                List.of(new Case(text, text, text)));
    }
}
