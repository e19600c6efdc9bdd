package org.tunebench.train.data.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Bytes of one record to its fields: strict JSON in strict UTF-8, no key twice. */
record JsonObjects(Path file, String mend) {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectReader ONE =
            JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Hands a record to the sink, or says what is wrong with it. */
    void read(byte[] bytes, int from, int length, int line, RecordSink sink) {
        if (!Utf8.isValid(bytes, from, length)) {
            sink.bad(new BadRecord(file, line, "not UTF-8 text", "Save the file as UTF-8"));
            return;
        }
        if (beginsWithZero(bytes, from, length)) {
            sink.bad(new BadRecord(file, line, "malformed JSON: a zero byte at its beginning", mend));
            return;
        }
        JsonNode value;
        try {
            value = ONE.readTree(bytes, from, length);
        } catch (JsonProcessingException e) {
            sink.bad(new BadRecord(file, line, "malformed JSON: " + firstLine(e), mend));
            return;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
        if (value instanceof ObjectNode object) {
            sink.record(object, line);
        } else {
            sink.bad(new BadRecord(
                    file, line, "a record is " + DataRecord.kind(value), "Write each record as a JSON object"));
        }
    }

    /** Among the first four bytes, from which Jackson would conclude that the text is UTF-16 or UTF-32. */
    private static boolean beginsWithZero(byte[] bytes, int from, int length) {
        for (int i = from; i < from + Math.min(4, length); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static String firstLine(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    static BadRecord tooLong(Path file, int line) {
        return new BadRecord(
                file,
                line,
                "a record of more than " + (RecordFile.MOST_BYTES >> 20) + " MiB",
                "Part the record, or remove it");
    }
}
