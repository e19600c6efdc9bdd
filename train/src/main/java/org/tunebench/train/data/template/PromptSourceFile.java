package org.tunebench.train.data.template;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A {@code templates.yaml} of PromptSource: {@code dataset}, perhaps {@code subset}, and {@code templates} with a
 * {@code !Template} under each id. The tags are taken as plain mappings: no class is made by name.
 */
final class PromptSourceFile {
    private PromptSourceFile() {}

    /** Whether a YAML text is such a file. */
    static boolean is(String yaml) {
        return yaml.contains("!Template");
    }

    /** The templates in the file's order. @throws InputException where the file or a template is malformed */
    static List<InstructionTemplate> read(Path file) {
        List<InstructionTemplate> templates = new ArrayList<>();
        for (Object each : templates(file).values()) {
            if (each instanceof Map<?, ?> template
                    && template.get("name") instanceof String name
                    && template.get("jinja") instanceof String jinja) {
                Object choices = template.get("answer_choices");
                templates.add(new PromptSourceTemplate(name, jinja, choices instanceof String text ? text : null));
            } else {
                throw refused(file, "a template without name and jinja");
            }
        }
        if (templates.isEmpty()) {
            throw refused(file, "no template");
        }
        return templates;
    }

    private static Map<?, ?> templates(Path file) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(file)));
            if (root == null) {
                throw refused(file, "an empty file");
            }
            untag(root);
            Object document = new Plain().document(root);
            if (document instanceof Map<?, ?> map && map.get("templates") instanceof Map<?, ?> templates) {
                return templates;
            }
            throw refused(file, "no mapping under 'templates'");
        } catch (NoSuchFileException e) {
            throw new InputException("no such file", file.toString(), "Check the path", e);
        } catch (IOException | YAMLException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new InputException("not a YAML file: " + why, file.toString(), "Check the file", e);
        }
    }

    private static void untag(Node node) {
        if (node instanceof MappingNode mapping) {
            mapping.setTag(Tag.MAP);
            for (NodeTuple tuple : mapping.getValue()) {
                untag(tuple.getKeyNode());
                untag(tuple.getValueNode());
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.setTag(Tag.SEQ);
            sequence.getValue().forEach(PromptSourceFile::untag);
        } else if (node instanceof ScalarNode scalar
                && scalar.getTag().getValue().startsWith("!")) {
            scalar.setTag(Tag.STR);
        }
    }

    private static InputException refused(Path file, String what) {
        return new InputException(
                what + " is no PromptSource file", file.toString(), "Take a templates.yaml of PromptSource");
    }

    /** Builds plain values out of nodes. */
    private static final class Plain extends SafeConstructor {
        Plain() {
            super(new LoaderOptions());
        }

        @Nullable
        Object document(Node root) {
            return constructDocument(root);
        }
    }
}
