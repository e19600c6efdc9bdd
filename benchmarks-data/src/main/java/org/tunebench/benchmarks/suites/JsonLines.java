package org.tunebench.benchmarks.suites;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.tunebench.core.record.Json;

/** Records, one JSON object a line. */
final class JsonLines {
    private JsonLines() {}

    static String of(List<?> records) {
        StringBuilder lines = new StringBuilder();
        for (Object value : records) {
            try {
                lines.append(Json.MAPPER.writeValueAsString(value)).append('\n');
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
            }
        }
        return lines.toString();
    }
}
