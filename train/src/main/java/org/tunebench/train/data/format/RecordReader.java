package org.tunebench.train.data.format;

import java.util.function.Consumer;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.file.DataRecord;

/** Turns the records of one source into examples, in order. */
@FunctionalInterface
public interface RecordReader {
    /**
     * Takes the next record and gives its examples, mostly one.
     *
     * @throws org.tunebench.core.input.InputException with file and line when a field is missing or of a wrong type; the
     *     reader can go on with the next record
     */
    void read(DataRecord row, Consumer<Example> examples);

    /** Gives what is left when a file ends. */
    default void end(Consumer<Example> examples) {}
}
