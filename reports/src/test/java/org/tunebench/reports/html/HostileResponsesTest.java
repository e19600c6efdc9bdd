package org.tunebench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.Browser;
import org.tunebench.reports.testing.Islands;
import org.tunebench.reports.testing.SmallRuns;

/** Three hundred responses that try to run, to leave their place, or to hide; in prompts, names and choices too. */
class HostileResponsesTest {
    private static final List<String> ATTACKS = List.of(
            "<script>window.broken = 1</script>",
            "</script><script>window.broken = 1</script>",
            "</ScRiPt ><ScRiPt>window.broken = 1</ScRiPt>",
            "<!-- <script>window.broken = 1</script>",
            "--><script>window.broken = 1</script>",
            "]]><script>window.broken = 1</script>",
            "<img src=x onerror=\"window.broken = 1\">",
            "<svg/onload=window.broken=1>",
            "<body onload='window.broken = 1'>",
            "<details open ontoggle=window.broken=1>x</details>",
            "<iframe srcdoc=\"<script>parent.broken = 1</script>\"></iframe>",
            "<a href=\"javascript:window.broken=1\" autofocus onfocus=window.broken=1>x</a>",
            "<style>* { display: none !important }</style>",
            "<meta http-equiv=refresh content=\"0;url=data:text/html,gone\">",
            "<base href=\"x:/\"><form action=x><input name=elements>",
            "\" onmouseover=\"window.broken = 1\" x=\"",
            "' autofocus onfocus='window.broken = 1",
            "${7*7} ${.now} <#assign x = 1> <#include \"/x\"> [=7*7] <@fig.scroll/>",
            "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
            "{{7*7}} `${window.broken = 1}` \\u003cscript\\u003ewindow.broken = 1",
            "=HYPERLINK(\"x\",\"y\")",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd",
            "\t=1+1",
            "\r=1+1",
            "safe\u202etxt.exe\u202c and \u2066isolates\u2069",
            "NUL \u0000, bell \u0007, escape \u001b[31m, delete \u007f, next line \u0085",
            "\u2028line\u2029paragraph\ufeffmark\u200bspace\u00adhyphen",
            "\ud800 lone high",
            "lone low \udfff",
            "\ud83d\ude00\ud83d and half an emoji",
            Character.toString(0xe0041) + " tag character",
            "z\u0300\u0301\u0302\u0303\u0304\u0305 zalgo".repeat(20),
            "__proto__",
            "constructor",
            "null",
            "");
    private static final int RESPONSES = 300;

    @TempDir
    static Path directory;

    private static List<Path> written;
    private static List<String> responses;

    @BeforeAll
    static void report() {
        SplittableRandom random = new SplittableRandom(3);
        responses =
                IntStream.range(0, RESPONSES).mapToObj(i -> response(i, random)).toList();
        SmallRuns runs = new SmallRuns(directory.resolve("runs"));
        Path base = runs.write("base", null, "", 1, Map.of("own", samples(responses, 0.0)), "1");
        Path hostile = runs.write(
                "<img src=x onerror=window.broken=1>\u202e",
                "=HYPERLINK(\"x\")</script><script>window.broken=1</script>",
                "mask: \"</script><script>window.broken=1</script>\"\n",
                1,
                Map.of("own", samples(responses.stream().map(r -> r + "!").toList(), 1.0)),
                "1");
        written = Report.write(List.of(base, hostile), directory.resolve("report.html"));
    }

    @Test
    void everyResponse_comesThroughAsItWas() throws Exception {
        String page = Files.readString(written.get(0));
        List<String> found = new ArrayList<>();
        for (String name : Islands.names(page)) {
            if (name.matches("samples-0-\\d+")) {
                for (JsonNode item : Islands.read(page, name)) {
                    JsonNode response = item.path("r").path(0).path("a");
                    found.add(response.isArray() ? response.get(0).asText() : response.asText());
                }
            }
        }
        assertThat(found).hasSize(RESPONSES);
        for (int i = 0; i < RESPONSES; i++) {
            assertThat(responses.get(i)).startsWith(found.get(i));
            assertThat(found.get(i).length())
                    .isEqualTo(Math.min(responses.get(i).length(), 200_000));
        }
    }

    @Test
    void wholeTexts_areBesideThePage_whereItHasOnlyTheirStart() throws Exception {
        Path whole = written.get(written.size() - 1);
        assertThat(whole.getFileName()).hasToString("report-texts.jsonl.gz");
        assertThat(Files.readString(written.get(0)))
                .contains("longer than 200,000 characters are cut to their start", "report-texts.jsonl.gz");
        try (var in = new GZIPInputStream(Files.newInputStream(whole))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            // of 300 every tenth is a line of a megabyte, in two runs
            assertThat(lines).hasSize(2 * 30);
            JsonNode first = Json.MAPPER.readTree(lines.get(0));
            assertThat(first.get("text").asText()).isEqualTo(responses.get(9));
            assertThat(first.get("run").asText()).isEqualTo("base");
        }
    }

    @Test
    void namesOfModels_areNoFormulas() throws Exception {
        assertThat(Files.readString(written.get(1)))
                .contains("\"'=HYPERLINK(\"\"x\"\")")
                .doesNotContain("\n=", "\r\n=", ",=", ",\"=");
    }

    @Test
    void nothingRuns_andNothingBreaks() {
        try (Browser browser = Browser.start()) {
            browser.size(1024, 800);
            browser.open(written.get(0));
            browser.await(() -> (Long) browser.script("return document.querySelectorAll('.option').length") > 10);
            for (int i = 0; i < RESPONSES; i++) {
                String id = "item" + i;
                browser.await(() -> id.equals(openedSample(browser, id)));
            }
            assertThat(browser.script("return typeof window.broken")).isEqualTo("undefined");
            assertThat(browser.script(
                            "return document.querySelectorAll('img, iframe, svg, object, form[action]').length"))
                    .isEqualTo(0L);
            assertThat(browser.script("return getComputedStyle(document.body).display"))
                    .isEqualTo("block");
            assertThat(browser.overflow()).isZero();
            assertThat(browser.problems()).isEmpty();
        }
    }

    /** Goes to a sample, again where Chromium has left it out as one of too many in a moment; the heading that is shown. */
    private static Object openedSample(Browser browser, String id) {
        browser.script("if (location.hash !== arguments[0]) location.hash = arguments[0]", "#sample/own/" + id);
        return browser.script("const heading = document.querySelector('#sample-detail h3');"
                + "return heading && heading.textContent");
    }

    private static String response(int i, SplittableRandom random) {
        String attack = ATTACKS.get(i % ATTACKS.size());
        if (i % 10 == 9) {
            return (attack.isEmpty() ? "x" : attack).repeat(1 + (1 << 20) / Math.max(1, attack.length()));
        }
        return i < ATTACKS.size() ? attack : attack + "\n" + ATTACKS.get(random.nextInt(ATTACKS.size()));
    }

    private static List<SampleRecord> samples(List<String> responses, double score) {
        return IntStream.range(0, responses.size())
                .mapToObj(i -> new SampleRecord(
                        "item" + i,
                        ATTACKS.get(i % 3),
                        "Prompt " + ATTACKS.get((i + 7) % ATTACKS.size()),
                        null,
                        null,
                        null,
                        responses.get(i),
                        null,
                        ATTACKS.get((i + 3) % ATTACKS.size()),
                        Map.of("acc", score),
                        i % 5 == 0 ? List.of("<b>flag</b>") : null))
                .toList();
    }
}
