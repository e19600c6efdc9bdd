package org.tunebench.train.step;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tunebench.core.input.KnownNames;

/** What takes the optimizer steps of a run. All give the same losses; a state that one has saved the others can load. */
public enum Runner {
    /** The faster one of those that can do the recipe. */
    AUTO,
    /** Gradients as a program in standard operators, the update in memory shared with it: on the CPU. */
    HOST,
    /** Many steps as one program in standard operators, on every build of ONNX Runtime. */
    LOOP,
    /** ONNX Runtime's own training session, on its training build. */
    ORT_TRAINING;

    /**
     * The runner of a {@code --runner} option.
     *
     * @throws org.tunebench.core.input.InputException for unknown names
     */
    public static Runner of(String name) {
        List<String> names = Arrays.stream(values()).map(Runner::toString).toList();
        KnownNames.require("runner", name, names, "--runner");
        return values()[names.indexOf(name)];
    }

    /** {@code auto}, {@code host}, {@code loop} or {@code ort-training}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
