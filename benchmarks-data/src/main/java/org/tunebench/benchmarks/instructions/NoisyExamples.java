package org.tunebench.benchmarks.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Examples as collected data has them: some of the responses refuse, some only say the instruction again. */
final class NoisyExamples {
    private static final List<String> REFUSALS = List.of(
            "I'm sorry, but I cannot answer that.",
            "As a language model, I cannot know this.",
            "I am sorry, but I cannot say.");

    private NoisyExamples() {}

    /** The same examples in the same order; {@code share} of them, drawn, with a spoiled response. */
    static List<Example> of(List<Example> clean, double share, Random random) {
        List<Example> noisy = new ArrayList<>();
        for (Example example : clean) {
            noisy.add(random.nextDouble() < share ? spoiled(example, random) : example);
        }
        return noisy;
    }

    private static Example spoiled(Example example, Random random) {
        String response = random.nextBoolean() ? REFUSALS.get(random.nextInt(REFUSALS.size())) : example.instruction();
        return new Example(example.kind(), example.instruction(), example.input(), response);
    }
}
