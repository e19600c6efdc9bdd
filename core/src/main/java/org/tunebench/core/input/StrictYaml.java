package org.tunebench.core.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Reads one YAML file into a record, refusing what the record does not know.
 *
 * <ul>
 *   <li>A component {@code maxLength} is the key {@code max_length}; enum constants are written in lower case.
 *   <li>A key that is left out arrives at the record's constructor as {@code null}, which puts the default in its place;
 *       a primitive component is a required key.
 *   <li>An {@link IllegalArgumentException} from a constructor becomes an {@link InputException} with file and line: that
 *       of the key that the message begins with, or else of the whole record.
 *   <li>A {@link Path} component is relative to the folder of the file.
 *   <li>Unknown and repeated keys, wrong types, and a number where text is wanted are refused with file and line. Anchors
 *       and merge keys work.
 * </ul>
 *
 * <pre>{@code
 * record Schedule(String type, Integer warmupSteps) {
 *     Schedule {
 *         warmupSteps = warmupSteps == null ? 0 : warmupSteps;
 *         if (warmupSteps < 0) throw new IllegalArgumentException("warmup_steps is " + warmupSteps + ", must be 0 or more");
 *     }
 * }
 * Schedule schedule = StrictYaml.read(Path.of("schedule.yaml"), Schedule.class);
 * }</pre>
 */
public final class StrictYaml {
    private static final ObjectMapper WRITER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModule(new SimpleModule()
                    .addSerializer(new TextSerializer<>(Enum.class))
                    .addSerializer(new TextSerializer<>(Path.class)))
            .build();

    private StrictYaml() {}

    /**
     * Reads a file.
     *
     * @throws InputException when the file is missing, empty, malformed, or does not fit the type
     */
    public static <T> T read(Path file, Class<T> type) {
        return parse(text(file), file, type);
    }

    /** The same for a document that is completed before it is read: {@link #parse(String, Path, Class, Consumer)}. */
    public static <T> T read(Path file, Class<T> type, Consumer<ObjectNode> completion) {
        return parse(text(file), file, type, completion);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException("no such file", file.toString(), "Check the path", e);
        } catch (CharacterCodingException e) {
            throw new InputException("not UTF-8 text", file.toString(), "Save the file as UTF-8", e);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Check the path", e);
        }
    }

    /**
     * Reads a text as if it stood in a file.
     *
     * @param file where the text stands, for messages and for relative paths
     */
    public static <T> T parse(String text, Path file, Class<T> type) {
        return parse(text, file, type, document -> {});
    }

    /** The same for a document that is completed before it is read, with keys that it takes over from elsewhere, say. */
    public static <T> T parse(String text, Path file, Class<T> type, Consumer<ObjectNode> completion) {
        YamlTree tree = YamlTree.compose(text, file);
        if (tree.root() instanceof ObjectNode document) {
            completion.accept(document);
        }
        try {
            return mapper(file).treeToValue(tree.root(), type);
        } catch (JsonMappingException e) {
            throw new YamlRefusal(tree, file).of(e);
        } catch (IOException e) {
            throw new InputException(String.valueOf(e.getMessage()), file.toString(), "Check the file", e);
        }
    }

    /** A record as YAML that {@link #parse} reads back: every component that is not null, in the record's order. */
    public static String write(Object value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        return new Yaml(options).dump(WRITER.convertValue(value, Object.class));
    }

    private static ObjectMapper mapper(Path file) {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .addModule(new SimpleModule().addDeserializer(Path.class, new PathDeserializer(file)))
                .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Enum).setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        return mapper;
    }

    /** Resolves a path against the folder of the file it stands in. */
    private static final class PathDeserializer extends StdDeserializer<Path> {
        private static final long serialVersionUID = 1L;
        private final transient Path file;

        PathDeserializer(Path file) {
            super(Path.class);
            this.file = file;
        }

        @Override
        public Path deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = context.readValue(parser, String.class);
            return file.toAbsolutePath().resolveSibling(text).normalize();
        }
    }

    /** Writes enum constants in lower case and paths as they are. */
    private static final class TextSerializer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        TextSerializer(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(
                    value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString());
        }
    }
}
