package org.tunebench.eval.judge;

import java.util.List;

/**
 * What a judge is shown: a conversation whose last answer is to be rated.
 *
 * @param id of the sample, e.g. {@code 81/2}
 * @param questions the user's turns, one or two
 * @param answers the assistant's turns, as many
 * @param references a reference answer for each turn, or empty where the question has none
 */
public record Exchange(String id, List<String> questions, List<String> answers, List<String> references) {
    public Exchange {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        references = List.copyOf(references);
        if (questions.isEmpty() || questions.size() > 2 || answers.size() != questions.size()) {
            throw new IllegalArgumentException(
                    questions.size() + " questions and " + answers.size() + " answers; expected one or two of each");
        }
        if (!references.isEmpty() && references.size() < questions.size()) {
            throw new IllegalArgumentException(
                    references.size() + " reference answers for " + questions.size() + " questions");
        }
    }

    /** The answer to be rated. */
    String lastAnswer() {
        return answers.get(answers.size() - 1);
    }
}
