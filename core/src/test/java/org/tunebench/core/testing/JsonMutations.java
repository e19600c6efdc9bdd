package org.tunebench.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tunebench.core.record.Json;

/**
 * JSON that is nearly right: one to three places of a document changed to another value, dropped, doubled, renamed, nested
 * or moved by a little, so that most of it gets past the first look.
 */
final class JsonMutations {
    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "2",
            "3",
            "255",
            "1000",
            "1001",
            "65536",
            "99999999",
            "100000001",
            "2147483647",
            "2147483648",
            "4294967296",
            "1152921504606846976",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "18446744073709551616",
            "1e308",
            "1e999",
            "1e-320",
            "-0.0",
            "0.5",
            "NaN",
            "Infinity",
            "null",
            "true",
            "false",
            "\"\"",
            "\"F16\"",
            "\"BF16\"",
            "\"I64\"",
            "\"BOOL\"",
            "\"F8_E4M3\"",
            "\"llama\"",
            "\"gpt2\"",
            "\"../../x\"",
            "\"\\ud800\"",
            "\"a\\u0000b\"",
            "\"0\"",
            "[]",
            "{}",
            "[0]",
            "[0, 0]",
            "[1, 2, 3]",
            "[4294967296, 4294967296]",
            "[2147483648, 2147483648, 4]");

    private final Random random;

    JsonMutations(Random random) {
        this.random = random;
    }

    /** The text of a document with one to three changes. */
    String mutated(JsonNode document) {
        JsonNode copy = document.deepCopy();
        List<String> raw = new ArrayList<>();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            edit(copy, raw);
        }
        String text = Json.text(copy, random.nextInt(4) == 0);
        for (int i = 0; i < raw.size(); i++) {
            text = text.replace('"' + hole(i) + '"', raw.get(i));
        }
        return text;
    }

    private static String hole(int i) {
        return "@hole" + i + "@";
    }

    private void edit(JsonNode root, List<String> raw) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container.isEmpty()) {
            return;
        }
        int at = random.nextInt(container.size());
        String key = container.isObject() ? name((ObjectNode) container, at) : "";
        JsonNode value = container.isObject() ? container.get(key) : container.get(at);
        int kind = random.nextInt(8);
        if (kind == 0 && container instanceof ObjectNode object) {
            object.remove(key);
        } else if (kind == 0) {
            ((ArrayNode) container).remove(at);
        } else if (kind == 1 && container instanceof ObjectNode object) {
            object.set(random.nextBoolean() ? key + "x" : name(object, random.nextInt(object.size())), value);
        } else if (kind == 1) {
            ((ArrayNode) container).insert(at, value);
        } else {
            raw.add(replacement(kind, key, value, containers));
            put(container, key, at, hole(raw.size() - 1));
        }
    }

    private String replacement(int kind, String key, JsonNode value, List<JsonNode> containers) {
        String text = Json.text(value, false);
        return switch (kind) {
            case 2 -> value.isIntegralNumber() ? Long.toString(value.asLong() + random.nextInt(17) - 8) : text;
            case 3 -> value.isNumber() ? Double.toString(value.asDouble() * (random.nextInt(5) - 1) * 0.5) : text;
            case 4 -> text + ", \"" + (key.isEmpty() ? "k" : key) + "\": " + text; // in an object: the key twice
            case 5 -> nested(text);
            case 6 -> Json.text(containers.get(random.nextInt(containers.size())), false);
            default -> VALUES.get(random.nextInt(VALUES.size()));
        };
    }

    private String nested(String text) {
        int depth = random.nextInt(20) == 0 ? 20_000 : 1 + random.nextInt(30);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        return open.repeat(depth) + text + (open.equals("[") ? "]" : "}").repeat(depth - random.nextInt(2));
    }

    private static void put(JsonNode container, String key, int at, String hole) {
        if (container instanceof ObjectNode object) {
            object.put(key, hole);
        } else {
            ((ArrayNode) container).set(at, Json.MAPPER.getNodeFactory().textNode(hole));
        }
    }

    private static String name(ObjectNode object, int at) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.get(at);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
