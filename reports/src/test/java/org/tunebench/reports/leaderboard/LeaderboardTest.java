package org.tunebench.reports.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.testing.SmallRuns;

class LeaderboardTest {
    @TempDir
    Path directory;

    private SmallRuns runs;

    @BeforeEach
    void runs() {
        runs = new SmallRuns(directory);
    }

    @Test
    void rows_areBaseFirst_thenByClearWins_withTheBestMarked() {
        Leaderboard leaderboard = leaderboard(
                runs.run("unmasked", 1, "0".repeat(16)),
                runs.run("masked", 1, "1".repeat(16)),
                runs.run("lora", 1, "0" + "1".repeat(15)),
                runs.base("base", "0".repeat(16)));
        assertThat(leaderboard.rows())
                .extracting(
                        Row::name,
                        Row::won,
                        Row::lost,
                        row -> row.cells().get("mmlu").mark())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("base", 0, 2, Cell.Mark.BEHIND),
                        org.assertj.core.groups.Tuple.tuple("masked", 2, 0, Cell.Mark.BEST),
                        org.assertj.core.groups.Tuple.tuple("lora", 2, 0, Cell.Mark.NOT_TOLD_APART),
                        org.assertj.core.groups.Tuple.tuple("unmasked", 0, 2, Cell.Mark.BEHIND));
    }

    @Test
    void seeds_areAveraged_andKeepARowEach() {
        Leaderboard leaderboard = leaderboard(runs.run("masked", 1, "0001"), runs.run("masked", 2, "0111"));
        Row row = leaderboard.rows().get(0);
        assertThat(row.cells().get("mmlu").value()).isEqualTo(0.5);
        assertThat(row.seeds()).extracting(Row::name).containsExactly("masked-1", "masked-2");
        assertThat(row.seeds())
                .extracting(seed -> seed.cells().get("mmlu").value())
                .containsExactly(0.25, 0.75);
        // the bounds are the mean of the seeds' own Wilson bounds
        Cell one = row.seeds().get(0).cells().get("mmlu");
        Cell two = row.seeds().get(1).cells().get("mmlu");
        assertThat(row.cells().get("mmlu").ci95().lo())
                .isEqualTo((one.ci95().lo() + two.ci95().lo()) / 2);
    }

    @Test
    void text_isAnAlignedTable() {
        // Wilson at 4 of 4: .5101 to 1; at 1 of 4: .0456 to .6994
        assertThat(leaderboard(runs.base("base", "0001"), runs.run("masked", 1, "1111"))
                        .toText())
                .isEqualTo("""
                                                        base
                        suite              metric     (base)       masked
                        ──────────────────────────────────────────────────
                        mmlu               acc %  25.0 ±32.7~ 100.0 ±24.5*
                        ──────────────────────────────────────────────────
                        won : lost                     0 : 0        0 : 0
                        supervised tokens                  –         1.0k
                        training time                      –   1 min 30 s
                        ±   half the width of the 95 % interval
                        *   best of its suite;  ~  not told apart from the best by the paired test (p ≥ 0.05 after Holm)
                        won : lost   comparisons with the other models that the tests decide, over all suites
                        """);
    }

    @Test
    void text_ofManyModels_goesOnInABlockBelow() {
        Path[] folders = new Path[12];
        for (int i = 0; i < folders.length; i++) {
            folders[i] = runs.run("a_recipe_of_length_" + i, 1, "0011");
        }
        List<String> lines = leaderboard(folders).toText().lines().toList();
        assertThat(lines).allMatch(line -> line.length() <= 120);
        assertThat(lines).filteredOn(line -> line.startsWith("mmlu ")).hasSize(2);
        assertThat(String.join("\n", lines)).contains("a_recipe_of_", "length_11");
    }

    @Test
    void name_isBrokenAfterItsSeparators() {
        assertThat(TerminalTable.broken("held_out_phrasings")).containsExactly("held_out_", "phrasings");
        assertThat(TerminalTable.broken("one_template")).containsExactly("one_template");
        assertThat(TerminalTable.broken("withoutanyseparator")).containsExactly("withoutanyseparator");
    }

    @Test
    void csv_hasFullPrecision_andQuotesWhatASpreadsheetWouldRun() {
        Path hostile = runs.write("x", "=cmd(), \"a\"", "mask: all\n", 1, Map.of("mmlu", SmallRuns.right("011")), "1");
        List<String> lines =
                leaderboard(runs.base("base", "001"), hostile).toCsv().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo("name,kind,won,lost,mmlu.acc,mmlu.acc.lo95,mmlu.acc.hi95,mmlu.acc.n,mmlu.acc.mark,"
                        + "supervised_tokens,real_tokens,train_seconds,train_joules");
        assertThat(lines.get(1))
                .startsWith("base,base,0,0,0.3333333333333333,0.0614919447203962")
                .endsWith(",3,not_told_apart,,,,");
        assertThat(lines.get(2)).startsWith("\"'=cmd(), \"\"a\"\"\",recipe,0,0,0.6666666666666666,");
    }

    @Test
    void markdown_escapesWhatWouldBreakTheTable() {
        Path hostile = runs.write("x", "a|b <i>", "mask: all\n", 1, Map.of("mmlu", SmallRuns.right("011")), "1");
        assertThat(leaderboard(hostile).toMarkdown()).contains("| a\\|b &lt;i> | 66.7 ±");
    }

    @Test
    void oneModelOnly_isNeitherBestNorBehind() {
        String text = leaderboard(runs.base("base", "0001")).toText();
        assertThat(text.lines().toList().get(3))
                .startsWith("mmlu               acc %  25.0 ±32.7")
                .doesNotContain("*");
    }

    private static Leaderboard leaderboard(Path... folders) {
        Experiment experiment = Experiment.read(List.of(folders));
        return Leaderboard.of(experiment, Comparison.of(experiment));
    }
}
