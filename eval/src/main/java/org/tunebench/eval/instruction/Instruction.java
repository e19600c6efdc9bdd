package org.tunebench.eval.instruction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.record.Json;

/**
 * An instruction about the form of an answer (Zhou et al. 2023, arXiv:2311.07911). The 25 kinds and their rules are those of
 * google-research's instruction_following_eval as lm-evaluation-harness 0.4.13 ships it; what differs is said at the kind.
 */
@FunctionalInterface
public interface Instruction {
    /** Whether an answer, not blank, follows it. */
    boolean isFollowed(String answer);

    /**
     * An instruction by its id, e.g. {@code punctuation:no_comma}.
     *
     * @throws InputException where there is no such kind, or an argument is missing or of another type
     */
    static Instruction of(String id, Arguments arguments) {
        Map<String, Function<Arguments, Instruction>> kinds = kinds();
        Function<Arguments, Instruction> kind = kinds.get(id);
        if (kind == null) {
            throw KnownNames.unknown("instruction", id, kinds.keySet(), arguments.where());
        }
        return kind.apply(arguments);
    }

    private static Map<String, Function<Arguments, Instruction>> kinds() {
        Map<String, Function<Arguments, Instruction>> kinds = new TreeMap<>();
        Keywords.add(kinds);
        Lengths.add(kinds);
        Formats.add(kinds);
        Frames.add(kinds);
        Languages.add(kinds);
        return kinds;
    }

    /**
     * What an instruction is told besides its kind.
     *
     * @param where the place, for messages
     */
    record Arguments(ObjectNode values, String where) {
        /** Arguments given by a program. */
        public static Arguments of(Map<String, ?> values) {
            return new Arguments(Json.MAPPER.valueToTree(values), "arguments");
        }

        String text(String name) {
            JsonNode value = values.get(name);
            if (value == null || !value.isTextual() || value.textValue().isBlank()) {
                throw refused(name, "a text");
            }
            return value.textValue();
        }

        int number(String name) {
            JsonNode value = values.get(name);
            if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
                throw refused(name, "a whole number of 0 or more");
            }
            return value.intValue();
        }

        List<String> texts(String name) {
            JsonNode value = values.get(name);
            List<String> texts = new ArrayList<>();
            if (value != null && value.isArray()) {
                value.forEach(element -> texts.add(element.isTextual() ? element.textValue() : ""));
            }
            if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
                throw refused(name, "a list of texts");
            }
            return texts;
        }

        /** How a count is compared: {@code at least} or {@code less than}. */
        Bound bound(String relation, String threshold) {
            String word = text(relation);
            int number = number(threshold);
            return switch (word) {
                case "at least" -> count -> count >= number;
                case "less than" -> count -> count < number;
                default -> throw refused(relation, "'at least' or 'less than'");
            };
        }

        private InputException refused(String name, String expected) {
            return new InputException(
                    "argument '" + name + "' is " + values.path(name) + ", expected " + expected,
                    where,
                    "Give it in the instruction's kwargs");
        }
    }

    /** A condition on a count. */
    @FunctionalInterface
    interface Bound {
        boolean holds(int count);
    }
}
