package org.tunebench.core.input;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML document as a tree of JSON values that remembers the line of every key and list item.
 *
 * <p>Plain scalars follow the YAML 1.2 core schema: only {@code true} and {@code false} are booleans, {@code 1e-4} is a
 * number.
 */
final class YamlTree {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int DEEPEST = 50;
    private static final int MOST_VALUES = 200_000;

    private final Path file;
    private final JsonNode root;
    private final Map<JsonNode, Map<Object, Integer>> lines = new IdentityHashMap<>();
    private int values;

    private YamlTree(Path file, Node node) {
        this.file = file;
        this.root = convert(node, 0);
    }

    /** @throws InputException when the text is not one YAML document */
    static YamlTree compose(String text, Path file) {
        try {
            String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(body));
            YamlTree tree = node == null ? null : new YamlTree(file, node);
            if (tree == null || tree.root.isNull()) {
                throw new InputException("the file is empty", file.toString(), "Write at least one key: value line");
            }
            return tree;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InputException(
                    "malformed YAML: " + e.getProblem(),
                    file + " line " + line,
                    "Check indentation, colons and quotes on this line and the one before",
                    e);
        } catch (YAMLException e) {
            throw new InputException("malformed YAML: " + e.getMessage(), file.toString(), "Check the file", e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** The value at a path, or the deepest one on the way that exists. */
    JsonNode at(List<JsonMappingException.Reference> path) {
        JsonNode node = root;
        for (JsonMappingException.Reference step : path) {
            JsonNode next = step.getFieldName() == null ? node.get(step.getIndex()) : node.get(step.getFieldName());
            if (next == null || !next.isContainerNode()) {
                return node;
            }
            node = next;
        }
        return node;
    }

    /** The line of a path, counted from 1: that of its last key or item that is in the file. */
    int line(List<JsonMappingException.Reference> path) {
        JsonNode node = root;
        int line = 1;
        for (JsonMappingException.Reference step : path) {
            Object key = step.getFieldName() == null ? (Object) step.getIndex() : step.getFieldName();
            line = lineOf(node, key, line);
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return line;
    }

    int lineOf(JsonNode container, Object keyOrIndex, int otherwise) {
        return lines.getOrDefault(container, Map.of()).getOrDefault(keyOrIndex, otherwise);
    }

    private JsonNode convert(Node node, int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw refused(node, "nested too deeply or too large", "Write the values out without nested aliases");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            return array(sequence, depth);
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Map<Object, Integer> keyLines = new HashMap<>();
        lines.put(object, keyLines);
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refused(tuple.getKeyNode(), "a key is not plain text", "Write key: value");
            }
            if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                merge(convert(tuple.getValueNode(), depth + 1), merged, keyLines);
            } else if (object.has(key.getValue())) {
                throw refused(key, "key '" + key.getValue() + "' stands here twice", "Remove one of the two");
            } else {
                object.set(key.getValue(), convert(tuple.getValueNode(), depth + 1));
                keyLines.put(key.getValue(), key.getStartMark().getLine() + 1);
            }
        }
        merged.properties().forEach(e -> {
            if (!object.has(e.getKey())) {
                object.set(e.getKey(), e.getValue());
            }
        });
        return object;
    }

    private void merge(JsonNode from, ObjectNode into, Map<Object, Integer> keyLines) {
        if (from.isArray()) {
            from.forEach(each -> merge(each, into, keyLines));
        }
        from.properties().forEach(e -> {
            if (!into.has(e.getKey())) {
                into.set(e.getKey(), e.getValue());
                keyLines.putIfAbsent(e.getKey(), lineOf(from, e.getKey(), 1));
            }
        });
    }

    private ArrayNode array(SequenceNode sequence, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Map<Object, Integer> itemLines = new HashMap<>();
        lines.put(array, itemLines);
        for (Node item : sequence.getValue()) {
            itemLines.put(array.size(), item.getStartMark().getLine() + 1);
            array.add(convert(item, depth + 1));
        }
        return array;
    }

    private static JsonNode scalar(ScalarNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN) {
            return json.textNode(text);
        }
        if (text.isEmpty() || text.equals("~") || text.equals("null")) {
            return json.nullNode();
        }
        if (text.equals("true") || text.equals("false")) {
            return json.booleanNode(text.equals("true"));
        }
        if (INTEGER.matcher(text).matches()) {
            return integer(new BigInteger(text));
        }
        if (NUMBER.matcher(text).matches()) {
            return json.numberNode(new BigDecimal(text).doubleValue());
        }
        return json.textNode(text);
    }

    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : JsonNodeFactory.instance.numberNode(value);
    }

    private InputException refused(Node node, String what, String mend) {
        return new InputException(what, file + " line " + (node.getStartMark().getLine() + 1), mend);
    }
}
