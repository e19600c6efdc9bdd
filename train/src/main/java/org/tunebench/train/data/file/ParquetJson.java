package org.tunebench.train.data.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** A row of Parquet as JSON: lists and maps without the groups that Parquet writes around them, nulls left out. */
final class ParquetJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ParquetJson() {}

    static ObjectNode object(Group group) {
        ObjectNode object = JSON.objectNode();
        GroupType type = group.getType();
        for (int i = 0; i < type.getFieldCount(); i++) {
            int values = group.getFieldRepetitionCount(i);
            Type field = type.getType(i);
            if (field.isRepetition(Type.Repetition.REPEATED)) {
                ArrayNode array = object.putArray(field.getName());
                for (int n = 0; n < values; n++) {
                    array.add(value(group, i, n));
                }
            } else if (values > 0) {
                object.set(field.getName(), value(group, i, 0));
            }
        }
        return object;
    }

    private static JsonNode value(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        if (!type.isPrimitive()) {
            Group inner = group.getGroup(field, index);
            LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
            if (logical instanceof ListLogicalTypeAnnotation) {
                return list(inner);
            }
            return logical instanceof MapLogicalTypeAnnotation ? map(inner) : object(inner);
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
            case INT32 -> JSON.numberNode(group.getInteger(field, index));
            case INT64 -> JSON.numberNode(group.getLong(field, index));
            case FLOAT -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(group.getDouble(field, index));
            case BINARY ->
                type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation
                        ? JSON.textNode(group.getString(field, index))
                        : JSON.binaryNode(group.getBinary(field, index).getBytes());
            default -> JSON.binaryNode(group.getBinary(field, index).getBytes());
        };
    }

    /** {@code repeated group list {element}}, or the older {@code repeated element}. */
    private static ArrayNode list(Group group) {
        ArrayNode list = JSON.arrayNode();
        for (int n = 0; n < group.getFieldRepetitionCount(0); n++) {
            Type repeated = group.getType().getType(0);
            boolean wrapped = !repeated.isPrimitive()
                    && repeated.asGroupType().getFieldCount() == 1
                    && !repeated.getName().equals("array");
            if (wrapped) {
                Group element = group.getGroup(0, n);
                list.add(element.getFieldRepetitionCount(0) == 0 ? JSON.nullNode() : value(element, 0, 0));
            } else {
                list.add(value(group, 0, n));
            }
        }
        return list;
    }

    private static ObjectNode map(Group group) {
        ObjectNode map = JSON.objectNode();
        for (int n = 0; n < group.getFieldRepetitionCount(0); n++) {
            Group entry = group.getGroup(0, n);
            JsonNode value = entry.getFieldRepetitionCount(1) == 0 ? JSON.nullNode() : value(entry, 1, 0);
            map.set(value(entry, 0, 0).asText(), value);
        }
        return map;
    }
}
