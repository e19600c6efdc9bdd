package org.tunebench.train.step;

import java.util.List;
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
        String where = "recipe " + recipe.name() + ", lora.";
        if (lora.dropout() > 0) {
            throw new InputException(
                    "dropout is " + lora.dropout() + ", but adapters are trained without dropout",
                    where + "dropout",
                    "Set it to 0, or leave it out");
        }
        List<LinearModule> modules = base.architecture().linearModules();
        List<String> names = modules.stream().map(LinearModule::name).toList();
        NamePattern.requireMatches(lora.targets(), names, "lora target", where + "targets");
        return Lora.on(modules, lora.targets(), lora.r(), lora.scale(), recipe.seed());
    }
}
