package org.tunebench.eval.suite;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tunebench.eval.engine.OpenQuestion;
import org.tunebench.eval.engine.Prompt;

/**
 * A question whose answer is generated and graded by rule.
 *
 * @param id the same for every model
 * @param prompt what is continued
 * @param shown what a reader of the samples needs of the prompt: the item itself, without what all items share
 * @param target the reference answer, where there is one
 * @param grading an answer's grade
 */
record OpenItem(
        String id,
        @Nullable String group,
        Prompt prompt,
        String shown,
        @Nullable Object target,
        Function<String, Grade> grading) {
    /**
     * @param prediction what was made of the answer; null where it is taken as it is
     * @param scores metric name → value
     * @param flag what is odd about it; null where nothing is
     */
    record Grade(
            @Nullable Object prediction,
            Map<String, Double> scores,
            @Nullable String flag) {}

    OpenQuestion question() {
        return OpenQuestion.of(id, prompt);
    }
}
