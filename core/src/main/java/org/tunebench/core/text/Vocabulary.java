package org.tunebench.core.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tunebench.core.input.InputException;

/**
 * The tokens of a tokenizer.json by content: the model's and the added ones.
 *
 * @param special the contents of the added tokens that are marked as special, in the file's order
 * @param size one more than the largest id
 */
record Vocabulary(Map<String, Integer> ids, List<String> special, int size) {
    /** Reads the file as a stream: large vocabularies come with as many merges, which are passed over. */
    static Vocabulary read(Path tokenizerJson) {
        Map<String, Integer> ids = new HashMap<>();
        List<String> special = new ArrayList<>();
        JsonFiles.stream(tokenizerJson, parser -> {
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                if (key.equals("added_tokens")) {
                    addedTokens(parser, ids, special);
                } else if (key.equals("model")) {
                    model(parser, ids);
                } else {
                    parser.skipChildren();
                }
            }
        });
        int largest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        if (largest < 0) {
            throw new InputException(
                    "no vocabulary (model.vocab)", tokenizerJson.toString(), "Save it again with transformers");
        }
        return new Vocabulary(ids, List.copyOf(special), largest + 1);
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private static void model(JsonParser parser, Map<String, Integer> ids) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (key.equals("vocab") && value == JsonToken.START_OBJECT) {
                for (String token = parser.nextFieldName(); token != null; token = parser.nextFieldName()) {
                    parser.nextToken();
                    ids.put(token, parser.getValueAsInt());
                    parser.skipChildren();
                }
            } else if (key.equals("vocab") && value == JsonToken.START_ARRAY) {
                scoredTokens(parser, ids);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Unigram's form: {@code [[token, score], …]}, ids by position. */
    private static void scoredTokens(JsonParser parser, Map<String, Integer> ids) throws IOException {
        int id = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                parser.nextToken();
                ids.put(parser.getValueAsString(""), id++);
                while (parser.currentToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                    parser.nextToken();
                }
            }
        }
    }

    private static void addedTokens(JsonParser parser, Map<String, Integer> ids, List<String> special)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String content = "";
            int id = -1;
            boolean isSpecial = false;
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                if (key.equals("special")) {
                    isSpecial = parser.getValueAsBoolean(false);
                } else if (key.equals("content")) {
                    content = parser.getValueAsString("");
                } else if (key.equals("id")) {
                    id = parser.getValueAsInt(-1);
                }
                parser.skipChildren();
            }
            if (id >= 0) {
                ids.put(content, id);
            }
            if (id >= 0 && isSpecial && !content.isEmpty()) {
                special.add(content);
            }
        }
    }
}
