package org.tunebench.eval.suite;

import java.nio.file.Path;
import java.util.List;
import org.tunebench.core.input.KnownNames;

/** The suites there are. A new one is a line here. */
public final class Suites {
    /** In the order in which they are listed to people. */
    public static final List<Suite> ALL = List.of(
            new Mmlu(Mmlu.Formulation.LETTERS),
            new Mmlu(Mmlu.Formulation.CLOZE),
            new HellaSwag(),
            new TruthfulQaMc(),
            new TruthfulQaGen(),
            new Arc(),
            new Gsm8k(),
            new IfEval(),
            new HumanEval(),
            new MtBench(),
            new Perplexity());

    private Suites() {}

    /**
     * A suite by its name, or an own suite by the path of its YAML file.
     *
     * @throws org.tunebench.core.input.InputException where there is no such suite or file
     */
    public static Suite find(String nameOrPath) {
        if (nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml")) {
            return OwnSuite.read(Path.of(nameOrPath));
        }
        List<String> names = ALL.stream().map(Suite::name).toList();
        KnownNames.require("suite", nameOrPath, names, "suites");
        return ALL.get(names.indexOf(nameOrPath));
    }
}
