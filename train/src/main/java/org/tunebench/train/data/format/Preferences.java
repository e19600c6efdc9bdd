package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Preference;
import org.tunebench.train.data.file.DataRecord;

/** The field {@code label} of data for KTO. */
final class Preferences {
    private Preferences() {}

    static @Nullable Preference label(DataRecord row) {
        JsonNode label = row.value("label");
        if (label.isMissingNode() || label.isNull()) {
            return null;
        }
        if (!label.isBoolean()) {
            throw row.refused(
                    "'" + row.column("label") + "' is " + DataRecord.kind(label) + ", expected true or false",
                    "Write true where the answer is a good one");
        }
        return new Preference.Label(label.booleanValue());
    }
}
