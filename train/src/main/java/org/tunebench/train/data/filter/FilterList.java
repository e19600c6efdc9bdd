package org.tunebench.train.data.filter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        return StrictYaml.read(yaml, FilterList.class, FilterList::nameFilters);
    }

    /** Makes a mapping with the key {@code name} of each filter of a document that is a name only. */
    public static void nameFilters(ObjectNode document) {
        if (document.path("filters") instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isTextual()) {
                    String name = list.get(i).asText();
                    list.set(i, list.objectNode().put("name", name));
                }
            }
        }
    }

    /**
     * Filters with their defaults.
     *
     * @param names parted by commas, e.g. {@code words,exact_duplicates}
     * @throws InputException for an unknown name, and for a filter that has no default for a key
     */
    public static FilterList ofNames(String names) {
        String list = Arrays.stream(names.split(","))
                .map(name -> "  - \"" + name.strip().replace("\"", "") + "\"\n")
                .collect(Collectors.joining());
        return StrictYaml.parse("filters:\n" + list, Path.of("--filters"), FilterList.class, FilterList::nameFilters);
    }
}
