package org.tunebench.reports.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.tunebench.core.testing.Browser;
import org.tunebench.reports.html.Report;

/**
 * How long a report takes to build, to show and to filter, in headless Chromium: {@code ReportSpeed [MODELS] [SAMPLES] [DIR]
 * [EXAMPLES]}, 12 models of 20,000 samples where left out, trained on so many examples that the report knows of. Prints medians of nine with the least and the greatest; nothing is asserted, since that
 * depends on the machine.
 */
public final class ReportSpeed {
    private static final int TIMES = 9;

    private ReportSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int models = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
        int samples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        Path directory = arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("report-speed");
        List<Path> runs = Files.isDirectory(directory.resolve("runs"))
                ? existing(directory.resolve("runs"))
                : BigRuns.write(
                        directory.resolve("runs"),
                        models,
                        samples,
                        arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0);
        long start = System.nanoTime();
        long cpu = cpuNanos();
        Path page = Report.write(runs, directory.resolve("report.html")).get(0);
        System.out.printf(
                Locale.ROOT,
                "%d models x %,d samples: built in %.1f s (%.1f s of processor time), %.2f MB, of %.2f GB heap%n",
                runs.size(),
                samples,
                (System.nanoTime() - start) / 1e9,
                (cpuNanos() - cpu) / 1e9,
                Files.size(page) / 1e6,
                Runtime.getRuntime().maxMemory() / 1e9);
        try (Browser browser = Browser.start()) {
            browser.size(1280, 900);
            print("first view (first contentful paint)", 1e3, () -> {
                browser.open(page);
                return number(
                        browser, "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
            });
            print("page parsed (DOMContentLoaded)", 1e3, () -> {
                browser.open(page);
                return number(browser, "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
            });
            print("samples listed", 1e3, () -> {
                browser.open(page);
                listed(browser);
                return number(browser, "return performance.now()");
            });
            print("filter: flips of two models", 1, () -> filter(browser, "flip", "flips", "gained"));
            print("filter: group", 1, () -> filter(browser, "group", "subject_7", "subject_20"));
            print("search, the first one, typed 0.3 s after a click into the field", 1, () -> {
                browser.open(page);
                listed(browser);
                pause(browser, "document.querySelector('[data-filters=samples]').elements.text.focus();");
                return filter(browser, "text", "zzz", "zzz");
            });
            print("search, the first one, typed at once", 1, () -> {
                browser.open(page);
                listed(browser);
                pause(browser, "");
                return filter(browser, "text", "zzz", "zzz");
            });
            print("search, texts unpacked before", 1, () -> filter(browser, "text", "ba", "zzz"));
            print("open a sample", 1, () -> open(browser));
            System.out.println("problems: " + browser.problems());
        }
    }

    private static void listed(Browser browser) {
        browser.await(() -> !browser.driver()
                .findElements(By.cssSelector("#sample-list .option[aria-posinset]"))
                .isEmpty());
    }

    private static void pause(Browser browser, String script) {
        browser.driver().executeAsyncScript(script + "setTimeout(arguments[0], 300)");
    }

    /** From the event to the frame after the list has changed. */
    private static double filter(Browser browser, String field, String one, String other) {
        Object time = browser.driver().executeAsyncScript("""
                const [field, one, other, done] = arguments, form = document.querySelector('[data-filters=samples]');
                const element = form.elements[field], output = form.querySelector('output'), start = performance.now();
                element.value = element.value === one ? other : one;
                let said = output.value;
                output.value = '';
                element.dispatchEvent(new Event('input', {bubbles: true}));
                const wait = () => / of /.test(output.value)
                    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))) : setTimeout(wait, 0);
                wait();
                """, field, one, other);
        return ((Number) time).doubleValue();
    }

    private static double open(Browser browser) {
        Object time = browser.driver().executeAsyncScript("""
                const done = arguments[0], start = performance.now(), detail = document.getElementById('sample-detail');
                document.querySelector('[data-filters=samples]').elements.text.value = '';
                new MutationObserver((_, observer) => { observer.disconnect(); requestAnimationFrame(() => setTimeout(() =>
                    done(performance.now() - start))); }).observe(detail, {childList: true});
                const options = [...document.querySelectorAll('#sample-list .option')];
                options[Math.floor(Math.random() * options.length)].click();
                """);
        return ((Number) time).doubleValue();
    }

    private static double number(Browser browser, String script) {
        return ((Number) browser.script(script)).doubleValue();
    }

    private static void print(String what, double per, Supplier<Double> measured) {
        print(what, per, TIMES, measured);
    }

    private static void print(String what, double per, int times, Supplier<Double> measured) {
        double[] all = new double[times];
        Arrays.setAll(all, i -> measured.get());
        Arrays.sort(all);
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f %s (%.2f to %.2f)%n",
                what,
                all[times / 2] / per,
                per == 1 ? "ms" : "s",
                all[0] / per,
                all[times - 1] / per);
    }

    private static List<Path> existing(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return new ArrayList<>(entries.sorted().toList());
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(java.time.Duration::toNanos)
                .orElse(0L);
    }
}
