package org.tunebench.train.data;

import java.util.List;

/** Turns one record of a file into an example. */
interface RecordFormat {
    /** The fields by which the format is recognised. */
    List<String> required();

    /** Fields that are read where they are there. */
    List<String> optional();

    /** Whether instruction templates can take the place of the format's own user text. */
    boolean takesTemplates();

    /** @throws org.tunebench.core.input.InputException with file and line when a field is missing or of a wrong type */
    Example read(DataRecord row, Reading reading);
}
