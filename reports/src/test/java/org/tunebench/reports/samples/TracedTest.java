package org.tunebench.reports.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.reports.lineage.TracedItem;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;
import org.tunebench.reports.testing.SmallRuns;

class TracedTest {
    private static final SuiteMetric ACCURACY = new SuiteMetric("acc", SuiteMetric.Scale.SHARE);

    @TempDir
    Path directory;

    @Test
    void of_itemsOnWhichTheMostPairsOfRunsDiffer_comeFirst() {
        SmallRuns runs = new SmallRuns(directory);
        List<Run> all = List.of(
                Run.read(runs.base("base", "0011")),
                Run.read(runs.run("a", 1, "0111")),
                Run.read(runs.run("b", 1, "0101")),
                Run.read(runs.run("c", 1, "0001")));

        // of six pairs 0, 4, 4 and 0 differ
        assertThat(Traced.of(SuiteItems.read("mmlu", ACCURACY, all), 3))
                .extracting(TracedItem::item)
                .containsExactly(1, 2, 0);
    }

    @Test
    void of_words_areThoseOfTheQuestionAndItsRightAnswer_withoutTheFormThatAllShare() {
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            samples.add(new SampleRecord(
                    "item" + i,
                    null,
                    "Padding ".repeat(300) + "Question: What is Thing" + i + "?\nAnswer:",
                    List.of("wrong" + i, "right" + i),
                    null,
                    null,
                    null,
                    0,
                    1,
                    Map.of("acc", 0.0),
                    null));
        }
        Path folder = new SmallRuns(directory).write("base", null, "", 1, Map.of("mmlu", samples), "1");

        assertThat(Traced.of(SuiteItems.read("mmlu", ACCURACY, List.of(Run.read(folder))), 12))
                .hasSize(12)
                .startsWith(
                        new TracedItem("mmlu", 0, List.of("thing0", "right0")),
                        new TracedItem("mmlu", 1, List.of("thing1", "right1")));
    }
}
