package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes tasks from seed tasks with a model. Everything follows from seeds, settings and the model's answers; the same answers
 * give the same tasks, in the same bytes.
 */
public final class SelfInstruct {
    private final SeedTasks seeds;
    private final SelfInstructSettings settings;
    private final Completer completer;
    private final Listener listener;
    private final Drops drops = new Drops();
    private final Asking asking;
    private final Map<String, String> examplesShown = new LinkedHashMap<>();

    private SelfInstruct(SeedTasks seeds, SelfInstructSettings settings, Completer completer, Listener listener) {
        this.seeds = seeds;
        this.settings = settings;
        this.completer = completer;
        this.listener = listener;
        this.asking = new Asking(completer, drops);
    }

    /**
     * Makes tasks.
     *
     * @throws org.tunebench.core.input.InputException where the seeds are too few, or the model's context is too short
     */
    public static Made make(SeedTasks seeds, SelfInstructSettings settings, Completer completer, Listener listener) {
        return new SelfInstruct(seeds, settings, completer, listener).make();
    }

    private Made make() {
        List<MadeInstruction> made =
                new InstructionMaking(seeds, settings, asking, drops).make(completer.model(), listener);
        return settings.method() == Method.ALPACA ? withOwnInstances(made) : withInstancesAskedFor(made);
    }

    private Made withOwnInstances(List<MadeInstruction> made) {
        List<List<TaskInstance>> instances = made.stream()
                .map(m -> m.instance() == null ? List.<TaskInstance>of() : List.of(m.instance()))
                .toList();
        return made(made, instances, null);
    }

    private Made withInstancesAskedFor(List<MadeInstruction> made) {
        List<Boolean> classification = ClassificationStage.of(made, asking, listener, examplesShown);
        TaskStage stage = new TaskStage(InstanceStage.STAGE, asking, listener);
        List<List<TaskInstance>> instances =
                InstanceStage.of(made, classification, stage, drops, settings.seed(), examplesShown);
        return made(made, instances, classification);
    }

    /** @param classification null where nobody asked */
    private Made made(
            List<MadeInstruction> made, List<List<TaskInstance>> instances, @Nullable List<Boolean> classification) {
        List<MadeTask> tasks = new ArrayList<>();
        List<Lineage> lineage = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            MadeInstruction m = made.get(i);
            lineage.add(lineage(m, i, instances.get(i).size()));
            if (!instances.get(i).isEmpty()) {
                boolean labels = classification != null && classification.get(i);
                tasks.add(new MadeTask(m.id(), m.instruction(), instances.get(i), labels));
            }
        }
        return new Made(tasks, lineage, summary(made.size(), tasks));
    }

    private Lineage lineage(MadeInstruction m, int index, int instances) {
        boolean asked = settings.method() == Method.SELF_INSTRUCT;
        return new Lineage(
                m.id(),
                m.instruction(),
                completer.model(),
                m.request(),
                m.place(),
                m.shown(),
                m.nearest() == null ? null : m.nearest().id(),
                m.nearest() == null ? null : m.nearest().rougeL(),
                asked ? ClassificationStage.STAGE + "/" + index : null,
                asked ? InstanceStage.STAGE + "/" + index : null,
                instances);
    }

    private Summary summary(int instructions, List<MadeTask> tasks) {
        return new Summary(
                settings.method().id(),
                completer.model(),
                seeds.source(),
                seeds.sha256(),
                settings.tasks(),
                settings.promptTasks(),
                settings.classificationOnly(),
                settings.chat(),
                settings.seed(),
                instructions,
                tasks.size(),
                tasks.stream().mapToInt(task -> task.instances().size()).sum(),
                (int) tasks.stream().filter(MadeTask::isClassification).count(),
                instructions < settings.tasks(),
                examplesShown,
                asking.usage(),
                asking.cost(),
                drops.counted());
    }
}
