package org.tunebench.core.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.tunebench.core.record.Json;

/**
 * A headless Chromium for tests of pages that must work from a file, with a profile of its own.
 *
 * <pre>{@code
 * try (Browser browser = Browser.start()) {
 *     browser.open(Path.of("report.html"));
 *     browser.driver().findElement(By.linkText("Samples")).click();
 *     assertThat(browser.problems()).isEmpty();
 *     assertThat(browser.accessibilityFaults()).isEmpty();
 * }
 * }</pre>
 */
public final class Browser implements AutoCloseable {
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final ChromeDriver driver;
    private final Path profile;
    private String page = "";

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /**
     * Starts Chromium; skips the calling test, with a reason, where it or its driver is missing, unless the environment
     * variable {@code TUNEBENCH_REQUIRE} lists {@code browser}: then that is a failure.
     */
    public static Browser start() {
        Path chromium = program("chromium");
        Path driver = program("chromedriver");
        SELENIUM.setLevel(Level.SEVERE);
        try {
            Path profile = Files.createTempDirectory("tunebench-browser");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(chromium.toFile());
            options.addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    // a test goes to hundreds of anchors in a moment, which Chromium else takes for a hanging page
                    "--disable-ipc-flooding-protection",
                    "--user-data-dir=" + profile);
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            logs.enable(LogType.PERFORMANCE, Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(driver.toFile())
                    .usingAnyFreePort()
                    .build();
            return new Browser(new ChromeDriver(service, options), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a file, at an anchor {@code #…} or none, in a window where no page was before. */
    public void open(Path html, String anchor) {
        driver.get("about:blank");
        page = html.toUri().toString();
        problems();
        driver.get(page + anchor);
    }

    /** Opens a file. */
    public void open(Path html) {
        open(html, "");
    }

    /** Sets the size of what a page sees, in CSS pixels. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Makes the reader prefer {@code dark} or {@code light} pages. */
    public void scheme(String name) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    /** What a script expression in the page gives. */
    public Object script(String body, Object... arguments) {
        return driver.executeScript(body, arguments);
    }

    /** Waits until something holds, for what a page does in its own time; fails after a minute. */
    public void await(BooleanSupplier holds) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still waiting after " + LONGEST_WAIT);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** How many CSS pixels the page is wider than its window. */
    public long overflow() {
        return (Long) script("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Writes what the window shows as a PNG. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.copy(driver.getScreenshotAs(OutputType.FILE).toPath(), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors and warnings on the console, and requests for anything but the page, since this was last asked. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                problems.add(entry.getLevel() + " " + entry.getMessage());
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            request(entry.getMessage())
                    .filter(url -> !url.startsWith("data:") && !url.startsWith("blob:null/"))
                    .filter(url -> !url.equals("about:blank")
                            && !url.replaceFirst("#.*", "").equals(page))
                    .ifPresent(url -> problems.add("request for " + url));
        }
        return problems;
    }

    /** Serious and critical faults that axe-core finds in the page: rule, what is wrong, and where. */
    public List<String> accessibilityFaults() {
        driver.executeScript(resource("/axe.min.js"));
        String json = (String) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                    result => done(JSON.stringify(result.violations)), error => done(JSON.stringify([{id: String(error),
                        impact: 'critical', help: '', nodes: []}])));
                """);
        List<String> faults = new ArrayList<>();
        for (JsonNode rule : tree(json)) {
            if (List.of("serious", "critical").contains(rule.path("impact").asText())) {
                for (JsonNode node : rule.path("nodes")) {
                    faults.add(rule.path("id").asText() + ": " + node.path("target") + " "
                            + node.path("failureSummary").asText());
                }
                if (rule.path("nodes").isEmpty()) {
                    faults.add(rule.path("id").asText());
                }
            }
        }
        return faults;
    }

    @Override
    public void close() {
        driver.quit();
        for (int tries = 0; Files.exists(profile) && tries < 50; tries++) {
            discardProfile();
        }
    }

    /** Chromium's last processes may still be writing. */
    private void discardProfile() {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
            Thread.sleep(20);
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            profile.toFile().deleteOnExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> request(String message) {
        JsonNode event = tree(message).path("message");
        return event.path("method").asText().equals("Network.requestWillBeSent")
                ? Optional.of(event.at("/params/request/url").asText())
                : Optional.empty();
    }

    private static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the test's class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program(String name) {
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String reason = name + " is not installed (Debian: apt-get install chromium chromium-driver)";
            if (List.of(System.getenv().getOrDefault("TUNEBENCH_REQUIRE", "").split(","))
                    .contains("browser")) {
                throw new AssertionError(reason);
            }
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }
}
