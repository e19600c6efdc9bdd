package org.tunebench.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.Json;

/** The texts of a data file, taken as src/test/python/tokenizer_goldens.py takes them. */
final class RealTexts {
    private static final int MOST_TEXTS = 400;
    private static final int MOST_CODE_POINTS = 3000;

    private RealTexts() {}

    static List<String> of(Path file) throws IOException {
        String content = Files.readString(file);
        List<String> texts = new ArrayList<>();
        if (file.toString().endsWith(".json")) {
            strings(Json.MAPPER.readTree(content), texts);
        } else {
            for (String line : content.split("\n")) {
                if (file.toString().endsWith(".jsonl")) {
                    strings(line.isBlank() ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(line), texts);
                } else {
                    texts.add(line);
                }
            }
        }
        return texts.stream()
                .filter(text -> !text.matches("[ \t\r\n]*"))
                .limit(MOST_TEXTS)
                .map(RealTexts::cut)
                .toList();
    }

    private static void strings(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> strings(child, texts));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MOST_CODE_POINTS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_CODE_POINTS));
    }
}
