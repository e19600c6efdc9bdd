package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the embedded model, whose texts are not looked at for what they say. */
class GenerateCommandTest {
    private static final String LINE = System.lineSeparator();

    @Test
    void generate_severalPrompts_printsWhatEachAloneGives() {
        String first = generate("", "--max-new-tokens", "12", "The capital of");
        String second = generate("", "--max-new-tokens", "12", "A question: where");
        assertThat(generate("", "--max-new-tokens", "12", "The capital of", "A question: where"))
                .isEqualTo(first + second);
    }

    @Test
    void generate_promptFromStandardInput_equalsTheArgument() {
        assertThat(generate("The capital\nof", "--max-new-tokens", "8", "-"))
                .isEqualTo(generate("", "--max-new-tokens", "8", "The capital\nof"));
    }

    @Test
    void generate_sampled_followsTheSeed() {
        String[] options = {"--max-new-tokens", "30", "--temperature", "1.2", "--top-k", "200", "--top-p", "0.98", "a"};
        String one = generate("", options);
        assertThat(generate("", options)).isEqualTo(one);
        List<String> other = new ArrayList<>(List.of("--seed", "9"));
        other.addAll(List.of(options));
        assertThat(generate("", other.toArray(String[]::new))).isNotEqualTo(one);
    }

    @Test
    void generate_stops_endBeforeTheFirstOfThem() {
        String whole = generate("", "--max-new-tokens", "40", "The capital of");
        String text = whole.substring(0, whole.length() - LINE.length());
        assertThat(text.length()).isGreaterThan(6);
        String stop = text.substring(3, 5);
        assertThat(generate("", "--max-new-tokens", "40", "--stop", "#never#", "--stop", stop, "The capital of"))
                .isEqualTo(text.substring(0, text.indexOf(stop)) + LINE);
    }

    @Test
    void generate_repetitionPenalty_changesTheText() {
        String[] plain = {"--max-new-tokens", "30", "one one one one"};
        String[] penalised = {"--repetition-penalty", "0.3", "--max-new-tokens", "30", "one one one one"};
        assertThat(generate("", penalised)).isNotEqualTo(generate("", plain));
    }

    @Test
    void generate_chatWithoutPrompt_isAConversationOnStandardInput() {
        String one = generate("", "--chat", "--max-new-tokens", "10", "Where is Paris?");
        String both = generate("Where is Paris?\nAnd Rome?\n", "--chat", "--max-new-tokens", "10");
        assertThat(both).startsWith(one);
        assertThat(both.length()).isGreaterThan(one.length());
    }

    private static String generate(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("generate", "--quiet", "--device", "cpu", "--model", "embedded"));
        all.addAll(List.of(arguments));
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            assertThat(Main.run(all.toArray(String[]::new))).isZero();
        } finally {
            System.setIn(in);
            System.setOut(out);
        }
        return written.toString(StandardCharsets.UTF_8);
    }
}
