package org.tunebench.reports.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.testing.BigRuns;

class ExplorerDataTest {
    @TempDir
    Path directory;

    @Test
    void texts_areWhole_whereThereIsRoom() {
        Experiment experiment = Experiment.read(BigRuns.write(directory, 2, 400));
        ExplorerData data = ExplorerData.of(experiment, ExplorerData.MOST_BYTES);
        assertThat(data.cutTexts()).isZero();
        assertThat(data.suites())
                .extracting(ExplorerData.Suite::name)
                .containsExactly("mmlu", "hellaswag", "truthfulqa_mc", "gsm8k", "long_answers");
        // 280 items in blocks of 128
        assertThat(data.suites().get(0).blocks()).hasSize(3);
    }

    @Test
    void texts_areCutToTheLongestStartThatFits_andWrittenWholeBeside() throws Exception {
        Experiment experiment = Experiment.read(BigRuns.write(directory, 4, 400));
        long whole = size(ExplorerData.of(experiment, ExplorerData.MOST_BYTES));
        ExplorerData cut = ExplorerData.of(experiment, whole * 8 / 10);
        assertThat(size(cut)).isLessThanOrEqualTo(whole * 8 / 10);
        assertThat(cut.most()).isLessThan(1000);
        assertThat(cut.cutTexts()).isPositive();
        Path file = directory.resolve("texts.jsonl.gz");
        cut.writeCut(experiment, file);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(lines).hasSize((int) cut.cutTexts());
            assertThat(lines).allMatch(line -> line.length() > cut.most());
        }
    }

    private static long size(ExplorerData data) {
        return data.suites().stream()
                .mapToLong(suite -> suite.index().length()
                        + suite.blocks().stream().mapToLong(String::length).sum())
                .sum();
    }
}
