package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.tunebench.core.record.AtomicFiles;

/** {@code <rater>.csv}, and {@code <rater>-pairs.csv} where pairs are compared; with a byte order mark, which Excel needs. */
final class CsvSheet implements SheetWriter {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setQuoteMode(QuoteMode.ALL).get();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Override
    public List<Path> write(RaterSheet sheet, Path folder) {
        Path own = folder.resolve(sheet.rater());
        List<Path> files = new ArrayList<>(List.of(own.resolve(sheet.rater() + ".csv")));
        AtomicFiles.write(
                files.get(0),
                table(
                        SheetColumns.ofRatings(),
                        sheet.ratings().stream().map(SheetColumns::cells).toList()));
        if (!sheet.pairs().isEmpty()) {
            files.add(own.resolve(sheet.rater() + "-pairs.csv"));
            AtomicFiles.write(
                    files.get(1),
                    table(
                            SheetColumns.ofPairs(),
                            sheet.pairs().stream().map(SheetColumns::cells).toList()));
        }
        return files;
    }

    private static String table(List<String> columns, List<List<String>> rows) {
        StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
        text.append(FORMAT.format(columns.stream().map(SheetColumns::heading).toArray()))
                .append("\r\n");
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            cells.addAll(Collections.nCopies(columns.size() - row.size(), ""));
            text.append(FORMAT.format(cells.toArray())).append("\r\n");
        }
        return text.toString();
    }
}
