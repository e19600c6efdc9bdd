package org.tunebench.eval.rating;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/** A workbook as Excel, LibreOffice and their like save it. Sheets without our columns are passed over. */
final class ReturnedWorkbook {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private ReturnedWorkbook() {}

    static void read(Path file, Set<String> ids, ReturnedFile into) {
        boolean found = false;
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                found |= ReturnedTable.read(into.name() + ", sheet " + sheet.getName(), rows(sheet), ids, into);
            }
        } catch (IOException | RuntimeException e) {
            throw new InputException(
                    "not a whole .xlsx workbook: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    file.toString(),
                    "Save it as .xlsx or CSV in the spreadsheet program",
                    e);
        }
        if (!found) {
            into.refuse(1, null, ReturnedTable.NO_HEADER);
        }
    }

    /** Rows by number: those that the workbook leaves out are empty. */
    private static List<List<String>> rows(Sheet sheet) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (Stream<Row> stream = sheet.openStream()) {
            for (Row row : (Iterable<Row>) stream::iterator) {
                while (rows.size() < row.getRowNum() - 1) {
                    rows.add(List.of());
                }
                List<String> cells = new ArrayList<>();
                for (int column = 0; column < row.getCellCount(); column++) {
                    cells.add(text(row.getCell(column)));
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        String text = cell.getType() == CellType.NUMBER ? cell.asNumber().toPlainString() : cell.getText();
        return text == null
                ? ""
                : ESCAPED.matcher(text)
                        .replaceAll(m ->
                                Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(m.group(1), 16))));
    }
}
