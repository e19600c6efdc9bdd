package org.tunebench.reports.samples;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.lineage.TracedItem;
import org.tunebench.reports.lineage.TracedRun;

/**
 * The samples of an experiment for a page.
 *
 * @param most characters that the page has of one text
 * @param cutTexts texts that are longer
 * @param items of all suites together
 * @param traced those whose near training examples are worth looking for, of each suite the most telling first
 */
public record ExplorerData(List<Suite> suites, int most, long cutTexts, int items, List<TracedItem> traced) {
    /** What samples may take of a page that is to be sent by mail. */
    public static final long MOST_BYTES = 22 << 20;

    /** Tried in turn until the page is small enough. */
    private static final List<Integer> LIMITS = List.of(20_000, 8_000, 4_000, 2_000, 1_000, 600, 400, 250, 150, 80);

    /** @param blocks of {@link Block#SIZE} items, each unpacked on its own */
    public record Suite(String name, String index, List<String> blocks) {}

    /** Items that are traced back to training examples, evenly over the suites. */
    private static final int MOST_TRACED = 2_000;

    /** Reads the samples of every suite that is compared. */
    public static ExplorerData of(Experiment experiment, long mostBytes) {
        List<PackedSuite> packed = new ArrayList<>();
        boolean traces = experiment.runs().stream().anyMatch(TracedRun::isTraceable);
        List<TracedItem> traced = new ArrayList<>();
        int count = 0;
        for (String suite : experiment.suites().keySet()) {
            SuiteItems items = items(experiment, suite);
            PackedSuite one = PackedSuite.of(items, new Texts(Texts.LONGEST), LIMITS);
            if (!one.blocks().isEmpty()) {
                packed.add(one);
                count += items.items().size();
                if (traces) {
                    traced.addAll(
                            Traced.of(items, MOST_TRACED / experiment.suites().size()));
                }
            }
        }
        int most = Texts.LONGEST;
        for (int limit : LIMITS) {
            if (size(packed) <= mostBytes) {
                break;
            }
            if (packed.stream().mapToLong(suite -> suite.sizeAt(limit)).sum() <= mostBytes || limit == least()) {
                most = limit;
                packed.replaceAll(suite -> pack(experiment, suite.suite(), limit));
            }
        }
        return new ExplorerData(
                packed.stream()
                        .map(suite -> new Suite(suite.suite(), suite.index(), suite.blocks()))
                        .toList(),
                most,
                packed.stream().mapToLong(PackedSuite::cutTexts).sum(),
                count,
                traced);
    }

    /** Writes the texts that the page has only the start of: one JSON object a line, gzip. */
    public void writeCut(Experiment experiment, Path file) {
        Texts texts = new Texts(most);
        AtomicFiles.write(file, temporary -> {
            try (Writer out = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(temporary), 1 << 16), StandardCharsets.UTF_8))) {
                for (Suite suite : suites) {
                    write(items(experiment, suite.name()), texts, out);
                }
            }
        });
    }

    private static void write(SuiteItems suite, Texts texts, Writer out) throws IOException {
        List<String> runs = suite.runs().stream().map(run -> run.name()).toList();
        for (Item item : suite.items()) {
            for (PackedSuite.ItemText text : PackedSuite.ItemText.of(item, runs)) {
                if (texts.cuts(text.text())) {
                    Whole line = new Whole(suite.suite(), item.id(), text.run(), text.part(), text.text());
                    out.write(Json.text(line, false) + "\n");
                }
            }
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Whole(String suite, String id, @Nullable String run, String part, String text) {}

    private static PackedSuite pack(Experiment experiment, String suite, int limit) {
        return PackedSuite.of(items(experiment, suite), new Texts(limit), LIMITS);
    }

    private static SuiteItems items(Experiment experiment, String suite) {
        return SuiteItems.read(suite, Objects.requireNonNull(experiment.suites().get(suite)), experiment.runs());
    }

    private static long size(List<PackedSuite> packed) {
        return packed.stream().mapToLong(PackedSuite::size).sum();
    }

    private static int least() {
        return LIMITS.get(LIMITS.size() - 1);
    }
}
