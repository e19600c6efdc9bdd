package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.List;

/** Writes sheets in one format. */
interface SheetWriter {
    /**
     * Writes one rater's sheet, in {@code folder/<rater>/} where the rater gets it, or in a folder of its own where a
     * coordinator loads it into a server.
     *
     * @return what was written
     */
    List<Path> write(RaterSheet sheet, Path folder);
}
