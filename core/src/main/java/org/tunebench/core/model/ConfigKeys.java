package org.tunebench.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;

/**
 * The keys of a JSON object, each read once and strictly. A key nobody read might change the numbers, so {@link
 * #refuseUnread} refuses it by name unless it is one of those that do not or is null; it names all that are unsupported at
 * once, those of the objects inside too.
 */
public final class ConfigKeys {
    private static final int LARGEST = 100_000_000;

    /** Keys of config.json that have no part in a forward pass, nor have those that begin with an underscore. */
    private static final Set<String> HARMLESS = Set.of(
            "architectures",
            "dtype",
            "initializer_range",
            "is_llama_config",
            "model_type",
            "pad_token_id",
            "torch_dtype",
            "transformers_version",
            "transformers.js_config",
            "unk_token_id",
            "unsloth_fixed",
            "unsloth_version",
            "use_cache");

    private final JsonNode object;
    private final String where;
    private final @Nullable ConfigKeys outer;
    private final Set<String> unread = new LinkedHashSet<>();
    private final List<InputException> unsupported;

    private ConfigKeys(JsonNode object, String where, @Nullable ConfigKeys outer) {
        this.object = object;
        this.where = where;
        this.outer = outer;
        this.unsupported = outer == null ? new ArrayList<>() : outer.unsupported;
        object.fieldNames().forEachRemaining(unread::add);
    }

    /** Opens a JSON file that holds one object. */
    public static ConfigKeys open(Path file) {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check that the file is there and readable", e);
        }
    }

    /** Reads a JSON text that holds one object. */
    static ConfigKeys parse(byte[] json, String where) {
        try {
            JsonNode tree = Json.MAPPER.readTree(json);
            if (!tree.isObject()) {
                throw new InputException("not a JSON object", where, "Write one object in braces");
            }
            return new ConfigKeys(tree, where, null);
        } catch (JsonProcessingException e) {
            String line = e.getLocation() == null
                    ? where
                    : where + " line " + e.getLocation().getLineNr();
            throw new InputException("not valid JSON: " + e.getOriginalMessage(), line, "Correct the file", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file
        }
    }

    public String where() {
        return where;
    }

    public String string(String key) {
        JsonNode node = value(key);
        if (node == null || !node.isTextual()) {
            throw wrong(key, node, "a string");
        }
        return node.asText();
    }

    public @Nullable String optionalString(String key) {
        return isAbsent(key) ? null : string(key);
    }

    public int positiveInt(String key) {
        JsonNode node = value(key);
        if (node == null || !node.isIntegralNumber() || !inRange(node)) {
            throw wrong(key, node, "a whole number from 1 to " + LARGEST);
        }
        return node.asInt();
    }

    public int positiveInt(String key, int otherwise) {
        return isAbsent(key) ? otherwise : positiveInt(key);
    }

    public double positiveDouble(String key) {
        JsonNode node = value(key);
        if (node == null || !node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
            throw wrong(key, node, "a number above 0");
        }
        return node.asDouble();
    }

    public double positiveDouble(String key, double otherwise) {
        return isAbsent(key) ? otherwise : positiveDouble(key);
    }

    double nonNegativeDouble(String key, double otherwise) {
        JsonNode node = value(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.asDouble() >= 0) || Double.isInfinite(node.asDouble())) {
            throw wrong(key, node, "a number from 0");
        }
        return node.asDouble();
    }

    /** True or false; false where it is left out. */
    public boolean flag(String key) {
        return flag(key, false);
    }

    boolean flag(String key, boolean otherwise) {
        if (isAbsent(key)) {
            return otherwise;
        }
        JsonNode node = value(key);
        if (node == null || !node.isBoolean()) {
            throw wrong(key, node, "true or false");
        }
        return node.asBoolean();
    }

    /** A token id or a list of them; none where it is left out. */
    public List<Integer> ids(String key) {
        if (isAbsent(key)) {
            return List.of();
        }
        JsonNode node = value(key);
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : node != null && node.isArray() ? node : List.of(node == null ? object : node)) {
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0) {
                throw wrong(key, node, "a token id or a list of them");
            }
            ids.add(id.asInt());
        }
        return ids;
    }

    /** A string or a list of strings. */
    List<String> stringOrStrings(String key) {
        JsonNode node = value(key);
        List<String> strings = new ArrayList<>();
        for (JsonNode element : node != null && node.isArray() ? node : List.of(node == null ? object : node)) {
            if (!element.isTextual()) {
                throw wrong(key, node, "a string or a list of strings");
            }
            strings.add(element.asText());
        }
        return strings;
    }

    /** An object of strings. */
    Map<String, String> stringMap(String key) {
        JsonNode node = value(key);
        if (node == null || !node.isObject()) {
            throw wrong(key, node, "an object of strings");
        }
        Map<String, String> strings = new LinkedHashMap<>();
        node.fields().forEachRemaining(e -> {
            if (!e.getValue().isTextual()) {
                throw wrong(key + "." + e.getKey(), e.getValue(), "a string");
            }
            strings.put(e.getKey(), e.getValue().asText());
        });
        return strings;
    }

    /** An object inside this one; null where it is left out or null. */
    @Nullable
    ConfigKeys object(String key) {
        if (isAbsent(key)) {
            return null;
        }
        JsonNode node = value(key);
        if (node == null || !node.isObject()) {
            throw wrong(key, node, "an object");
        }
        return new ConfigKeys(node, where + " key " + key, this);
    }

    /** Refuses any value but one (given as JSON would: a string, number or boolean); leaving the key out is fine. */
    public void only(String key, Object supported) {
        if (isAbsent(key)) {
            return;
        }
        JsonNode node = value(key);
        JsonNode expected = Json.MAPPER.valueToTree(supported);
        boolean same = node != null
                && (node.equals(expected)
                        || node.isNumber() && expected.isNumber() && node.asDouble() == expected.asDouble());
        if (!same) {
            unsupported(new InputException(
                    key + " is " + shortened(String.valueOf(node)),
                    where,
                    "Only " + expected + " is supported, and ignoring it would change results"));
        }
    }

    /** Keeps a refusal for {@link #refuseUnread}, so that a reader hears of all of them. */
    void unsupported(InputException refusal) {
        unsupported.add(refusal);
    }

    /** Marks keys as some that have no part in the numbers, whatever their values. */
    void ignore(String... keys) {
        unread.removeAll(Set.of(keys));
    }

    /** Refuses an object without these keys, whose defaults are not the usual ones; null is fine. */
    void require(String... keys) {
        for (String key : keys) {
            if (!has(key)) {
                throw wrong(key, null, "to be there");
            }
        }
    }

    /** Whether a key is there, be it null. */
    boolean has(String key) {
        return object.has(key);
    }

    /**
     * Refuses every key that was not read and is neither null nor known to have no part in the numbers, and everything
     * that was found unsupported before. Of an object inside another, the outer one throws.
     */
    public void refuseUnread() {
        for (String key : unread) {
            if (!HARMLESS.contains(key)
                    && !key.startsWith("_")
                    && !object.get(key).isNull()) {
                unsupported(new InputException(
                        "unsupported key " + key,
                        where,
                        "It may change the model's results, so it is not ignored; remove it if it does not"));
            }
        }
        if (outer != null || unsupported.isEmpty()) {
            return;
        }
        if (unsupported.size() == 1) {
            throw unsupported.get(0);
        }
        throw new InputException(
                unsupported.stream()
                        .map(u -> u.what() + u.where().substring(where.length()).replaceFirst(" key ", " in "))
                        .collect(Collectors.joining("; ")),
                where,
                "Each of them may change the model's results, so none is ignored; remove those that do not");
    }

    InputException wrong(String key, @Nullable Object found, String expected) {
        String text = found == null ? "missing" : "is " + shortened(found.toString());
        return new InputException("key " + key + " " + text + ", expected " + expected, where, "Correct the file");
    }

    private boolean isAbsent(String key) {
        JsonNode node = object.get(key);
        unread.remove(key);
        return node == null || node.isNull();
    }

    private @Nullable JsonNode value(String key) {
        unread.remove(key);
        return object.get(key);
    }

    private static boolean inRange(JsonNode node) {
        return node.canConvertToInt() && node.asInt() >= 1 && node.asInt() <= LARGEST;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
