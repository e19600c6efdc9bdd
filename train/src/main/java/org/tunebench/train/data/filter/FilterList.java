package org.tunebench.train.data.filter;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.StrictYaml;

/** The key {@code filters} by itself, in a file of its own or as names on a command line. */
public record FilterList(List<ExampleFilter> filters) {
    public FilterList {
        if (filters == null || filters.isEmpty()) {
            throw new IllegalArgumentException("filters is missing or empty: nothing would be done");
        }
        filters = List.copyOf(filters);
    }

    /** Reads a YAML file with the one key {@code filters}. */
    public static FilterList read(Path yaml) {
        return StrictYaml.read(yaml, FilterList.class);
    }

    /**
     * Filters with their defaults.
     *
     * @param names parted by commas, e.g. {@code words,exact_duplicates}
     * @throws InputException for an unknown name, and for a filter that has no default for a key
     */
    public static FilterList ofNames(String names) {
        String list = Arrays.stream(names.split(","))
                .map(name -> "  - {name: \"" + name.strip().replace("\"", "") + "\"}\n")
                .collect(Collectors.joining());
        return StrictYaml.parse("filters:\n" + list, Path.of("--filters"), FilterList.class);
    }
}
