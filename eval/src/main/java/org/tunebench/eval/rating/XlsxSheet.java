package org.tunebench.eval.rating;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.DataValidationErrorStyle;
import org.dhatim.fastexcel.ProtectionOption;
import org.dhatim.fastexcel.SheetProtectionOption;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Ratings.Choice;

/**
 * {@code <rater>.xlsx}: a sheet of responses, one of pairs, the instructions. What a rater fills in is open and has a list
 * to choose from; everything else is protected, against slips of the hand. No cell is a formula.
 */
final class XlsxSheet implements SheetWriter {
    /** What a reader of workbooks takes for an escaped character. */
    private static final Pattern ESCAPED = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private static final String HEADER_FILL = "FFE8F0FA";
    private static final String OPEN_FILL = "FFFFFBE6";
    private static final String LINE = "FFC8CED6";
    /** No secret: it keeps from slips of the hand. Not empty, since Excel wants four digits of its hash. */
    static final String PASSWORD = "rating";

    /** What a protected sheet refuses; columns and rows may be made wider. */
    private static final Set<SheetProtectionOption> LOCKED = EnumSet.of(
            SheetProtectionOption.SHEET,
            SheetProtectionOption.FORMAT_CELLS,
            SheetProtectionOption.INSERT_COLUMNS,
            SheetProtectionOption.INSERT_ROWS,
            SheetProtectionOption.INSERT_HYPERLINKS,
            SheetProtectionOption.DELETE_COLUMNS,
            SheetProtectionOption.DELETE_ROWS,
            SheetProtectionOption.SORT,
            SheetProtectionOption.AUTO_FILTER,
            SheetProtectionOption.PIVOT_TABLES);

    private static final double LINE_HEIGHT = 15;
    private static final double MOST_HEIGHT = 300;

    @Override
    public List<Path> write(RaterSheet sheet, Path folder) {
        Path file = folder.resolve(sheet.rater()).resolve(sheet.rater() + ".xlsx");
        AtomicFiles.write(file, temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary);
                    Workbook workbook = new Workbook(out, "Tunebench", "1.0")) {
                write(sheet, workbook);
            }
        });
        return List.of(file);
    }

    private static void write(RaterSheet sheet, Workbook workbook) throws IOException {
        table(
                workbook.newWorksheet("Ratings"),
                SheetColumns.ofRatings(),
                sheet.ratings().stream().map(SheetColumns::cells).toList());
        if (!sheet.pairs().isEmpty()) {
            table(
                    workbook.newWorksheet("Pairs"),
                    SheetColumns.ofPairs(),
                    sheet.pairs().stream().map(SheetColumns::cells).toList());
        }
        Worksheet instructions = workbook.newWorksheet("Instructions");
        instructions.width(0, 110);
        List<String> lines = Instructions.text(!sheet.pairs().isEmpty()).lines().toList();
        for (int row = 0; row < lines.size(); row++) {
            instructions.inlineString(row, 0, lines.get(row));
        }
        instructions.finish();
    }

    private static void table(Worksheet worksheet, List<String> columns, List<List<String>> rows) throws IOException {
        for (int column = 0; column < columns.size(); column++) {
            worksheet.inlineString(0, column, SheetColumns.heading(columns.get(column)));
            worksheet.width(column, width(columns.get(column)));
        }
        worksheet
                .range(0, 0, 0, columns.size() - 1)
                .style()
                .bold()
                .wrapText(true)
                .verticalAlignment("top")
                .fillColor(HEADER_FILL)
                .set();
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = rows.get(row);
            double height = LINE_HEIGHT;
            for (int column = 0; column < cells.size(); column++) {
                worksheet.inlineString(row + 1, column, escaped(cells.get(column)));
                height = Math.max(height, height(cells.get(column), width(columns.get(column))));
            }
            worksheet.rowHeight(row + 1, height);
        }
        if (!rows.isEmpty()) {
            int given = rows.get(0).size();
            worksheet
                    .range(1, 0, rows.size(), given - 1)
                    .style()
                    .wrapText(true)
                    .verticalAlignment("top")
                    .borderStyle("thin")
                    .borderColor(LINE)
                    .set();
            open(worksheet, columns, given, rows.size());
        }
        worksheet.freezePane(1, 1);
        worksheet.protect(PASSWORD, LOCKED);
        worksheet.finish();
    }

    /** The cells to fill in, from column {@code given} on. */
    private static void open(Worksheet worksheet, List<String> columns, int given, int rows) {
        worksheet
                .range(1, given, rows, columns.size() - 1)
                .style()
                .protectionOption(ProtectionOption.LOCKED, false)
                .wrapText(true)
                .verticalAlignment("top")
                .fillColor(OPEN_FILL)
                .borderStyle("thin")
                .borderColor(LINE)
                .set();
        for (int column = given; column < columns.size(); column++) {
            String list = list(columns.get(column));
            if (!list.isEmpty()) {
                worksheet
                        .range(1, column, rows, column)
                        .validateWithListByFormula("\"" + list + "\"")
                        .allowBlank(true)
                        .showDropdown(true)
                        .showErrorMessage(true)
                        .errorStyle(DataValidationErrorStyle.STOP)
                        .errorTitle("Not one of the choices")
                        .error("Choose one of " + list.replace(",", ", ") + ", or leave the cell empty.");
            }
        }
    }

    private static String list(String column) {
        if (Dimension.ids().contains(column)) {
            return IntStream.rangeClosed(Dimension.LOWEST, Dimension.HIGHEST)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(","));
        }
        return column.equals(SheetColumns.PREFERENCE)
                ? Arrays.stream(Choice.values()).map(Preferences::label).collect(Collectors.joining(","))
                : "";
    }

    /** In characters. */
    private static double width(String column) {
        return switch (column) {
            case SheetColumns.PROMPT -> 45;
            case SheetColumns.RESPONSE -> 75;
            case SheetColumns.RESPONSE_A, SheetColumns.RESPONSE_B -> 60;
            case SheetColumns.PREFERENCE -> 16;
            case SheetColumns.COMMENT -> 30;
            default -> 14;
        };
    }

    /** What the text needs, in points, as far as one sees it at once. */
    private static double height(String text, double width) {
        double lines = text.lines()
                .mapToDouble(l -> Math.ceil((l.length() + 1) / width))
                .sum();
        return Math.min(MOST_HEIGHT, Math.max(1, lines) * LINE_HEIGHT);
    }

    private static String escaped(String text) {
        return ESCAPED.matcher(text).replaceAll("_x005F_");
    }
}
