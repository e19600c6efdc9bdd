package org.tunebench.train.data.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import org.tunebench.core.input.InputException;

/**
 * One task of Super-NaturalInstructions (Wang et al. 2022, arXiv:2204.07705): an object with {@code Definition} and
 * {@code Instances}. Each instance becomes a record: the object with that instance alone in its list. The file is read
 * twice, first without the instances, so that no more than one of them is in memory.
 */
record NaturalInstructionsFile(RecordFile file) {
    private static final String INSTANCES = "Instances";

    /** Whether a file is one such object, its instances a list; where they are none, it is a record that its format refuses. */
    static boolean is(RecordFile file) {
        try (InputStream in = file.open();
                JsonParser parser = JsonObjects.JSON.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean defined = false;
            boolean instances = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                defined |= parser.currentName().equals("Definition");
                boolean named = parser.currentName().equals(INSTANCES);
                instances |= parser.nextToken() == JsonToken.START_ARRAY && named;
                parser.skipChildren();
            }
            return defined && instances && parser.nextToken() == null;
        } catch (IOException e) {
            return false; // read as records, which says where it is damaged
        }
    }

    void forEach(RecordSink sink) throws IOException {
        ObjectNode task = task();
        try (InputStream in = file.open();
                JsonParser parser = JsonObjects.JSON.createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean instances = parser.currentName().equals(INSTANCES);
                if (parser.nextToken() == JsonToken.START_ARRAY && instances) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        int line = parser.currentTokenLocation().getLineNr();
                        JsonNode instance = parser.readValueAsTree();
                        ObjectNode one = JsonObjects.JSON.createObjectNode();
                        one.setAll(task);
                        one.putArray(INSTANCES).add(instance);
                        sink.record(one, line);
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /** Everything but the instances. */
    private ObjectNode task() throws IOException {
        ObjectNode task = JsonObjects.JSON.createObjectNode();
        try (InputStream in = file.open();
                JsonParser parser = JsonObjects.JSON.createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(INSTANCES)) {
                    parser.skipChildren();
                } else {
                    task.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
            return task;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private InputException malformed(JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        return new InputException(
                "malformed JSON: " + JsonObjects.firstLine(e), file.file() + " line " + line, "Mend the JSON there", e);
    }
}
