package org.tunebench.eval.suite;

/**
 * A benchmark: where its items come from, how they are asked, how answers are scored. Its rules never change under the
 * same version. A new suite is one class and one line in {@link Suites}.
 */
public interface Suite {
    /** The name in commands and results, e.g. {@code mmlu}. */
    String name();

    /** Of the rules and file format. */
    String version();

    /** What else decides how items are asked and scored; empty where the version says it all. */
    default String rules() {
        return "";
    }

    /** One line for people. */
    String description();

    /** The data it reads, in its original format, for people who have to find it. */
    default String format() {
        return "the suite's own files";
    }

    /** Whether it runs programs that a model wrote, and so takes {@link SuiteOptions#programs()}. */
    default boolean runsPrograms() {
        return false;
    }

    /**
     * Reads and checks the suite's data, before any model is asked.
     *
     * @throws org.tunebench.core.input.InputException with file and line, where the data or the options cannot be used
     */
    LoadedSuite load(SuiteOptions options);
}
