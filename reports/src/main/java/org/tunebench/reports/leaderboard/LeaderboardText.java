package org.tunebench.reports.leaderboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.tunebench.reports.run.SuiteMetric;

/** A leaderboard as CSV and Markdown. */
final class LeaderboardText {
    private static final String LEGEND =
            "* best of its suite; ~ not told apart from the best by the paired test (p ≥ 0.05 after Holm)\n";

    private LeaderboardText() {}

    static String markdown(Leaderboard leaderboard) {
        List<List<String>> lines = table(leaderboard);
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append(
                    line.stream().map(LeaderboardText::markdownCell).collect(Collectors.joining(" | ", "| ", " |\n")));
            if (line == lines.get(0)) {
                text.append("|---").append("|---:".repeat(line.size() - 1)).append("|\n");
            }
        }
        return text.append('\n')
                .append(LEGEND.replace("*", "\\*").replace("~", "\\~"))
                .toString();
    }

    static String csv(Leaderboard leaderboard) {
        List<String> header = new ArrayList<>(List.of("name", "kind", "won", "lost"));
        leaderboard.suites().forEach((suite, metric) -> {
            String column = suite + "." + metric.name();
            header.addAll(List.of(column, column + ".lo95", column + ".hi95", column + ".n", column + ".mark"));
        });
        header.addAll(List.of("supervised_tokens", "real_tokens", "train_seconds", "train_joules"));
        StringBuilder text = new StringBuilder(csvLine(header));
        for (Row row : leaderboard.rows()) {
            text.append(csvLine(csvRow(leaderboard, row, kind(row))));
            row.seeds().forEach(seed -> text.append(csvLine(csvRow(leaderboard, seed, "run"))));
        }
        return text.toString();
    }

    private static String kind(Row row) {
        return row.isBaseline() ? "base" : row.isFromHarness() ? "lm-eval" : "recipe";
    }

    private static List<List<String>> table(Leaderboard leaderboard) {
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("recipe"));
        leaderboard
                .suites()
                .forEach((suite, metric) -> header.add(suite + " " + metric.name()
                        + (metric.scale() == SuiteMetric.Scale.SHARE
                                ? " %"
                                : metric.lowerIsBetter() ? " (lower is better)" : "")));
        header.addAll(List.of("won:lost", "tokens", "training"));
        lines.add(header);
        for (Row row : leaderboard.rows()) {
            List<String> line = new ArrayList<>();
            line.add(row.name()
                    + (row.isBaseline() ? " (base)" : "")
                    + (row.seeds().isEmpty() ? "" : " (" + row.seeds().size() + " seeds)"));
            leaderboard.suites().forEach((suite, metric) -> line.add(cell(metric, row.cells(), suite)));
            line.add(row.won() + ":" + row.lost());
            line.add(Figures.count(row.cost().supervisedTokens()));
            line.add(Figures.time(row.cost().seconds()));
            lines.add(line);
        }
        return lines;
    }

    static String cell(SuiteMetric metric, Map<String, Cell> cells, String suite) {
        Cell cell = cells.get(suite);
        if (cell == null) {
            return Figures.NONE;
        }
        String mark = switch (cell.mark()) {
            case BEST -> "*";
            case NOT_TOLD_APART -> "~";
            case BEHIND, NOT_COMPARED -> " ";
        };
        return (Figures.score(metric, cell.value()) + " " + Figures.plusMinus(metric, cell)).strip() + mark;
    }

    private static List<String> csvRow(Leaderboard leaderboard, Row row, String kind) {
        List<String> line =
                new ArrayList<>(List.of(row.name(), kind, Integer.toString(row.won()), Integer.toString(row.lost())));
        for (String suite : leaderboard.suites().keySet()) {
            Cell cell = row.cells().get(suite);
            if (cell == null) {
                line.addAll(List.of("", "", "", "", ""));
                continue;
            }
            line.add(Double.toString(cell.value()));
            line.add(cell.ci95() == null ? "" : Double.toString(cell.ci95().lo()));
            line.add(cell.ci95() == null ? "" : Double.toString(cell.ci95().hi()));
            line.add(Long.toString(cell.n()));
            line.add(kind.equals("run") ? "" : cell.mark().name().toLowerCase(java.util.Locale.ROOT));
        }
        line.add(number(row.cost().supervisedTokens()));
        line.add(number(row.cost().realTokens()));
        line.add(number(row.cost().seconds()));
        line.add(number(row.cost().joules()));
        return line;
    }

    private static String number(OptionalDouble number) {
        return number.isEmpty() ? "" : Double.toString(number.getAsDouble());
    }

    /** Quoted as in RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe in front. */
    private static String csvLine(List<String> fields) {
        return fields.stream()
                .map(field -> field.matches("(?s)[=+@\\t\\r].*|-\\D.*") ? "'" + field : field)
                .map(field -> field.matches("(?s).*[\",\\r\\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String markdownCell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("~", "\\~")
                .replaceAll("\\R", " ")
                .strip();
    }
}
