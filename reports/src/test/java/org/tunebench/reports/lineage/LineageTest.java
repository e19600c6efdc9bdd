package org.tunebench.reports.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.testing.SmallRuns;

class LineageTest {
    private static final TracedItem PERU = new TracedItem("mmlu", 0, List.of("capital", "peru", "lima"));
    private static final TracedItem NONSENSE = new TracedItem("mmlu", 1, List.of("xyzzy"));

    @TempDir
    Path directory;

    @Test
    void of_examplesThatShareWords_areNearestFirst_withTheStepsThatSawThem() {
        Run run =
                run("masked", 1, "Lima is the capital of Peru.", "Water boils.", "The capital of Chile", "Peru, Lima");

        TracedRun traced =
                Lineage.of(List.of(run), List.of(PERU, NONSENSE)).runs().get(0);

        // n = 4: words of one example weigh ln(5/2), of two ln(5/3); the last example has both words of the one kind
        double two = Math.log(5 / 3.0);
        double item = Math.sqrt(3 * two * two);
        double one = Math.log(5 / 2.0);
        assertThat(traced.near().get(0)).extracting(Near::line).containsExactly(4, 1, 3);
        assertThat(traced.near().get(0).get(0).cosine())
                .isCloseTo(2 * two * two / (item * Math.sqrt(2 * two * two)), within(1e-6));
        // lima, capital, peru, the, of are in two each; is in one
        assertThat(traced.near().get(0).get(1).cosine())
                .isCloseTo(3 * two * two / (item * Math.sqrt(5 * two * two + one * one)), within(1e-6));
        assertThat(traced.near().get(1)).isEmpty();
        assertThat(traced.seen())
                .isEqualTo(Map.of(
                        1, new TracedRun.Seen(8, List.of(1, 2, 3, 4, 5, 6)),
                        3, new TracedRun.Seen(1, List.of(3)),
                        4, new TracedRun.Seen(1, List.of(4))));
    }

    @Test
    void of_wordsOfMoreThanAQuarter_countNothing() {
        String[] texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = (i < 11 ? "peru " : "chile ") + "number" + i;
        }
        TracedItem item = new TracedItem("mmlu", 0, List.of("peru", "number39"));

        TracedRun traced = Lineage.of(List.of(run("masked", 1, texts)), List.of(item))
                .runs()
                .get(0);

        assertThat(traced.near().get(0)).extracting(Near::line).containsExactly(40);
    }

    @Test
    void of_runsOnTheSameExamples_shareThem_andRunsWithoutAnyAreLeftOut() {
        Run base = Run.read(new SmallRuns(directory).base("base", "01"));
        Run one = run("masked", 1, "Peru", "Chile");
        Run other = run("masked", 2, "Peru", "Chile");
        Run third = run("few", 1, "Chile");

        List<TracedRun> traced =
                Lineage.of(List.of(base, one, other, third), List.of(PERU)).runs();

        assertThat(traced).extracting(TracedRun::name).containsExactly("masked-1", "masked-2", "few-1");
        assertThat(traced).extracting(TracedRun::data).containsExactly(0, 0, 1);
        assertThat(TracedRun.isTraceable(base)).isFalse();
    }

    @Test
    void of_examplesWithoutText_asOlderRunsHaveThem_areNearNothing() {
        Run run = run("masked", 1, null, null);

        assertThat(Lineage.of(List.of(run), List.of(PERU)).runs().get(0).near().get(0))
                .isEmpty();
    }

    /** A run whose step {@code n} sees the example {@code n}, and the first one. */
    private Run run(String recipe, int seed, @Nullable String... texts) {
        RunFolder folder = RunFolder.open(new SmallRuns(directory).run(recipe, seed, "01"));
        assertThat(Files.exists(folder.examplesFile())).isFalse();
        try (JsonLinesWriter examples = JsonLinesWriter.create(folder.examplesFile());
                JsonLinesWriter seen = JsonLinesWriter.create(folder.seenFile())) {
            for (int i = 0; i < texts.length; i++) {
                examples.write(
                        new ExampleRecord("a:" + (i + 1), 0, i + 1, null, null, null, Map.of(), 9, 3, null, texts[i]));
            }
            for (int step = 1; step <= 8; step++) {
                seen.write(new SeenRecord(step, step > 1 && step <= texts.length ? List.of(1, step) : List.of(1)));
            }
        }
        return Run.read(folder.path());
    }
}
