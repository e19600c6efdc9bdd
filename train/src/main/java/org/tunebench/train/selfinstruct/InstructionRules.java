package org.tunebench.train.selfinstruct;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an instruction must not be, by its text alone, in the order in which the published code looks. */
final class InstructionRules {
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_WORDS = 150;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final List<String> UNSEEN = List.of(
            "image",
            "images",
            "graph",
            "graphs",
            "picture",
            "pictures",
            "file",
            "files",
            "map",
            "maps",
            "draw",
            "plot",
            "go to");
    private static final List<String> UNHEARD = List.of("video", "audio", "music", "flowchart", "diagram");

    private final Pattern keywords;

    private InstructionRules(List<String> keywords) {
        this.keywords = Pattern.compile(
                "\\b(" + String.join("|", keywords) + ")\\b",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    static InstructionRules of(Method method) {
        return new InstructionRules(
                method == Method.ALPACA
                        ? Stream.concat(UNSEEN.stream(), UNHEARD.stream()).toList()
                        : UNSEEN);
    }

    /** Why an instruction is dropped; empty where it is not. */
    Optional<Drop> objection(String instruction) {
        int words = PlainText.words(instruction);
        if (words < FEWEST_WORDS) {
            return Optional.of(Drop.TOO_SHORT);
        }
        if (words > MOST_WORDS) {
            return Optional.of(Drop.TOO_LONG);
        }
        if (keywords.matcher(instruction).find()) {
            return Optional.of(Drop.KEYWORD);
        }
        if (instruction.startsWith("Write a program")) {
            return Optional.of(Drop.WRITE_A_PROGRAM);
        }
        if (PUNCTUATION.indexOf(instruction.charAt(0)) >= 0) {
            return Optional.of(Drop.STARTS_WITH_PUNCTUATION);
        }
        return instruction.charAt(0) > 127 ? Optional.of(Drop.STARTS_WITH_NON_ENGLISH) : Optional.empty();
    }
}
