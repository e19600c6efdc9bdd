package org.tunebench.core.input;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Says in the reader's words, with the line, why a YAML tree does not fit a record. */
record YamlRefusal(YamlTree tree, Path file) {

    InputException of(JsonMappingException e) {
        List<JsonMappingException.Reference> path = e.getPath();
        if (e instanceof UnrecognizedPropertyException unknown) {
            return KnownNames.unknown(
                    "key", unknown.getPropertyName(), keys(unknown.getReferringClass(), ""), where(tree.line(path)));
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return unknownKind(unknown, path);
        }
        Throwable cause = e.getCause();
        if (cause instanceof InputException inner) {
            return inner;
        }
        if (cause instanceof IllegalArgumentException) {
            return refusedByRecord(path, Objects.requireNonNullElse(cause.getMessage(), "not usable"));
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return wrongType(mismatch.getTargetType(), path);
        }
        return new InputException(
                name(path) + ": " + e.getOriginalMessage(), where(tree.line(path)), "Check this value");
    }

    /** The keys of a record, in its order; those of records in it behind them, as {@code optimizer.learning_rate}. */
    private static List<String> keys(Class<?> record, String prefix) {
        List<String> own = new ArrayList<>();
        List<String> nested = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String key = prefix + PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
            own.add(key);
            if (component.getType().isRecord()) {
                nested.addAll(keys(component.getType(), key + "."));
            }
        }
        own.addAll(nested);
        return own;
    }

    /** The message of a record's constructor, at the line of the key that it begins with. */
    private InputException refusedByRecord(List<JsonMappingException.Reference> path, String message) {
        JsonNode record = tree.at(path);
        String key = message.split("[ :,]", 2)[0];
        return new InputException(message, where(tree.lineOf(record, key, tree.line(path))), "Change this value");
    }

    private InputException wrongType(Class<?> type, List<JsonMappingException.Reference> path) {
        JsonNode parent = path.isEmpty() ? tree.root() : tree.at(path.subList(0, path.size() - 1));
        JsonMappingException.Reference last = path.isEmpty() ? null : path.get(path.size() - 1);
        JsonNode value = last == null
                ? tree.root()
                : last.getFieldName() == null ? parent.path(last.getIndex()) : parent.path(last.getFieldName());
        String key = name(path);
        if (value.isMissingNode() || value.isNull()) {
            return new InputException(key + " is missing", where(tree.line(path)), "Add the key with a value");
        }
        if (type.isEnum() && value.isTextual()) {
            List<String> known = Arrays.stream(type.getEnumConstants())
                    .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
                    .toList();
            return KnownNames.unknown(key, value.asText(), known, where(tree.line(path)));
        }
        String shown = value.isContainerNode() ? (value.isArray() ? "a list" : "a mapping") : value.toString();
        String mend = type == String.class && value.isValueNode() ? "Put it in quotes" : "Change this value";
        return new InputException(key + " is " + shown + ", expected " + wanted(type), where(tree.line(path)), mend);
    }

    private InputException unknownKind(InvalidTypeIdException e, List<JsonMappingException.Reference> path) {
        JsonSubTypes kinds = e.getBaseType().getRawClass().getAnnotation(JsonSubTypes.class);
        List<String> known = kinds == null
                ? List.of()
                : Arrays.stream(kinds.value()).map(JsonSubTypes.Type::name).toList();
        JsonNode item = tree.at(path);
        int line = tree.lineOf(item, "name", tree.line(path));
        if (e.getTypeId() == null) {
            String mend = "Add name: with one of " + String.join(", ", known);
            return new InputException(name(path) + " has no name", where(line), mend);
        }
        return KnownNames.unknown(name(path), e.getTypeId(), known, where(line));
    }

    /** The key that a path ends in; a list item bears its list's name. */
    private static String name(List<JsonMappingException.Reference> path) {
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i).getFieldName() != null) {
                return path.get(i).getFieldName() + (i < path.size() - 1 ? " item" : "");
            }
        }
        return "the file";
    }

    private static String wanted(Class<?> type) {
        if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == String.class || type == Path.class || type.isEnum() ? "text" : "a mapping of keys";
    }

    private String where(int line) {
        return file + " line " + line;
    }
}
