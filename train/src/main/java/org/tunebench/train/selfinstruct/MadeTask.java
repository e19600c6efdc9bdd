package org.tunebench.train.selfinstruct;

import java.util.List;

/** A task that the model made, as seed tasks are written. @param instances at least one */
public record MadeTask(String id, String instruction, List<TaskInstance> instances, boolean isClassification) {
    public MadeTask {
        instances = List.copyOf(instances);
    }
}
