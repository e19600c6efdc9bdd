package org.tunebench.train.selfinstruct;

import org.tunebench.core.input.Range;

/**
 * What is to be made, and how.
 *
 * @param tasks new instructions to keep; fewer become tasks where instances are filtered out
 * @param promptTasks tasks shown in a prompt for new ones
 * @param classificationOnly whether only classification tasks are shown and asked for (Self-Instruct's second run)
 * @param chat whether prompts are a user's turn rather than texts to be continued: then a blank line does not end an answer
 * @param seed of what is shown and of what the model draws
 * @param patience requests in a row without a new instruction, after which no more are asked for
 */
public record SelfInstructSettings(
        Method method, int tasks, int promptTasks, boolean classificationOnly, boolean chat, long seed, int patience) {
    public SelfInstructSettings {
        Range.from(1).check("tasks", tasks);
        Range.from(1).check("promptTasks", promptTasks);
        Range.from(1).check("patience", patience);
    }

    /** A hundred tasks, everything else as published. */
    public static SelfInstructSettings of(Method method) {
        return new SelfInstructSettings(method, 100, method.promptTasks(), false, false, 1, 100);
    }

    public SelfInstructSettings withTasks(int number) {
        return new SelfInstructSettings(method, number, promptTasks, classificationOnly, chat, seed, patience);
    }

    public SelfInstructSettings withPromptTasks(int number) {
        return new SelfInstructSettings(method, tasks, number, classificationOnly, chat, seed, patience);
    }

    public SelfInstructSettings withClassificationOnly(boolean only) {
        return new SelfInstructSettings(method, tasks, promptTasks, only, chat, seed, patience);
    }

    public SelfInstructSettings withChat(boolean asTurns) {
        return new SelfInstructSettings(method, tasks, promptTasks, classificationOnly, asTurns, seed, patience);
    }

    public SelfInstructSettings withSeed(long newSeed) {
        return new SelfInstructSettings(method, tasks, promptTasks, classificationOnly, chat, newSeed, patience);
    }

    public SelfInstructSettings withPatience(int requests) {
        return new SelfInstructSettings(method, tasks, promptTasks, classificationOnly, chat, seed, requests);
    }
}
