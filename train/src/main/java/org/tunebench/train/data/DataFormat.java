package org.tunebench.train.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tunebench.core.input.InputException;

/** The layouts of instruction data that can be read, under the names that recipes call them by. */
public enum DataFormat {
    ALPACA(new AlpacaFormat()),
    MESSAGES(new MessagesFormat()),
    PROMPT_COMPLETION(new PromptCompletionFormat()),
    RAW_TEXT(new RawTextFormat());

    private final RecordFormat reader;

    DataFormat(RecordFormat reader) {
        this.reader = reader;
    }

    RecordFormat reader() {
        return reader;
    }

    /** The name in recipes, e.g. {@code prompt_completion}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a file by the fields of its first record.
     *
     * @throws InputException when no format or more than one has all its fields there
     */
    static DataFormat detect(DataRecord first) {
        List<DataFormat> fitting = Arrays.stream(values())
                .filter(f -> f.reader.required().stream().allMatch(first::has))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String known = Arrays.stream(values())
                .map(f -> f.id() + " (" + String.join(", ", f.reader.required()) + ")")
                .collect(Collectors.joining(", "));
        String what = fitting.isEmpty() ? "no known format" : "more than one format";
        throw first.refused(
                what + " fits a record with the fields " + String.join(", ", first.fieldNames()),
                "Write format: in the recipe's data entry, with columns: where field names differ. Known: " + known);
    }
}
