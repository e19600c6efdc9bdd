package org.tunebench.eval.engine;

import java.util.List;
import org.tunebench.core.runtime.LanguageModel;

/**
 * In a model's place, answers that were given before: there is nothing to compute with, and nothing but open questions can be
 * put to it. {@link Engine#answer} takes its answers as they are.
 */
public interface RecordedAnswers extends LanguageModel {
    /** The answers to each question: one or more, in the order of the questions. */
    List<List<Response>> answers(List<OpenQuestion> questions);
}
