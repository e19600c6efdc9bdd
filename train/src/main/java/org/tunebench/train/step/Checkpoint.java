package org.tunebench.train.step;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.CheckpointFolder.Prompting;
import org.tunebench.core.model.LoraConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Storage;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.recipe.LoraSettings;

/** What a run leaves: a Hugging Face folder, or for LoRA a PEFT adapter folder, with the template it was trained under. On request the
 * adapter is merged into a whole model beside it. */
final class Checkpoint {
    private Checkpoint() {}

    /**
     * Writes it into a new folder.
     *
     * @param parameters the flat state of the method's trainable tensors
     */
    static void write(TrainingJob job, Method method, Preparation prepared, float[] parameters, Path target) {
        ModelFolder base = job.base();
        List<FloatTensor> tensors = new FlatLayout(method.trainable()).pieces(parameters);
        Prompting prompting = new Prompting(prepared.template().source(), eosIds(base, prepared));
        LoraSettings lora = job.recipe().lora();
        if (lora == null) {
            CheckpointFolder.writeModel(target, base.path(), whole(base, tensors), prompting);
        } else {
            LoraConfig config = new LoraConfig(
                    job.baseName(),
                    lora.r(),
                    lora.alpha(),
                    lora.rslora(),
                    lora.dropout(),
                    modules(base, method),
                    lora.dora(),
                    inputFirst(base, method));
            CheckpointFolder.writeAdapter(target, base.tokenizerPath(), config, tensors, prompting);
        }
    }

    /** Whether the recipe asks for the whole model beside an adapter. */
    static boolean merges(TrainingJob job) {
        LoraSettings lora = job.recipe().lora();
        return lora != null && lora.merge();
    }

    /** Writes the base with a written adapter's change into a new folder. */
    static void writeMerged(TrainingJob job, Path adapter, Path target) {
        ModelFolder model = ModelFolder.open(adapter, name -> job.base().path());
        CheckpointFolder.writeWhole(target, model, Storage.FLOAT32);
    }

    /** Every tensor of the model: the trained ones, and the base model's where only some are trained. */
    private static List<FloatTensor> whole(ModelFolder base, List<FloatTensor> trained) {
        Map<String, FloatTensor> byName = new HashMap<>();
        trained.forEach(t -> byName.put(t.name(), t));
        List<FloatTensor> all = new ArrayList<>();
        for (TensorSpec spec : base.architecture().tensors()) {
            FloatTensor tensor = byName.get(spec.name());
            all.add(
                    tensor == null
                            ? new FloatTensor(spec.name(), spec.shape(), FloatBuffer.wrap(base.floats(spec.name())))
                            : tensor);
        }
        return all;
    }

    /** The base model's ids, and the template's end of turn where that is one token. */
    private static List<Integer> eosIds(ModelFolder base, Preparation prepared) {
        Set<Integer> ids = new LinkedHashSet<>(base.eosIds());
        prepared.tokenizer().eosId().ifPresent(ids::add);
        String end = prepared.template().endOfTurn();
        if (!end.isEmpty()) {
            prepared.tokenizer().tokenId(end).ifPresent(ids::add);
        }
        return List.copyOf(ids);
    }

    private static boolean inputFirst(ModelFolder base, Method method) {
        Set<String> adapted = adapted(method);
        return base.architecture().linearModules().stream().anyMatch(m -> m.inputFirst() && adapted.contains(m.name()));
    }

    /** The adapted modules as PEFT matches them: by the last part of their names where all of that name are adapted. */
    private static List<String> modules(ModelFolder base, Method method) {
        Set<String> adapted = adapted(method);
        boolean everywhere = base.architecture().linearModules().stream()
                .filter(m -> adapted.stream().anyMatch(a -> a.endsWith("." + m.lastPart())))
                .allMatch(m -> adapted.contains(m.name()));
        return adapted.stream()
                .map(m -> everywhere ? m.substring(m.lastIndexOf('.') + 1) : m)
                .distinct()
                .toList();
    }

    private static Set<String> adapted(Method method) {
        return method.trainable().stream()
                .map(t -> t.name().replaceFirst("\\.lora_.*", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
