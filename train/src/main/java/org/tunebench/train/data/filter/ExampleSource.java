package org.tunebench.train.data.filter;

import java.util.function.Consumer;
import org.tunebench.train.data.example.Example;

/** Examples that can be gone through again and again, each time in the same order. */
@FunctionalInterface
public interface ExampleSource {
    /** No examples. */
    ExampleSource NONE = examples -> {};

    void forEach(Consumer<Example> examples);
}
