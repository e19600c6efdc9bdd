package org.tunebench.train.selfinstruct;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why something that the model wrote is not used. */
enum Drop {
    /** The prompt leaves no room in the model's context; it was not asked. */
    PROMPT_TOO_LONG(Unit.REQUEST),
    /** The model would not answer. */
    REFUSED(Unit.REQUEST),
    /** Asked for instructions, the model wrote nothing. */
    EMPTY_ANSWER(Unit.REQUEST),
    /** The answer ends at the limit of tokens; of several tasks or instances the last is left out. */
    CUT_OFF(Unit.REQUEST),
    /** Not instruction, input and output under their numbers. */
    MALFORMED(Unit.INSTRUCTION),
    /** Three words or fewer. */
    TOO_SHORT(Unit.INSTRUCTION),
    /** More than 150 words. */
    TOO_LONG(Unit.INSTRUCTION),
    /** Names what a language model cannot see or do: images, files, drawing. */
    KEYWORD(Unit.INSTRUCTION),
    /** Begins with "Write a program". */
    WRITE_A_PROGRAM(Unit.INSTRUCTION),
    STARTS_WITH_PUNCTUATION(Unit.INSTRUCTION),
    /** Begins with a character that is not ASCII. */
    STARTS_WITH_NON_ENGLISH(Unit.INSTRUCTION),
    /** ROUGE-L above 0.7 with a seed task or a kept instruction. */
    SIMILAR(Unit.INSTRUCTION),
    /** The answer holds no instance. */
    NO_INSTANCE(Unit.INSTRUCTION),
    INPUT_IS_OUTPUT(Unit.INSTANCE),
    EMPTY_OUTPUT(Unit.INSTANCE),
    /** Input or output ends with a colon: usually not finished. */
    ENDS_WITH_COLON(Unit.INSTANCE),
    DUPLICATE(Unit.INSTANCE),
    /** The same input with different outputs: all instances of the task go. */
    CONFLICTING_OUTPUTS(Unit.INSTANCE),
    /** Beyond five of a task. */
    BEYOND_FIVE(Unit.INSTANCE);

    /** What is dropped. */
    enum Unit {
        REQUEST,
        INSTRUCTION,
        INSTANCE
    }

    private final Unit unit;

    Drop(Unit unit) {
        this.unit = unit;
    }

    String unit() {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
