package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tunebench.eval.judge.JudgeRun;
import org.tunebench.eval.judge.PromptedJudge;
import org.tunebench.train.data.filter.Rater;

class JudgeRaterTest {
    private final List<PromptedJudge.Asked> asked = new ArrayList<>();

    @Test
    void ask_repliesAndFailures_comeBackInOrder() {
        Rater rater = new JudgeRater(new StubJudge());

        List<Rater.Answer> answers =
                rater.ask(List.of(new Rater.Question("S", "good"), new Rater.Question("S", "bad")));

        assertThat(answers).containsExactly(new Rater.Answer("4.5", false), new Rater.Answer("down", true));
        assertThat(asked).extracting(PromptedJudge.Asked::system).containsExactly("S", "S");
        assertThat(rater.name()).isEqualTo("stub 1");
    }

    private final class StubJudge implements PromptedJudge {
        @Override
        public String name() {
            return "stub";
        }

        @Override
        public String identity() {
            return "stub 1";
        }

        @Override
        public List<Reply> ask(List<Asked> prompts, JudgeRun run) {
            asked.addAll(prompts);
            return prompts.stream()
                    .map(p -> p.user().equals("good")
                            ? new Reply("4.5", null, null, null)
                            : new Reply(null, "down", null, null))
                    .toList();
        }

        @Override
        public void close() {}
    }
}
