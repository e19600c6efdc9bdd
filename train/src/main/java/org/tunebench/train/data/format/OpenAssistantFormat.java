package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.file.DataRecord;

/**
 * Message trees of OpenAssistant (Köpf et al. 2023, arXiv:2304.07327): a tree a record, {@code {"message_tree_id",
 * "prompt": {"text", "role", "replies": […]}}}, or a message a record with the id of its parent, tree after tree and
 * parents first. Deleted messages are passed over with what follows them.
 */
final class OpenAssistantFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of(
                List.of("message_tree_id", "prompt"),
                List.of("message_id", "parent_id", "text", "role"),
                List.of("user_message_id", "parent_message_id", "text", "role"));
    }

    @Override
    public List<String> fields() {
        return List.of("prompt", "message_id", "parent_id", "text", "role", "system", "task", "category");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return new TreeReader(reading);
    }

    private static final class TreeReader implements RecordReader {
        private final Reading reading;
        private final Map<String, MessageTree> open = new HashMap<>();
        private @Nullable MessageTree root;
        private @Nullable DataRecord rootRecord;

        TreeReader(Reading reading) {
            this.reading = reading;
        }

        @Override
        public void read(DataRecord row, Consumer<Example> examples) {
            if (row.has("prompt")) {
                MessageTree tree = tree(row, row.value("prompt"), "prompt");
                if (tree == null) {
                    throw row.refused("the prompt is deleted", "Remove the record");
                }
                give(row, tree, examples);
                return;
            }
            String id = id(row, "message_id", "user_message_id");
            String parent = id(row, "parent_id", "parent_message_id");
            if (id == null) {
                throw row.refused("a message without an id", "Give it message_id and parent_id");
            }
            MessageTree message = node(row, row.values(), "the message");
            if (parent == null) {
                end(examples);
                root = message;
                rootRecord = row;
            } else {
                MessageTree above = open.get(parent);
                if (above == null) {
                    throw row.refused(
                            "its parent " + parent + " does not stand before it in the same tree",
                            "Write tree after tree, parents first");
                }
                if (!isDeleted(row.values())) {
                    above.add(message);
                }
            }
            open.put(id, message);
        }

        @Override
        public void end(Consumer<Example> examples) {
            if (root != null && rootRecord != null && !isDeleted(rootRecord.values())) {
                give(rootRecord, root, examples);
            }
            open.clear();
            root = null;
        }

        /** A tree that nobody answered gives nothing. */
        private void give(DataRecord row, MessageTree tree, Consumer<Example> examples) {
            List<List<Message>> conversations = tree.conversations(reading.paths());
            for (int i = 0; i < conversations.size(); i++) {
                int part = reading.paths() == TreePaths.ALL ? i + 1 : 0;
                examples.accept(reading.conversation(
                        row, conversations.get(i), Tools.NONE, reading.origin(row, part, null), null));
            }
        }

        private static @Nullable MessageTree tree(DataRecord row, JsonNode message, String at) {
            if (isDeleted(message)) {
                return null;
            }
            MessageTree tree = node(row, message, at);
            JsonNode replies = message.path("replies");
            for (int i = 0; i < replies.size(); i++) {
                MessageTree reply = tree(row, replies.path(i), at + ".replies[" + i + "]");
                if (reply != null) {
                    tree.add(reply);
                }
            }
            return tree;
        }

        private static MessageTree node(DataRecord row, JsonNode message, String at) {
            if (!message.isObject()) {
                throw row.refused("'" + at + "' is " + DataRecord.kind(message), "Write {\"text\": …, \"role\": …}");
            }
            String role = row.textOf(message.path(row.column("role")), at + ".role");
            KnownNames.require("role", role, List.of("prompter", "assistant"), row.where() + ", " + at);
            String text = row.filled(message.path(row.column("text")), at + ".text");
            JsonNode rank = message.path("rank");
            return new MessageTree(
                    new Message(role.equals("prompter") ? Role.USER : Role.ASSISTANT, text),
                    rank.isNumber() ? rank.doubleValue() : Double.POSITIVE_INFINITY);
        }

        private static boolean isDeleted(JsonNode message) {
            return message.path("deleted").asBoolean(false);
        }

        private static @Nullable String id(DataRecord row, String field, String other) {
            String id = row.optionalText(field);
            return id == null ? row.optionalText(other) : id;
        }
    }
}
