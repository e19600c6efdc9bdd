package org.tunebench.eval.rating;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Ratings;

/**
 * What came back in one file, whatever program wrote it; told apart by what is in it, since names are changed on the way.
 *
 * @param rows with an id or anything else in them
 * @param unusable what of the file could not be read as rows
 */
record ReturnedFile(String name, List<ReturnedRow> rows, List<Ratings.Unusable> unusable) {
    private static final long MOST_BYTES = 512L << 20;

    /**
     * Reads a file.
     *
     * @param ids those of the key, by which the column of ids is found
     * @throws InputException where the file cannot be read at all
     */
    static ReturnedFile read(Path file, Set<String> ids) {
        byte[] bytes = bytes(file);
        String name = String.valueOf(file.getFileName());
        ReturnedFile returned = new ReturnedFile(name, new ArrayList<>(), new ArrayList<>());
        if (starts(bytes, 'P', 'K')) {
            ReturnedWorkbook.read(file, ids, returned);
        } else if (starts(bytes, 0xD0, 0xCF)) {
            throw new InputException(
                    "a workbook of Excel before 2007", file.toString(), "Save it as .xlsx in the spreadsheet program");
        } else {
            String text = SheetEncoding.decode(bytes);
            String start = text.stripLeading();
            if (start.startsWith("{") || start.startsWith("[")) {
                ReturnedJson.read(text, file, returned);
            } else {
                ReturnedCsv.read(text, ids, returned);
            }
        }
        return returned;
    }

    void refuse(long row, @Nullable String id, String reason) {
        unusable.add(new Ratings.Unusable(name, row, id, reason));
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InputException(
                        "larger than 512 MiB", file.toString(), "Give the sheet that the rater filled in");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InputException("the sheet cannot be read", file.toString(), "Check the path", e);
        }
    }

    private static boolean starts(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
