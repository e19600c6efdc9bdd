package org.tunebench.train.step;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.adapter.NamePattern;
import org.tunebench.train.recipe.LoraSettings;
import org.tunebench.train.recipe.Recipe;

/** A recipe's settings as the parts of a step. */
final class RecipeSettings {
    private RecipeSettings() {}

    static AdamW optimizer(Recipe recipe) {
        var o = recipe.optimizer();
        return new AdamW(o.beta1(), o.beta2(), o.eps(), o.weightDecay());
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

    static Method method(Recipe recipe, ModelFolder base) {
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
