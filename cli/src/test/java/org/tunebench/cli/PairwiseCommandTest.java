package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.RunFolder;

/** Pairs of answers from the command line: in an experiment against the base, and of one run against another. */
class PairwiseCommandTest {
    @TempDir
    Path folder;

    @Test
    void compareAndEval_askedForPairs_writeThemIntoTheChallengersRun() throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), "{\"prompt\": \"one?\", \"completion\": \"two\"}\n".repeat(8));
        Files.writeString(
                folder.resolve("tuned.yaml"),
                "base: embedded\ndata: [{path: data.jsonl}]\ntemplate: paper\nmax_length: 64\nsteps: 2\n");
        Files.writeString(folder.resolve("own.yaml"), "name: own\ntype: judged\ndata: own.jsonl\nmax_new_tokens: 4\n");
        Files.writeString(
                folder.resolve("own.jsonl"),
                "{\"prompt\": \"one?\", \"target\": \"two\"}\n{\"prompt\": \"two?\", \"target\": \"three\"}\n");
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                "base: embedded\nrecipes: [tuned.yaml]\nsuites: {own.yaml: {pairwise: base}}\n");
        Path out = folder.resolve("out");
        for (String resume : List.of("--quiet", "--resume")) {
            assertThat(Main.run("compare", experiment.toString(), "--out", out.toString(), resume))
                    .isZero();
            assertThat(pairs(out.resolve("runs/tuned")))
                    .hasSize(2)
                    .allMatch(p -> p.opponent().equals("embedded"));
            assertThat(RunFolder.open(out.resolve("runs/base")).readPairwise()).isEmpty();
        }

        String[] eval = {
            "eval",
            "--quiet",
            "--model",
            "embedded",
            "--suites",
            folder.resolve("own.yaml").toString(),
            "--out",
            folder.resolve("again").toString(),
            "--against",
            out.resolve("runs/tuned").toString()
        };
        assertThat(Main.run(eval)).isZero();
        assertThat(pairs(folder.resolve("again")))
                .hasSize(2)
                .allMatch(p -> p.opponent().equals("tuned"));
        Object pairwise = RunFolder.open(folder.resolve("again"))
                .readResults()
                .orElseThrow()
                .suites()
                .get("own")
                .details()
                .get("pairwise");
        assertThat(pairwise).isInstanceOf(Map.class).asString().contains("tuned={n=2");
    }

    private static List<PairwiseRecord> pairs(Path run) {
        return RunFolder.open(run).readPairwise().get("own");
    }
}
