package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.testing.TinyTokenizer;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.recipe.Recipe;

/** Masks of the built-in templates with a byte-level tokenizer. */
class BuiltInTemplatesTest {
    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() {
        tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));
    }

    @Test
    void of_paperTemplate_hasTheMaskOfTheResponses() {
        TokenizedExample example = tokenized(
                "paper",
                "",
                List.of(
                        Message.user("2 + 2?"),
                        Message.assistant("4"),
                        Message.user("of the?"),
                        Message.assistant("is")));

        assertThat(tokenizer.decode(example.ids(), false))
                .isEqualTo("<|user|>\n2 + 2?<|end|>\n<|assistant|>\n4<|end|>\n"
                        + "<|user|>\nof the?<|end|>\n<|assistant|>\nis<|end|>\n");
        assertThat(supervised(example)).isEqualTo("4<|end|>is<|end|>");
        assertThat(example.supervisedTokens()).isEqualTo(5);
    }

    @Test
    void of_alpacaTemplate_supervisesResponseAndEos() {
        TokenizedExample example = tokenized("alpaca", "", List.of(Message.user("Add."), Message.assistant("3")));

        assertThat(supervised(example)).isEqualTo("3<|endoftext|>");
        assertThat(tokenizer.decode(example.ids(), false))
                .contains("### Instruction:\nAdd.")
                .endsWith("### Response:\n3<|endoftext|>");
    }

    @ParameterizedTest
    @CsvSource({"paper, <|end|>", "chatml, <|im_end|>", "alpaca, <|endoftext|>"})
    void of_randomConversations_superviseTheResponsesAlone(String template, String end) {
        for (long seed = 1; seed <= 150; seed++) {
            List<Message> turns = TokenizedDatasetTest.randomTurns(new SplittableRandom(seed));
            StringBuilder responses = new StringBuilder();
            turns.stream()
                    .filter(m -> m.role() == Role.ASSISTANT)
                    .forEach(m -> responses.append(m.content()).append(end));

            TokenizedExample example = tokenized(template, "", turns);

            assertThat(supervised(example)).as("seed %d, %s", seed, turns).isEqualTo(responses.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"paper", "chatml", "alpaca"})
    void of_publishedAlpacaFile_losesNoResponse(String template) {
        Path file = SharedData.require("alpaca/alpaca_data.2000.json");
        boolean alpaca = template.equals("alpaca");
        List<Example> examples = Dataset.load(
                        new DataMixture(List.of(DataSource.of(file)), List.of(), alpaca ? "### Input:" : "", 0.01, 1))
                .examples();
        Recipe recipe = Recipe.parse("data: [{path: a}]\nmax_length: 8192\n", Path.of("r.yaml"));

        TokenizedDataset dataset =
                TokenizedDataset.of(recipe, examples, ChatTemplates.named(template, tokenizer), tokenizer);

        assertThat(dataset.dropped()).isEmpty();
        assertThat(dataset.examples()).hasSize(examples.size());
        for (int i = 0; i < examples.size(); i++) {
            List<Message> turns = ((Example.Conversation) examples.get(i)).messages();
            assertThat(supervised(dataset.examples().get(i)))
                    .contains(turns.get(turns.size() - 1).content())
                    .endsWith(endOf(template));
        }
    }

    private static String endOf(String template) {
        ChatTemplate built = ChatTemplates.named(template, tokenizer);
        return built.endOfTurn().isEmpty() ? "<|endoftext|>" : built.endOfTurn();
    }

    private static TokenizedExample tokenized(String template, String keys, List<Message> turns) {
        Recipe recipe = Recipe.parse("data: [{path: a}]\n" + keys, Path.of("r.yaml"));
        Example example = new Example.Conversation(Origin.of(0, Path.of("a"), 1), turns);
        return TokenizedDataset.of(recipe, List.of(example), ChatTemplates.named(template, tokenizer), tokenizer)
                .examples()
                .get(0);
    }

    private static String supervised(TokenizedExample example) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < example.length(); i++) {
            if (example.supervised()[i]) {
                ids.add(example.ids()[i]);
            }
        }
        return tokenizer.decode(ids.stream().mapToInt(Integer::intValue).toArray(), false);
    }
}
