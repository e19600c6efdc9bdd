package org.tunebench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.tunebench.core.testing.Browser;
import org.tunebench.reports.testing.ReportFixture;

/** The page as its readers use it. */
class ReportInBrowserTest {
    @TempDir
    static Path directory;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        page = Report.write(ReportFixture.write(directory.resolve("runs")), directory.resolve("report.html"))
                .get(0);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void size() {
        browser.size(1024, 800);
        browser.scheme("light");
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void columnHeading_sortsTheLeaderboard_andTheChartsFollow() {
        open("");
        List<String> before = rows("table.leaderboard tbody:not([hidden]) > tr:first-child > th > a");
        click("table.leaderboard th:nth-child(5) button.sort");
        List<String> scores = rows("table.leaderboard tbody > tr:first-child > td:nth-child(5) .value");
        List<Double> numbers = scores.stream().map(Double::valueOf).toList();
        assertThat(numbers).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(rows("table.leaderboard tbody:not([hidden]) > tr:first-child > th > a"))
                .containsExactlyInAnyOrderElementsOf(before)
                .isNotEqualTo(before);
        assertThat(browser.script("return document.querySelectorAll('#forests canvas').length"))
                .isEqualTo(5L);
    }

    @Test
    void filter_leavesTheRowsThatFit() {
        open("");
        field("leaderboard", "name").sendKeys("ma");
        assertThat(rows("table.leaderboard tbody:not([hidden]) > tr:first-child > th > a"))
                .containsExactlyInAnyOrder("masked", "unmasked");
        choose("leaderboard", "kind", "base models");
        assertThat(rows("table.leaderboard tbody:not([hidden]) > tr:first-child > th > a"))
                .isEmpty();
    }

    @Test
    void twoModels_standSideBySide_withGroupsAndWhatTheirRecipesDifferIn() {
        open("");
        choose("two", "model", "masked");
        choose("two", "beside", "few-facts");
        assertThat(text("#two .said")).startsWith("masked beside few-facts: better on ");
        assertThat(rows("#two code")).containsExactly("data[0].weight");
        String forward = text("#two tbody tr:first-child td:nth-child(3)");
        click("#two button.unfold");
        assertThat(rows("#two tr.group:not([hidden]) th")).hasSize(8).contains("animals", "plurals");
        choose("two", "model", "few-facts");
        choose("two", "beside", "masked");
        assertThat(text("#two tbody tr:first-child td:nth-child(3)")).isEqualTo(forward.replace('+', '\u2212'));
        assertThat(address()).endsWith("#compare/few-facts/masked");
    }

    @Test
    void flippedItems_openFromTheComparison_withTheirDifferencesMarked() {
        open("#compare/lora/embedded");
        wait("#two .said");
        WebElement gained = element("#two tbody tr:first-child td:nth-child(6) a");
        long count = Long.parseLong(gained.getText());
        gained.click();
        browser.await(() -> text("[data-filters=samples] output").equals(count + " of 160"));
        assertThat(rows("#sample-list .option .up")).isNotEmpty();
        click("#sample-list .option");
        wait("#sample-detail .choices");
        assertThat(rows("#sample-detail .choices tr.target")).hasSize(1);
        assertThat(text("#sample-detail .facts-line")).isNotEmpty();
        choose("samples", "flip", "all");
        choose("samples", "suite", "mt_bench");
        browser.await(() -> text("[data-filters=samples] output").equals("32 of 32"));
        click("#sample-list .option");
        wait("#sample-detail ins");
        assertThat(rows("#sample-detail .answer ins")).contains("lora");
        assertThat(rows("#sample-detail .answer del")).contains("embedded");
    }

    @Test
    void addressOfASample_opensIt() {
        open("#sample/mmlu_cloze/acc%2F17/lora-seed1/unmasked-seed1");
        wait("#sample-detail h3");
        assertThat(text("#sample-detail h3")).isEqualTo("acc/17");
        assertThat(field("samples", "a").getDomProperty("value")).isEqualTo("lora-seed1");
        assertThat(field("samples", "b").getDomProperty("value")).isEqualTo("unmasked-seed1");
    }

    @Test
    void flippedAnswer_isTracedToTheExamplesNearIt_andTheStepsThatSawThem() {
        open("#sample/mmlu_cloze/acc%2F17/masked-seed1/embedded");
        wait("#sample-detail .near-id");
        List<WebElement> models = browser.driver().findElements(By.cssSelector("#sample-detail .near .answer"));
        assertThat(models).hasSize(2);
        assertThat(models.get(0).findElement(By.cssSelector("code")).getText()).isEqualTo("train.jsonl:18");
        assertThat(models.get(0).findElement(By.cssSelector(".facts-line")).getText())
                .isEqualTo("task arithmetic · category reasoning · judge_score 4.5"
                        + " · seen in steps 17, 57, 97, 137, 177, 217 and 9 more");
        assertThat(models.get(0).findElement(By.cssSelector("pre")).getText())
                .contains("Number 17 belongs to arithmetic.", "So it does: arithmetic.");
        assertThat(models.get(1).getText()).contains("No training examples are recorded for it.");
        choose("samples", "b", "lora-seed1");
        browser.await(() -> browser.driver()
                        .findElements(By.cssSelector("#sample-detail .near-id"))
                        .size()
                == 6);
    }

    @Test
    void recipes_whatTheirStepsWereMadeOf_standsBesideEachOther() {
        open("#composition");
        assertThat(rows("table.composition th.kind")).containsExactly("Source", "Category", "Task");
        assertThat(text("table.composition tbody:nth-of-type(1) tr:nth-child(2) td"))
                .startsWith("100.0 %")
                .contains("40 × 15.0, 3.6k");
        assertThat(rows("table.composition tbody:nth-of-type(3) th[scope=row]"))
                .hasSize(12)
                .endsWith("4 others");
        choose("two", "model", "lora");
        choose("two", "beside", "raw-text <b>mixed</b> U+202Eevil");
        assertThat(rows("#two code")).contains("seen.category.reasoning", "seen.source.train.jsonl");
    }

    @Test
    void addressOfAFoldedRow_unfoldsIt() {
        open("#forgetting-mmlu_cloze-plurals");
        wait("#forgetting-mmlu_cloze-plurals");
        assertThat(element("#forgetting-mmlu_cloze-plurals").isDisplayed()).isTrue();
    }

    @Test
    void score_leadsToItsSuite_andOnToItsProvenance() {
        open("");
        click("table.leaderboard tbody:nth-of-type(2) td.score a");
        browser.await(() -> element("#suite-mmlu_cloze tbody:target th a").isDisplayed());
        click("#suite-mmlu_cloze tbody:target th a");
        browser.await(() -> element("#provenance details:target dl").isDisplayed());
        assertThat(text("#provenance details:target dl")).contains("Base weights SHA-256", "0123456789abcdef");
    }

    @Test
    void search_findsWhatModelsWrote() {
        open("");
        choose("samples", "suite", "mt_bench");
        browser.await(() -> text("[data-filters=samples] output").equals("32 of 32"));
        field("samples", "text").sendKeys("A NOTE BY few-facts");
        browser.await(() -> text("[data-filters=samples] output").equals("32 of 32"));
        field("samples", "text").sendKeys(" nothing of the kind");
        browser.await(() -> text("[data-filters=samples] output").equals("0 of 32"));
        assertThat(text("#sample-detail")).isEqualTo("No sample fits.");
    }

    @Test
    void keyboard_walksThroughSamples() {
        open("");
        wait("#sample-list .option");
        WebElement list = element("#sample-list");
        list.sendKeys(Keys.ARROW_DOWN);
        wait("#sample-detail h3");
        assertThat(text("#sample-detail h3")).isEqualTo("acc/0");
        list.sendKeys(Keys.END);
        browser.await(() -> text("#sample-detail h3").equals("acc/159"));
        assertThat(browser.script("return document.querySelectorAll('#sample-list .option').length"))
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isLessThan(60);
    }

    @ParameterizedTest
    @CsvSource({"375", "1024", "1920"})
    void page_isNoWiderThanItsWindow(int width) {
        browser.size(width, 800);
        open("#sample/mt_bench/turn%2F3-2");
        wait("#sample-detail h3");
        browser.script("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        browser.script("document.querySelectorAll('button.unfold').forEach(b => b.click())");
        assertThat(browser.overflow()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void everyReader_canUseIt(String scheme) {
        browser.scheme(scheme);
        open("#sample/mt_bench/turn%2F3-2");
        wait("#sample-detail h3");
        browser.script("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void hostileOutput_doesNothing() {
        open("");
        choose("samples", "suite", "mt_bench");
        browser.await(() -> text("[data-filters=samples] output").equals("32 of 32"));
        field("samples", "text").sendKeys("window.broken");
        browser.await(() -> text("[data-filters=samples] output").matches("[1-9] of 32"));
        click("#sample-list .option");
        wait("#sample-detail pre");
        assertThat(text("#sample-detail")).contains("window.broken");
        assertThat(browser.script("return typeof window.broken")).isEqualTo("undefined");
    }

    private static void open(String anchor) {
        browser.open(page, anchor);
        // what the page unpacks comes in its own time
        wait("#two .said");
        browser.await(() -> text("[data-filters=samples] output").contains(" of "));
    }

    private static void wait(String selector) {
        browser.await(
                () -> !browser.driver().findElements(By.cssSelector(selector)).isEmpty());
    }

    private static WebElement element(String selector) {
        return browser.driver().findElement(By.cssSelector(selector));
    }

    private static WebElement field(String form, String name) {
        return element("[data-filters=" + form + "] [name=" + name + "]");
    }

    /** As a reader does: WebDriver's own click on an option tells the page of a change, but not of an input. */
    private static void choose(String form, String name, String option) {
        browser.script("""
                const [field, text] = arguments, option = [...field.options].find(o => o.text === text);
                field.value = option.value;
                field.dispatchEvent(new Event('input', {bubbles: true}));
                """, field(form, name), option);
    }

    private static void click(String selector) {
        WebElement element = element(selector);
        browser.script("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    private static String text(String selector) {
        return element(selector).getText();
    }

    private static List<String> rows(String selector) {
        return browser.driver().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static String address() {
        return String.valueOf(browser.driver().getCurrentUrl());
    }
}
