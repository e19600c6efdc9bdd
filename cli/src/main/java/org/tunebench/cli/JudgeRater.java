package org.tunebench.cli;

import java.util.List;
import org.tunebench.eval.judge.JudgeRun;
import org.tunebench.eval.judge.PromptedJudge;
import org.tunebench.train.data.filter.Rater;

/** A judge of the suites, asked for what filters want to know. */
final class JudgeRater implements Rater {
    private static final String TEMPLATE = "filter";

    private final PromptedJudge judge;

    JudgeRater(PromptedJudge judge) {
        this.judge = judge;
    }

    @Override
    public void close() {
        judge.close();
    }

    @Override
    public String name() {
        return judge.identity();
    }

    @Override
    public List<Answer> ask(List<Question> questions) {
        List<PromptedJudge.Asked> prompts = questions.stream()
                .map(q -> new PromptedJudge.Asked(TEMPLATE, q.system(), q.user()))
                .toList();
        return judge.ask(prompts, JudgeRun.alone()).stream()
                .map(JudgeRater::answer)
                .toList();
    }

    private static Answer answer(PromptedJudge.Reply reply) {
        String text = reply.text();
        return text == null ? new Answer(String.valueOf(reply.failure()), true) : new Answer(text, false);
    }
}
