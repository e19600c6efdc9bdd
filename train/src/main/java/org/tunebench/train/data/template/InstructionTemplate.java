package org.tunebench.train.data.template;

import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.file.DataRecord;

/** One phrasing of a task: what a record's fields become. */
interface InstructionTemplate {
    /** Its name among the templates of its task. */
    String name();

    /** Whether it writes the response too; else that is the record's own. */
    boolean responds();

    /**
     * Fills in the fields; null where the template has nothing to say of the record.
     *
     * @throws org.tunebench.core.input.InputException with file and line where it names a field that is not there
     */
    @Nullable
    Filled fill(DataRecord row, SeededRandom random);
}
