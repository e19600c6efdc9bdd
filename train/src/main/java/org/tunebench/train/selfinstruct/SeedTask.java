package org.tunebench.train.selfinstruct;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task written by people, as a line of Self-Instruct's seed_tasks.jsonl has it.
 *
 * @param id names the task in the lineage
 * @param instances at least one
 */
public record SeedTask(
        @Nullable String id, String instruction, List<TaskInstance> instances, boolean isClassification) {
    public SeedTask {
        if (instruction == null || instruction.isBlank()) {
            throw new IllegalArgumentException("instruction is missing or empty");
        }
        if (instances == null || instances.isEmpty()) {
            throw new IllegalArgumentException("instances is missing or empty");
        }
        instances = List.copyOf(instances);
    }

    SeedTask withId(String newId) {
        return new SeedTask(newId, instruction, instances, isClassification);
    }

    /** As it is shown to the model, with its first instance. */
    ShownTask shown() {
        return new ShownTask(String.valueOf(id), instruction, instances.get(0));
    }
}
