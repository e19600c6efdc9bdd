package org.tunebench.train.selfinstruct;

/** A worked example of a task. @param input empty where the task needs none */
public record TaskInstance(String input, String output) {
    public TaskInstance {
        if (output == null) {
            throw new IllegalArgumentException("an instance has no output");
        }
        input = input == null ? "" : input;
    }
}
