package org.tunebench.reports.comparison;

import java.util.List;

/** Paths without the folders at their start, as far as different ones stay different. */
public final class PathEnds {
    private PathEnds() {}

    /** One end a path, in the same order. */
    public static List<String> of(List<String> paths) {
        long different = paths.stream().distinct().count();
        for (int parts = 1; ; parts++) {
            int kept = parts;
            List<String> ends = paths.stream().map(path -> end(path, kept)).toList();
            if (ends.equals(paths) || ends.stream().distinct().count() == different) {
                return ends;
            }
        }
    }

    private static String end(String path, int parts) {
        String slashed = path.replace('\\', '/');
        int from = slashed.length();
        for (int i = 0; i < parts && from >= 0; i++) {
            from = slashed.lastIndexOf('/', from - 1);
        }
        return path.substring(from + 1);
    }
}
