package org.tunebench.eval.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.tunebench.core.input.InputException;

/**
 * MMLU's original folders (hendrycks/test): {@code dev/<subject>_dev.csv} and {@code test/<subject>_test.csv}, without header,
 * columns question, A, B, C, D, answer letter.
 */
final class MmluFiles {
    static final List<String> LETTERS = List.of("A", "B", "C", "D");
    private static final List<String> COLUMNS = List.of("question", "A", "B", "C", "D", "answer");

    private final SuiteData data;
    private final Path folder;

    MmluFiles(SuiteData data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    /** A row: a question with four choices, the index of the right one. */
    record Row(String question, List<String> choices, int answer) {}

    /** Subjects with a test file, by name. */
    List<String> subjects() {
        List<String> subjects = data.filesEnding(folder.resolve("test"), "_test.csv").stream()
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.length() - "_test.csv".length()))
                .sorted()
                .toList();
        if (subjects.isEmpty()) {
            throw new InputException(
                    "no file <subject>_test.csv in the folder",
                    "suite data " + folder.resolve("test"),
                    "Name the folder that holds MMLU's dev and test folders");
        }
        return subjects;
    }

    List<Row> test(String subject) {
        return read(folder.resolve("test").resolve(subject + "_test.csv"));
    }

    /** The first rows of the subject's dev file, in file order. */
    List<Row> shots(String subject, int shots) {
        if (shots == 0) {
            return List.of();
        }
        Path file = folder.resolve("dev").resolve(subject + "_dev.csv");
        List<Row> rows = read(file);
        if (rows.size() < shots) {
            throw new InputException(
                    shots + " shots asked, the file has " + rows.size() + " rows",
                    data.where(file),
                    "Ask for at most " + rows.size());
        }
        return rows.subList(0, shots);
    }

    private List<Row> read(Path file) {
        return CsvFile.lines(data, file).stream().map(MmluFiles::row).toList();
    }

    private static Row row(CsvFile.Line line) {
        CsvFile.requireColumns(line, COLUMNS);
        CSVRecord columns = line.columns();
        String where = line.where();
        int answer = LETTERS.indexOf(columns.get(5).strip());
        if (answer < 0) {
            throw new InputException(
                    "answer '" + columns.get(5) + "' is not a letter A–D",
                    where,
                    "Use the original layout: no header row, the answer as a letter");
        }
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < LETTERS.size(); i++) {
            if (columns.get(i + 1).isBlank()) {
                throw new InputException("choice " + LETTERS.get(i) + " is empty", where, "Fill it in");
            }
            choices.add(columns.get(i + 1));
        }
        if (columns.get(0).isBlank()) {
            throw new InputException("the question is empty", where, "Fill it in");
        }
        return new Row(columns.get(0), choices, answer);
    }
}
