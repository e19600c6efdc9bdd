package org.tunebench.train.step;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.adapter.NamePattern;
import org.tunebench.train.gradient.Differentiation;
import org.tunebench.train.recipe.LoraSettings;
import org.tunebench.train.recipe.Recipe;

/** A recipe's settings as the parts of a step. */
final class RecipeSettings {
    private RecipeSettings() {}

    static AdamW optimizer(Recipe recipe) {
        var o = recipe.optimizer();
        return new AdamW(o.beta1(), o.beta2(), o.eps(), o.weightDecay(), o.noDecay());
    }

    static Schedule schedule(Recipe recipe, int totalSteps) {
        var s = recipe.schedule();
        Schedule.Shape shape = Schedule.Shape.valueOf(s.type().name());
        return new Schedule(
                shape, recipe.optimizer().learningRate(), s.minRatio(), s.warmupStepsOf(totalSteps), totalSteps);
    }

    /** The dropout of the recipe's adapters; null where there is none. */
    static @Nullable DropoutDraws dropout(Recipe recipe, ModelFolder base) {
        LoraSettings lora = recipe.lora();
        return lora == null || lora.dropout() == 0
                ? null
                : new DropoutDraws(
                        lora.dropout(),
                        Lora.targeted(base.architecture().linearModules(), lora.targets()),
                        recipe.seed());
    }

    /**
     * How the passes are computed.
     *
     * @throws InputException for bf16 on the CPU
     */
    static Computation computation(TrainingJob job) {
        Recipe recipe = job.recipe();
        boolean bf16 = recipe.precision() == Recipe.Precision.BF16;
        if (bf16 && job.device() == Device.CPU) {
            throw new InputException(
                    "precision is bf16, but ONNX Runtime has no bfloat16 products on the CPU",
                    "recipe " + recipe.name() + ", precision",
                    "Set it to fp32, or train with --device cuda");
        }
        // the CPU adds picked rows one after the other: their order is fixed already
        boolean ordered = recipe.deterministic() && job.device() != Device.CPU;
        return new Computation(
                bf16 ? DType.BFLOAT16 : DType.FLOAT, new Differentiation(recipe.gradientCheckpointing(), ordered));
    }

    static Method method(Recipe recipe, ModelFolder base) {
        Method method = chosen(recipe, base);
        NamePattern.requireMatches(
                recipe.optimizer().noDecay(),
                method.trainable().stream().map(TensorSpec::name).toList(),
                "no_decay",
                "recipe " + recipe.name() + ", optimizer.no_decay");
        return method;
    }

    private static Method chosen(Recipe recipe, ModelFolder base) {
        if (base.adapter().isPresent()) {
            throw new InputException(
                    "the base model is an adapter",
                    base.path().toString(),
                    "Train on a whole model folder, e.g. on " + base.basePath());
        }
        LoraSettings lora = recipe.lora();
        if (lora == null) {
            return FullFineTuning.of(
                    base.architecture().tensors(),
                    recipe.trainable(),
                    base::floats,
                    "recipe " + recipe.name() + ", trainable");
        }
        String where = "recipe " + recipe.name() + ", lora.targets";
        List<LinearModule> modules = base.architecture().linearModules();
        List<String> names = modules.stream().map(LinearModule::name).toList();
        NamePattern.requireMatches(lora.targets(), names, "lora target", where);
        return new Lora(
                Lora.targeted(modules, lora.targets()),
                lora.r(),
                lora.scale(),
                lora.dora(),
                base::floats,
                recipe.seed());
    }
}
