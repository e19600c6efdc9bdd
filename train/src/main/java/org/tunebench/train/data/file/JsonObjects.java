package org.tunebench.train.data.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
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
        JsonNode value;
        try {
            // from text: from bytes Jackson would guess the encoding, and take zero bytes for UTF-16 or UTF-32
            value = ONE.readTree(new String(bytes, from, length, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            sink.bad(new BadRecord(file, line, "malformed JSON: " + firstLine(e), mend));
            return;
        }
        if (value instanceof ObjectNode object) {
            sink.record(object, line);
        } else {
            sink.bad(new BadRecord(
                    file, line, "a record is " + DataRecord.kind(value), "Write each record as a JSON object"));
        }
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
