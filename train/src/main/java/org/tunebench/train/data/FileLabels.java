package org.tunebench.train.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Names of files for ids: the file's name, with {@code #2} behind it where it occurs a second time. */
final class FileLabels {
    private final Map<String, Integer> occurrences = new HashMap<>();

    String next(Path file) {
        String name = String.valueOf(file.getFileName());
        int occurrence = occurrences.merge(name, 1, Integer::sum);
        return occurrence == 1 ? name : name + "#" + occurrence;
    }
}
