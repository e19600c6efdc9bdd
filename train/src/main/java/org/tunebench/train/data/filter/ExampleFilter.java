package org.tunebench.train.data.filter;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A rule that leaves examples out, under the name that recipes call it by. The record's components are the keys of the
 * recipe; {@link #start} is what runs.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WordCount.class, name = "words"),
    @JsonSubTypes.Type(value = TokenCount.class, name = "tokens"),
    @JsonSubTypes.Type(value = ResponseCopiesInstruction.class, name = "response_copies_instruction"),
    @JsonSubTypes.Type(value = Boilerplate.class, name = "boilerplate"),
    @JsonSubTypes.Type(value = ScriptShare.class, name = "script"),
    @JsonSubTypes.Type(value = LanguageOf.class, name = "language"),
    @JsonSubTypes.Type(value = Repetition.class, name = "repetition"),
    @JsonSubTypes.Type(value = CodeFences.class, name = "code_fences"),
    @JsonSubTypes.Type(value = ExactDuplicates.class, name = "exact_duplicates"),
    @JsonSubTypes.Type(value = NearDuplicates.class, name = "near_duplicates"),
    @JsonSubTypes.Type(value = SuiteOverlap.class, name = "suite_overlap"),
    @JsonSubTypes.Type(value = ScoreColumn.class, name = "score"),
    @JsonSubTypes.Type(value = LearnedQuality.class, name = "quality"),
    @JsonSubTypes.Type(value = JudgeScore.class, name = "judge_score"),
    @JsonSubTypes.Type(value = Deita.class, name = "deita"),
    @JsonSubTypes.Type(value = CategoryChoice.class, name = "category"),
})
public interface ExampleFilter {

    /** The name in recipes, which dropped examples are counted under and scores are kept under. */
    default String reason() {
        for (JsonSubTypes.Type type :
                ExampleFilter.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " is not registered");
    }

    /** Whether it asks a judge. */
    default boolean asksJudge() {
        return false;
    }

    /**
     * The filter at work on one pass over a recipe's examples.
     *
     * @param inputs what it may take from outside the data
     * @param before what the filters before this one keep: a filter that must know all of it goes through it here, which
     *     reads the files once more; others leave it alone
     * @throws org.tunebench.core.input.InputException where the filter needs what the inputs don't have
     */
    FilterPass start(FilterInputs inputs, ExampleSource before);
}
