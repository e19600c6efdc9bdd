package org.tunebench.eval.suite;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.eval.engine.Engine;

/** A suite with its data in memory, ready to be put to any number of models. */
public interface LoadedSuite {
    /** Items that each model will be asked. */
    int size();

    /**
     * What the items show to a model or compare its answers with: questions, choices, reference answers, each a text of its
     * own. Training data that holds them would make the score a test of memory.
     */
    List<String> texts();

    /** Few-shot examples before each item; null where the suite has none. */
    default @Nullable Integer shots() {
        return null;
    }

    /** The questions of a suite with open answers, which a judge can compare two models' answers to; else empty. */
    default List<JudgedQuestion> judgedQuestions() {
        return List.of();
    }

    /** SHA-256 of the files that the items came from. */
    String dataSha256();

    /**
     * The items that are answered freely, and the turns of each: those that answers made elsewhere can be given for. Empty
     * where items are scored by log-likelihood, which needs a model.
     */
    default Map<String, Integer> openItems() {
        return Map.of();
    }

    /** Whether an item may be answered several times. */
    default boolean takesSeveralAnswers() {
        return false;
    }

    /** Asks a model and scores its answers. */
    Outcome run(Engine engine);

    /**
     * What came out.
     *
     * @param chat whether the prompts went through the model's chat template
     * @param details counts and settings that explain the numbers
     */
    record Outcome(
            List<SampleRecord> samples,
            boolean chat,
            Map<String, Metric> metrics,
            Map<String, SuiteResult.Group> groups,
            Map<String, Object> details) {}
}
