package org.tunebench.train.data.file;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;
import org.tunebench.core.input.InputException;

/**
 * A record that cannot be used.
 *
 * @param line the line at which it begins, counted from 1
 * @param reason what is wrong with it, in one sentence
 * @param mend what can be done about it
 */
public record BadRecord(
        @JsonSerialize(using = ToStringSerializer.class) Path file, int line, String reason, String mend) {

    /** A record that its format refused. */
    public static BadRecord of(DataRecord row, InputException refusal) {
        String place = refusal.where().startsWith(row.where() + ", ")
                ? refusal.where().substring(row.where().length() + 2) + ": "
                : "";
        return new BadRecord(row.file(), row.line(), place + refusal.what(), refusal.mend());
    }

    /** File and line. */
    public String where() {
        return file + " line " + line;
    }
}
