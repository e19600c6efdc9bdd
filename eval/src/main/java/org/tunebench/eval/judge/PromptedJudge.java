package org.tunebench.eval.judge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;

/** A judge that is asked with FastChat's prompts and answers in words. */
public interface PromptedJudge extends Judge {
    /**
     * A prompt with its texts in place.
     *
     * @param template its name
     */
    record Asked(String template, String system, String user) {}

    /**
     * The judge's words, or why there are none.
     *
     * @param promptTokens as far as the judge tells
     */
    record Reply(
            @Nullable String text,
            @Nullable String failure,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens) {
        static Reply failed(String why) {
            return new Reply(null, why, null, null);
        }
    }

    /** One reply a prompt, in order. */
    List<Reply> ask(List<Asked> prompts, JudgeRun run);

    @Override
    default boolean wantsAllReferences() {
        return false;
    }

    @Override
    default List<Judgment> rate(List<Exchange> exchanges, JudgeRun run) {
        List<Asked> prompts = exchanges.stream().map(JudgePrompt::asked).toList();
        List<Reply> replies = ask(prompts, run);
        List<Judgment> judgments = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Reply reply = replies.get(i);
            judgments.add(new Judgment(
                    name(),
                    prompts.get(i).template(),
                    reply.text(),
                    reply.text() == null ? null : Rating.parse(reply.text()),
                    reply.failure(),
                    reply.promptTokens(),
                    reply.completionTokens()));
        }
        return judgments;
    }

    @Override
    default List<Preference> compare(List<Comparison> comparisons, JudgeRun run) {
        List<Asked> prompts = comparisons.stream().map(JudgePrompt::asked).toList();
        List<Reply> replies = ask(prompts, run);
        List<Preference> preferences = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Reply reply = replies.get(i);
            preferences.add(new Preference(
                    name(),
                    prompts.get(i).template(),
                    reply.text(),
                    reply.text() == null ? null : Preference.parse(reply.text()),
                    reply.failure(),
                    reply.promptTokens(),
                    reply.completionTokens()));
        }
        return preferences;
    }
}
