package org.tunebench.train.selfinstruct;

import java.util.Locale;

/** Whose prompts and rules tasks are made by. */
public enum Method {
    /** Instructions, then whether each is a classification task, then instances (yizhongw/self-instruct, 0b26cca). */
    SELF_INSTRUCT(8),

    /** Whole tasks, many at once (tatsu-lab/stanford_alpaca, 761dc5b). */
    ALPACA(3);

    private final int promptTasks;

    Method(int promptTasks) {
        this.promptTasks = promptTasks;
    }

    /** The name in settings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tasks shown in a prompt for new ones, as published. */
    public int promptTasks() {
        return promptTasks;
    }
}
