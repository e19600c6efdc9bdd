package org.tunebench.train.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tunebench.core.input.InputException;

/**
 * Streams the records of one file: a JSON array of objects, JSON lines, or (names that end in {@code .txt} or
 * {@code .md}) paragraphs parted by blank lines as records with one field {@code text}. UTF-8, with or without a byte
 * order mark.
 */
record RecordFile(Path file) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectReader LINE =
            JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Takes records in file order. */
    interface Sink {
        /** @param line the line at which the record begins, counted from 1 */
        void accept(ObjectNode values, int line);
    }

    /** @throws InputException when the file is missing, empty or malformed */
    void forEach(Sink sink) {
        int[] records = {0};
        Sink counting = (values, line) -> {
            records[0]++;
            sink.accept(values, line);
        };
        try {
            String name = file.toString();
            if (name.endsWith(".txt") || name.endsWith(".md")) {
                paragraphs(counting);
            } else if (firstCharacter() == '[') {
                array(counting);
            } else {
                lines(counting);
            }
        } catch (NoSuchFileException e) {
            throw new InputException("no such file", file.toString(), "Check the path in the recipe's data entry", e);
        } catch (CharacterCodingException e) {
            throw new InputException("not UTF-8 text", file.toString(), "Save the file as UTF-8", e);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Check the file", e);
        }
        if (records[0] == 0) {
            throw new InputException("the file holds no record", file.toString(), "Give a file with data in it");
        }
    }

    private void lines(Sink sink) throws IOException {
        try (BufferedReader in = open()) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    sink.accept(object(line, number), number);
                }
            }
        }
    }

    private ObjectNode object(String line, int number) {
        try {
            return object(LINE.readTree(line), number);
        } catch (JsonProcessingException e) {
            throw malformed(e, number, "Write one whole JSON object a line");
        }
    }

    private void array(Sink sink) throws IOException {
        try (BufferedReader in = open();
                JsonParser parser = JSON.createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int line = parser.currentTokenLocation().getLineNr();
                JsonNode value = parser.readValueAsTree();
                sink.accept(object(value, line), line);
            }
            if (parser.nextToken() != null) {
                int line = parser.currentTokenLocation().getLineNr();
                throw new InputException("something follows the list", at(line), "End the file after the closing ]");
            }
        } catch (JsonProcessingException e) {
            throw malformed(e, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), "Mend the JSON there");
        }
    }

    private void paragraphs(Sink sink) throws IOException {
        try (BufferedReader in = open()) {
            StringBuilder text = new StringBuilder();
            int number = 0;
            int start = 1;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank()) {
                    paragraph(text, start, sink);
                } else {
                    start = text.isEmpty() ? number : start;
                    text.append(text.isEmpty() ? "" : "\n").append(line);
                }
            }
            paragraph(text, start, sink);
        }
    }

    private static void paragraph(StringBuilder text, int start, Sink sink) {
        if (!text.isEmpty()) {
            sink.accept(JSON.createObjectNode().put("text", text.toString()), start);
            text.setLength(0);
        }
    }

    private ObjectNode object(JsonNode value, int line) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new InputException(
                "a record is " + DataRecord.kind(value), at(line), "Write each record as a JSON object");
    }

    private InputException malformed(JsonProcessingException e, int line, String mend) {
        return new InputException("malformed JSON: " + e.getOriginalMessage(), at(line), mend, e);
    }

    private String at(int line) {
        return file + " line " + line;
    }

    private int firstCharacter() throws IOException {
        try (BufferedReader in = open()) {
            int c = in.read();
            while (Character.isWhitespace(c)) {
                c = in.read();
            }
            return c;
        }
    }

    private BufferedReader open() throws IOException {
        BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        in.mark(1);
        if (in.read() != '\uFEFF') {
            in.reset();
        }
        return in;
    }
}
