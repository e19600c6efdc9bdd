package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;
import org.tunebench.core.testing.Browser;

/** The page that raters rate in, in Chromium, from a file, by keyboard. */
class HtmlSheetBrowserTest {
    @TempDir
    Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void savesIntoThisTestsFolder() throws IOException {
        Files.createDirectory(folder.resolve("back"));
        browser.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior",
                        Map.of(
                                "behavior",
                                "allow",
                                "downloadPath",
                                folder.resolve("back").toString()));
    }

    private Path page(int prompts, int models, int pairwise) {
        return SheetFixture.export(folder, SheetFixture.design(1, 0, pairwise, SheetFormat.HTML), prompts, models)
                .files()
                .get(0);
    }

    private void type(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private String text(String id) {
        return browser.driver().findElement(By.id(id)).getText();
    }

    /** The file that the page has saved, once the browser has it whole. */
    private Path saved() {
        until(() -> !savedFiles().isEmpty());
        return savedFiles().get(0);
    }

    private List<Path> savedFiles() {
        try (Stream<Path> files = Files.list(folder.resolve("back"))) {
            return files.filter(f -> f.toString().endsWith(".json")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void until(BooleanSupplier holds) {
        for (int tries = 0; !holds.getAsBoolean(); tries++) {
            assertThat(tries).as("tries of 50 ms").isLessThan(400);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void page_tenItemsRatedByKeyboard_comeBackThroughImport() {
        browser.open(page(2, 4, 1));
        Map<String, String> given = new LinkedHashMap<>();
        for (int item = 0; item < 8; item++) {
            String accuracy = Integer.toString(item % 5 + 1);
            given.put(text("response"), accuracy);
            type("4", accuracy, "5", "3", "n");
        }
        assertThat(text("place")).contains("Item 9 of 10", "compare");
        String better = text("response");
        type("1", "n");
        type("4");
        assertThat(text("done")).isEqualTo("10 of 10 rated");
        browser.driver().findElement(By.id("comment")).sendKeys("n p s 1: only a comment");
        browser.driver().findElement(By.tagName("h1")).click();
        type("s");
        Ratings ratings = SheetImport.read(List.of(saved()), folder.resolve("key.json"));
        assertThat(ratings.unusable()).isEmpty();
        assertThat(ratings.rows()).hasSize(8).allSatisfy(row -> {
            String shown = row.model().replace("secret-", "m") + " " + row.prompt();
            assertThat(row.ratings())
                    .isEqualTo(Map.of(
                            "helpfulness",
                            4,
                            "accuracy",
                            Integer.parseInt(Objects.requireNonNull(given.get(shown))),
                            "harmlessness",
                            5,
                            "coherence",
                            3));
        });
        assertThat(ratings.preferences())
                .extracting(Ratings.Preference::choice)
                .containsExactly(Choice.FIRST, Choice.BOTH_BAD);
        assertThat(ratings.preferences().get(0).first().replace("secret-", "m")).isEqualTo(better.split(" ")[0]);
        assertThat(ratings.preferences().get(1).comment()).isEqualTo("n p s 1: only a comment");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void page_arrowsMoveBetweenQuestionsAndRatings_andADraftIsKept() {
        Path page = page(2, 2, 0);
        browser.open(page);
        type("n", "p");
        type(Keys.ARROW_DOWN, "2", Keys.ARROW_UP, Keys.ARROW_UP);
        type("5", Keys.ARROW_UP, Keys.ARROW_LEFT);
        assertThat(checked()).isEqualTo(Map.of("helpfulness", "4", "accuracy", "2"));
        until(
                () -> { // Chromium hands what a page stored to the next one a moment later
                    browser.open(page);
                    return checked().equals(Map.of("helpfulness", "4", "accuracy", "2"));
                });
        assertThat(text("status")).contains("draft from before");
        type("u");
        assertThat(text("place")).isEqualTo("Item 2 of 4");
        assertThat(browser.problems()).isEmpty();
    }

    private Map<String, String> checked() {
        return browser.driver().findElements(By.cssSelector("#questions input:checked")).stream()
                .collect(Collectors.toMap(i -> i.getDomAttribute("name"), i -> i.getDomAttribute("value")));
    }

    @Test
    void page_withoutLocalStorage_saysSoAndGoesOnFromASavedFile() throws IOException {
        Path page = page(2, 2, 0);
        Map<String, Object> script = browser.driver()
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of(
                                "source",
                                "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"));
        browser.open(page);
        type("n", "p", "5", "5", "5", "5");
        assertThat(text("status")).contains("keeps no draft");
        type("s");
        Path file = saved();
        browser.open(page);
        assertThat(text("done")).isEqualTo("0 of 4 rated");
        WebElement input = browser.driver().findElement(By.id("file"));
        browser.script("arguments[0].hidden = false", input);
        input.sendKeys(file.toString());
        until(() -> text("done").equals("1 of 4 rated"));
        Path other = folder.resolve("other.json");
        Files.writeString(other, Files.readString(file).replaceAll("\"set\": \"[a-z]+\"", "\"set\": \"zzzzzz\""));
        browser.script("document.getElementById('file').hidden = false");
        browser.driver().findElement(By.id("file")).sendKeys(other.toString());
        until(() -> text("status").contains("not of this sheet"));
        assertThat(browser.problems()).isEmpty();
        browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", script);
    }

    @Test
    void page_hostileResponses_areTextAndNothingRuns() {
        Map<String, String> responses = HostileResponses.of(20240607);
        Path page = SheetFixture.exportOf(folder, responses, SheetFormat.HTML)
                .files()
                .get(0);
        browser.open(page);
        RaterSheet sheet = SheetExport.sheet(SheetKey.read(folder.resolve("key.json")), "rater-1");
        @SuppressWarnings("unchecked")
        List<String> shown = (List<String>) browser.script("""
                const shown = [];
                for (let i = 0; i < arguments[0]; i++) {
                  document.getElementById('response-more').click();
                  shown.push(document.getElementById('response').textContent);
                  document.getElementById('next').click();
                }
                return shown;
                """, HostileResponses.COUNT);
        assertThat(shown).hasSize(HostileResponses.COUNT);
        for (int i = 0; i < shown.size(); i++) {
            String expected = sheet.ratings().get(i).response();
            assertThat(shown.get(i).equals(expected)).as("item %d", i).isTrue();
        }
        assertThat(browser.script("return typeof window.hacked")).isEqualTo("undefined");
        assertThat(
                        browser.script(
                                "return document.querySelectorAll('#texts img, #texts svg, #texts script, #texts style').length"))
                .isEqualTo(0L);
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void page_isReadableNarrowAndWide_lightAndDark_withoutAccessibilityFaults() {
        Path page = page(2, 3, 1);
        browser.open(page);
        for (int width : new int[] {375, 1024, 1920}) {
            browser.size(width, 900);
            for (String scheme : new String[] {"light", "dark"}) {
                browser.scheme(scheme);
                for (int step = 0; step < 2; step++) {
                    assertThat(browser.overflow())
                            .as("%d px, %s", width, scheme)
                            .isZero();
                    assertThat(browser.accessibilityFaults())
                            .as("%d px, %s", width, scheme)
                            .isEmpty();
                    screenshot((step == 0 ? "rate-" : "compare-") + width + "-" + scheme);
                    browser.script(
                            "for (let i = 0; i < 6; i++) document.getElementById(arguments[0]).click()",
                            step == 0 ? "next" : "previous");
                }
            }
        }
        assertThat(browser.problems()).isEmpty();
        browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** For a person to look at, where a folder is named. */
    private void screenshot(String name) {
        String target = System.getProperty("tunebench.screenshots");
        if (target != null) {
            browser.screenshot(Path.of(target, "sheet-" + name + ".png"));
        }
    }
}
