package org.tunebench.eval.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.tunebench.eval.engine.Whitespace;

/** How an answer begins and ends, what parts it has, and which signs it does without. */
final class Frames {
    private Frames() {}

    static void add(Map<String, Function<Instruction.Arguments, Instruction>> kinds) {
        kinds.put("combination:two_responses", arguments -> Frames::areTwo);
        kinds.put("combination:repeat_prompt", arguments -> {
            String prompt = comparable(arguments.text("prompt_to_repeat"));
            return answer -> comparable(answer).startsWith(prompt);
        });
        kinds.put("startend:end_checker", arguments -> {
            String phrase = comparable(arguments.text("end_phrase"));
            return answer -> Whitespace.strip(answer)
                    .replaceAll("^\"+|\"+$", "")
                    .toLowerCase(Locale.ROOT)
                    .endsWith(phrase);
        });
        kinds.put("startend:quotation", arguments -> answer -> {
            String text = Whitespace.strip(answer);
            return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        });
        kinds.put("punctuation:no_comma", arguments -> answer -> answer.indexOf(',') < 0);
    }

    private static String comparable(String text) {
        return Whitespace.strip(text).toLowerCase(Locale.ROOT);
    }

    /** Two different texts parted by six asterisks, with nothing else between asterisks. */
    private static boolean areTwo(String answer) {
        String[] parts = answer.split("\\*{6}", -1);
        List<String> filled = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            String part = Whitespace.strip(parts[i]);
            if (!part.isEmpty()) {
                filled.add(part);
            } else if (i > 0 && i < parts.length - 1) {
                return false;
            }
        }
        return filled.size() == 2 && !filled.get(0).equals(filled.get(1));
    }
}
