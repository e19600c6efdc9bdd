package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which instances of an answer are kept, in the order in which the published code looks (prepare_for_finetuning.py). */
final class InstanceFilter {
    private InstanceFilter() {}

    static List<TaskInstance> left(String instruction, Completion answer, boolean classification, Drops drops) {
        List<TaskInstance> all = new ArrayList<>(InstanceAnswer.read(answer.text(), classification));
        if (all.isEmpty()) {
            drops.add(Drop.NO_INSTANCE, instruction);
            return List.of();
        }
        if (answer.cut()) {
            drops.add(Drop.CUT_OFF, shown(instruction, all.remove(all.size() - 1)));
        }
        List<TaskInstance> valid = new ArrayList<>();
        for (TaskInstance instance : all) {
            Optional<Drop> objection = objection(instance);
            objection.ifPresent(reason -> drops.add(reason, shown(instruction, instance)));
            if (objection.isEmpty()) {
                valid.add(instance);
            }
        }
        return consistent(instruction, valid, drops);
    }

    private static Optional<Drop> objection(TaskInstance instance) {
        if (instance.output().isEmpty()) {
            return Optional.of(Drop.EMPTY_OUTPUT);
        }
        if (instance.input().equals(instance.output())) {
            return Optional.of(Drop.INPUT_IS_OUTPUT);
        }
        boolean unfinished = instance.input().endsWith(":") || instance.output().endsWith(":");
        return unfinished ? Optional.of(Drop.ENDS_WITH_COLON) : Optional.empty();
    }

    private static List<TaskInstance> consistent(String instruction, List<TaskInstance> valid, Drops drops) {
        Map<String, String> outputs = new HashMap<>();
        for (TaskInstance instance : valid) {
            String before = instance.input().isEmpty() ? null : outputs.put(instance.input(), instance.output());
            if (before != null && !before.equals(instance.output())) {
                valid.forEach(i -> drops.add(Drop.CONFLICTING_OUTPUTS, shown(instruction, i)));
                return List.of();
            }
        }
        Set<TaskInstance> distinct = new LinkedHashSet<>();
        for (TaskInstance instance : valid) {
            if (!distinct.add(instance)) {
                drops.add(Drop.DUPLICATE, shown(instruction, instance));
            }
        }
        return List.copyOf(distinct);
    }

    private static String shown(String instruction, TaskInstance instance) {
        return instruction + " | " + instance.input() + " | " + instance.output();
    }
}
