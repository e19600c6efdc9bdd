package org.tunebench.core.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;

/**
 * The header of a safetensors file and the format's rules: its size as u64, a JSON object padded with spaces, at most
 * 100,000,000 bytes, no key twice; tensors that cover the rest of the file without holes or overlaps.
 */
record SafetensorsHeader(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    private static final long LARGEST = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final ObjectReader READER =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static SafetensorsHeader read(FileChannel channel, Path file) throws IOException {
        long fileSize = channel.size();
        if (fileSize < 8) {
            throw malformed(file, fileSize + " bytes, too short for a header");
        }
        ByteBuffer sizeBytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        SafetensorsFile.readFully(channel, sizeBytes, 0);
        long size = sizeBytes.getLong(0);
        if (size < 2 || size > LARGEST || size > fileSize - 8) {
            throw malformed(
                    file, "header size " + Long.toUnsignedString(size) + " in a file of " + fileSize + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        SafetensorsFile.readFully(channel, bytes, 8);
        return parse(bytes.flip(), file, 8 + size, fileSize);
    }

    private static SafetensorsHeader parse(ByteBuffer bytes, Path file, long start, long fileSize) {
        if (bytes.get(0) != '{') {
            throw malformed(file, "the header does not start with {");
        }
        JsonNode root;
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            root = READER.readTree(text);
        } catch (CharacterCodingException e) {
            throw malformed(file, "the header is not UTF-8");
        } catch (JsonProcessingException e) {
            throw malformed(file, "the header is not valid JSON: " + e.getOriginalMessage());
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        root.fields().forEachRemaining(field -> {
            if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue(), file));
            } else {
                tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), file, start));
            }
        });
        requireCovered(tensors, file, start, fileSize);
        return new SafetensorsHeader(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
    }

    private static Map<String, String> metadata(JsonNode node, Path file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!node.isObject()) {
            throw malformed(file, METADATA + " is not an object");
        }
        node.fields().forEachRemaining(e -> {
            if (!e.getValue().isTextual()) {
                throw malformed(file, METADATA + " key " + e.getKey() + " is not a string");
            }
            metadata.put(e.getKey(), e.getValue().asText());
        });
        return metadata;
    }

    private static StoredTensor tensor(String name, JsonNode node, Path file, long start) {
        String where = "tensor " + name + ": ";
        if (!node.isObject() || node.size() != 3 || !node.path("dtype").isTextual()) {
            throw malformed(file, where + "expected an object of dtype, shape and data_offsets");
        }
        StoredType type = Arrays.stream(StoredType.values())
                .filter(t -> t.name().equals(node.path("dtype").asText()))
                .findFirst()
                .orElseThrow(() -> malformed(file, where + "unknown dtype " + node.path("dtype")));
        List<Long> shape = sizes(node.path("shape"), file, where + "shape");
        List<Long> offsets = sizes(node.path("data_offsets"), file, where + "data_offsets");
        if (offsets.size() != 2) {
            throw malformed(file, where + "data_offsets " + offsets + ", expected begin and end");
        }
        long length = offsets.get(1) - offsets.get(0);
        if (length != bytes(type, shape)) {
            throw malformed(file, where + "data_offsets " + offsets + " do not hold " + type + shape);
        }
        return new StoredTensor(file, name, type, shape, start + offsets.get(0), length);
    }

    /** The size in bytes, or -1 where it is too large for a long. */
    private static long bytes(StoredType type, List<Long> shape) {
        try {
            return Math.multiplyExact(shape.stream().reduce(1L, Math::multiplyExact), (long) type.bytes());
        } catch (ArithmeticException e) {
            return -1;
        }
    }

    private static List<Long> sizes(JsonNode array, Path file, String where) {
        if (!array.isArray()) {
            throw malformed(file, where + " is not a list");
        }
        List<Long> sizes = new ArrayList<>();
        for (JsonNode size : array) {
            if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0 || size.asLong() > 1L << 60) {
                throw malformed(file, where + " holds " + size);
            }
            sizes.add(size.asLong());
        }
        return sizes;
    }

    private static void requireCovered(Map<String, StoredTensor> tensors, Path file, long start, long fileSize) {
        List<StoredTensor> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::length));
        long end = start;
        for (StoredTensor tensor : ordered) {
            if (tensor.offset() != end) {
                throw malformed(
                        file,
                        "tensor " + tensor.name() + " begins at byte " + (tensor.offset() - start) + ", the one before"
                                + " ends at " + (end - start));
            }
            end += tensor.length();
        }
        if (end != fileSize) {
            throw malformed(file, "tensors end at byte " + end + " of the file, which has " + fileSize);
        }
    }

    private static InputException malformed(Path file, String what) {
        return new InputException(what, file.toString(), "The file is damaged or cut short; get or write it again");
    }
}
