package org.tunebench.eval.suite;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.eval.engine.Prompt;

/**
 * A question with choices.
 *
 * @param id the same for every model
 * @param prompt all that precedes a choice
 * @param shown what a reader of the samples needs of the prompt: the item itself, without what all items share
 * @param choices texts without delimiter
 * @param target index of the right choice
 */
record ChoiceItem(
        String id,
        @Nullable String group,
        Prompt prompt,
        String shown,
        List<String> choices,
        int target,
        Grading grading) {}
