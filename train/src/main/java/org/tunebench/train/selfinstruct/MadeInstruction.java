package org.tunebench.train.selfinstruct;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction that passed the filters.
 *
 * @param instance where it came with one
 * @param request that it is from
 * @param place in the answer, among all that could be read, from 1
 * @param shown ids of the tasks in the prompt, in their order
 * @param nearest the most similar instruction before it, if any has a word in common with it
 */
record MadeInstruction(
        String id,
        String instruction,
        @Nullable TaskInstance instance,
        String request,
        int place,
        List<String> shown,
        SimilarInstructions.@Nullable Nearest nearest) {
    private static final TaskInstance NONE = new TaskInstance("", "");

    ShownTask shownTask() {
        return new ShownTask(id, instruction, instance == null ? NONE : instance);
    }
}
