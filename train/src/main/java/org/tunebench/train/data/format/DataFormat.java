package org.tunebench.train.data.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.train.data.file.DataRecord;

/** The layouts of instruction data that can be read, under the names that recipes call them by. */
public enum DataFormat {
    ALPACA(AlpacaFormat.ALPACA),
    DOLLY(AlpacaFormat.DOLLY),
    SHAREGPT(new ShareGptFormat()),
    MESSAGES(new MessagesFormat()),
    PROMPT_COMPLETION(new PromptCompletionFormat()),
    NATURAL_INSTRUCTIONS(new NaturalInstructionsFormat()),
    SELF_INSTRUCT(new SelfInstructFormat()),
    OPENASSISTANT(new OpenAssistantFormat()),
    PREFERENCE(new PreferenceFormat()),
    RECORDS(new RecordsFormat()),
    RAW_TEXT(new RawTextFormat());

    /** A record of any format may have a score, for filters. */
    private static final String SCORE = "score";

    private final RecordFormat format;

    DataFormat(RecordFormat format) {
        this.format = format;
    }

    /** The name in recipes, e.g. {@code prompt_completion}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A reader for the records of one source.
     *
     * @throws InputException where the source maps columns that the format has not, or has templates that it does not take
     */
    public RecordReader reader(Reading reading, Map<String, String> columns, String where) {
        for (String column : new TreeSet<>(columns.keySet())) {
            if (!column.equals(SCORE)) {
                KnownNames.require("column", column, format.fields(), where);
            }
        }
        if (reading.templates() != null && !format.takesTemplates()) {
            throw new InputException(
                    "templates: need records with fields, and format " + id() + " has conversations or texts",
                    where,
                    "Remove templates: from this data entry");
        }
        return format.reader(reading);
    }

    /**
     * The format of a record by its fields.
     *
     * @throws InputException when no format or more than one has all its fields there
     */
    public static DataFormat detect(DataRecord record) {
        Map<DataFormat, List<String>> fitting = new LinkedHashMap<>();
        for (DataFormat format : values()) {
            for (List<String> fields : format.format.recognisedBy()) {
                boolean fits = fields.stream().allMatch(record::has);
                if (fits
                        && fields.size()
                                > fitting.getOrDefault(format, List.of()).size()) {
                    fitting.put(format, fields);
                }
            }
        }
        List<DataFormat> nearest = new ArrayList<>();
        fitting.forEach((format, fields) -> {
            if (fitting.values().stream().noneMatch(other -> containsMore(other, fields))) {
                nearest.add(format);
            }
        });
        if (nearest.size() == 1) {
            return nearest.get(0);
        }
        String known = Arrays.stream(values())
                .filter(f -> !f.format.recognisedBy().isEmpty())
                .map(f -> f.id() + " ("
                        + String.join(", ", f.format.recognisedBy().get(0)) + ")")
                .collect(Collectors.joining(", "));
        String what = nearest.isEmpty()
                ? "no known format fits"
                : "more than one format fits ("
                        + nearest.stream().map(DataFormat::id).collect(Collectors.joining(", ")) + ")";
        throw record.refused(
                what + " a record with the fields " + String.join(", ", record.fieldNames()),
                "Write format: in the recipe's data entry, with columns: where field names differ. Known: " + known);
    }

    private static boolean containsMore(List<String> fields, List<String> others) {
        return fields.size() > others.size() && new HashSet<>(fields).containsAll(others);
    }
}
