package org.tunebench.core.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tunebench.core.input.InputException;

/** The JSON files of a model folder. */
final class JsonFiles {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_DEPTH = 100;

    private JsonFiles() {}

    /** The object in a file; empty where there is no such file. */
    static Optional<JsonNode> readIfPresent(Path file) {
        return Files.isRegularFile(file) ? Optional.of(readObject(file)) : Optional.empty();
    }

    /** The object in a file. */
    static JsonNode readObject(Path file) {
        JsonNode[] root = new JsonNode[1];
        stream(file, parser -> root[0] = MAPPER.readTree(parser));
        return root[0];
    }

    /** Lets a reader pass over the object in a file, from behind its opening brace. */
    static void stream(Path file, Reader reader) {
        try (JsonParser parser = MAPPER.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InputException("no JSON object", file.toString(), "Save the folder again with transformers");
            }
            reader.read(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new InputException(
                    "malformed JSON: " + e.getOriginalMessage(), file + " line " + line, "Correct it there", e);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Check the file", e);
        }
    }

    /**
     * Refuses what Java's parser takes and the native library does not, which ends the whole process on it: numbers that no
     * double can hold, half surrogate pairs, deep nesting.
     */
    static void requireStrict(Path file) {
        stream(file, parser -> {
            int depth = 1;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (depth > MOST_DEPTH
                        || token.isNumeric() && Double.isInfinite(parser.getDoubleValue())
                        || text && !Utf16.isWellFormed(parser.getText())) {
                    throw new InputException(
                            "a number out of range, half a surrogate pair, or deep nesting",
                            file + " line " + parser.currentTokenLocation().getLineNr(),
                            "Save it again with transformers or the tokenizers library");
                }
            }
        });
    }

    /** What reads a JSON object. */
    @FunctionalInterface
    interface Reader {
        void read(JsonParser parser) throws IOException;
    }
}
