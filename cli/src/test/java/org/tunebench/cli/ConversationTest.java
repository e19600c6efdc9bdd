package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.text.Message;

class ConversationTest {
    private final FakeLanguageModel model =
            new FakeLanguageModel("abc").chatting().replying(prompt -> "turn " + prompt.split("\\[user\\]", -1).length);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private void talk(String input, boolean live, Message... opening) {
        TextOutput output = new TextOutput(new PrintStream(out, false, StandardCharsets.UTF_8), live);
        new Conversation(
                        model,
                        GenerationOptions.greedy(20),
                        List.of(opening),
                        output,
                        new PrintStream(notes, false, StandardCharsets.UTF_8))
                .run(new BufferedReader(new StringReader(input)));
    }

    @Test
    void run_severalLines_everyAnswerSeesTheTurnsBefore() {
        talk("hello\nhow are you\n", false, Message.system("Be brief."));
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("turn 2", "turn 3");
        assertThat(notes.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(model.prompts())
                .containsExactly(
                        "[system]Be brief.<|end|>[user]hello<|end|>[assistant]",
                        "[system]Be brief.<|end|>[user]hello<|end|>[assistant]turn 2<|end|>"
                                + "[user]how are you<|end|>[assistant]");
    }

    @Test
    void run_emptyLine_endsIt() {
        talk("hello\n\nmore\n", false);
        assertThat(model.prompts()).hasSize(1);
    }

    @Test
    void run_noInput_saysNothing() {
        talk("", false);
        assertThat(out.size()).isZero();
    }

    @Test
    void run_live_writesTheSameTextAndAsksForEachLine() {
        talk("hello\nbye\n", true);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("turn 2", "turn 3");
        assertThat(notes.toString(StandardCharsets.UTF_8)).isEqualTo("> > > ");
    }

    @Test
    void run_lineTheContextHasNoRoomFor_isReportedAndLeftOut() {
        model.contextLength(80);
        talk("hello\n" + "long ".repeat(20) + "\nbye\n", false);
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("tokens, and the context of fake ends at 80")
                .contains("to mend: say less");
        assertThat(model.prompts()).hasSize(2);
        assertThat(model.prompts().get(1)).contains("hello").contains("bye").doesNotContain("long");
    }
}
