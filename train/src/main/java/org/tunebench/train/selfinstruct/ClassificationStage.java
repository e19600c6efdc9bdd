package org.tunebench.train.selfinstruct;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks of each instruction whether it is a classification task (identify_clf_or_not.py): yes where the answer begins with that
 * word; an answer that is anything else, or missing, is no.
 */
final class ClassificationStage {
    static final String STAGE = "classification";
    private static final String QUESTION = "\nIs it classification?";
    private static final Decoding DECODING = new Decoding(3, 0, 1, 0, List.of("\n", "Task"));

    private ClassificationStage() {}

    /** @param examplesShown is told how many of the template's examples were shown */
    static List<Boolean> of(
            List<MadeInstruction> made, Asking asking, Listener listener, Map<String, String> examplesShown) {
        TaskStage stage = new TaskStage(STAGE, asking, listener);
        FewShotTemplate published = FewShotTemplate.published("classification.txt");
        FewShotTemplate template = stage.fitting(published, QUESTION, DECODING, made);
        examplesShown.put(STAGE, template.shownOf(published));
        return stage
                .answers(
                        made.size(),
                        i -> new CompletionRequest(
                                STAGE + "/" + i, template.prompt(made.get(i).instruction(), QUESTION), DECODING, 0))
                .stream()
                .map(answer -> answer.isPresent() && saysYes(answer.get().text()))
                .toList();
    }

    static boolean saysYes(String text) {
        return PlainText.strip(text).toLowerCase(Locale.ROOT).startsWith("yes");
    }
}
