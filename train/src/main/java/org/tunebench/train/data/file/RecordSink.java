package org.tunebench.train.data.file;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes what a file holds, in order. */
public interface RecordSink {
    /** @param line the line at which the record begins, counted from 1 */
    void record(ObjectNode values, int line);

    /** A record that cannot be read; the file goes on behind it. */
    void bad(BadRecord bad);
}
