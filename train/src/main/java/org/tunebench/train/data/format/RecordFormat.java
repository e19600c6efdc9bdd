package org.tunebench.train.data.format;

import java.util.List;

/** A layout of records. */
interface RecordFormat {
    /** The sets of fields by which the format is recognised: one of them, whole. */
    List<List<String>> recognisedBy();

    /** Every field that is read, for the mapping of columns. */
    List<String> fields();

    /** Whether instruction templates can take the place of the format's own user text. */
    default boolean takesTemplates() {
        return false;
    }

    /** A reader for the records of one source. */
    RecordReader reader(Reading reading);
}
