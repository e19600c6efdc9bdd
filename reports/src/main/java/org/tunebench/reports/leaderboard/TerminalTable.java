package org.tunebench.reports.leaderboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.reports.run.SuiteMetric;

/**
 * A leaderboard for a terminal: a line a suite, a column a model, the base first and then best to worst. Models that do not
 * fit into {@value #WIDTH} characters go into further blocks below.
 */
final class TerminalTable {
    private static final int WIDTH = 120;
    /** A longer name is broken after its separators. */
    private static final int HEADING_WIDTH = 12;

    /** @param cells one a line of the table */
    private record Column(List<String> heading, List<String> cells) {
        int width() {
            return Stream.concat(heading.stream(), cells.stream())
                    .mapToInt(TerminalTable::length)
                    .max()
                    .orElse(0);
        }
    }

    private final Leaderboard leaderboard;
    private final Column names;
    private final Column units;

    private TerminalTable(Leaderboard leaderboard) {
        this.leaderboard = leaderboard;
        List<String> suites = new ArrayList<>(leaderboard.suites().keySet());
        suites.addAll(List.of("won : lost", "supervised tokens", "training time"));
        List<String> metrics = new ArrayList<>(
                leaderboard.suites().values().stream().map(TerminalTable::unit).toList());
        metrics.addAll(Collections.nCopies(3, ""));
        names = new Column(List.of("suite"), suites);
        units = new Column(List.of("metric"), metrics);
    }

    static String of(Leaderboard leaderboard) {
        return new TerminalTable(leaderboard).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        List<Column> block = new ArrayList<>();
        int labels = names.width() + 2 + units.width();
        int width = labels;
        for (Row row : leaderboard.rows()) {
            Column column = column(row);
            if (!block.isEmpty() && width + 1 + column.width() > WIDTH) {
                text.append(block(block, width)).append('\n');
                block.clear();
                width = labels;
            }
            block.add(column);
            width += 1 + column.width();
        }
        return text.append(block(block, width)).append(legend()).toString();
    }

    private String block(List<Column> columns, int width) {
        int heading = columns.stream().mapToInt(c -> c.heading().size()).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (int i = heading - 1; i >= 0; i--) {
            int fromBelow = i;
            line(
                    text,
                    left(heading(names, fromBelow), names.width()),
                    left(heading(units, fromBelow), units.width()),
                    columns.stream()
                            .map(c -> right(heading(c, fromBelow), c.width()))
                            .toList());
        }
        String rule = "\u2500".repeat(width) + "\n";
        text.append(rule);
        for (int i = 0; i < names.cells().size(); i++) {
            int row = i;
            if (row == leaderboard.suites().size()) {
                text.append(rule);
            }
            line(
                    text,
                    left(names.cells().get(row), names.width()),
                    left(units.cells().get(row), units.width()),
                    columns.stream()
                            .map(c -> right(c.cells().get(row), c.width()))
                            .toList());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String unit, List<String> cells) {
        StringBuilder line = new StringBuilder(name).append("  ").append(unit);
        cells.forEach(cell -> line.append(' ').append(cell));
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String heading(Column column, int fromBelow) {
        int line = column.heading().size() - 1 - fromBelow;
        return line < 0 ? "" : column.heading().get(line);
    }

    /** Every cell ends with its mark or a space, so that numbers stand below each other. */
    private Column column(Row row) {
        List<String> heading = new ArrayList<>(broken(row.name()));
        if (row.isBaseline()) {
            heading.add("(base)");
        }
        if (!row.seeds().isEmpty()) {
            heading.add(row.seeds().size() + " seeds");
        }
        List<String> cells = new ArrayList<>();
        leaderboard.suites().forEach((suite, metric) -> cells.add(cell(metric, row.cells(), suite)));
        cells.add(row.won() + " : " + row.lost() + " ");
        cells.add(Figures.count(row.cost().supervisedTokens()) + " ");
        cells.add(Figures.time(row.cost().seconds()) + " ");
        return new Column(heading.stream().map(line -> line + " ").toList(), cells);
    }

    private static String cell(SuiteMetric metric, Map<String, Cell> cells, String suite) {
        String cell = LeaderboardText.cell(metric, cells, suite);
        return cell.equals(Figures.NONE) ? cell + " " : cell;
    }

    /** A name in lines of at most {@link #HEADING_WIDTH} characters where its separators allow it. */
    static List<String> broken(String name) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : name.split("(?<=[-_./ ])", 0)) {
            if (line.length() > 0 && length(line + part) > HEADING_WIDTH) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(part);
        }
        lines.add(line.toString().strip());
        return lines;
    }

    private static String unit(SuiteMetric metric) {
        return switch (metric.scale()) {
            case SHARE -> metric.name() + " %";
            case RATING -> metric.name() + " 1\u201310";
            case PERPLEXITY -> "per token \u2193";
            case QUANTITY -> metric.name();
            case LOSS -> metric.name() + " \u2193";
        };
    }

    private String legend() {
        boolean perplexity = leaderboard.suites().values().stream().anyMatch(SuiteMetric::lowerIsBetter);
        return "\u00b1   half the width of the 95 % interval\n"
                + "*   best of its suite;  ~  not told apart from the best by the paired test (p \u2265 0.05 after Holm)\n"
                + (perplexity ? "\u2193   perplexity: lower is better\n" : "")
                + "won : lost   comparisons with the other models that the tests decide, over all suites\n";
    }

    private static String left(String text, int width) {
        return text + " ".repeat(width - length(text));
    }

    private static String right(String text, int width) {
        return " ".repeat(width - length(text)) + text;
    }

    private static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
