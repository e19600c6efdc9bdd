package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.recipe.Recipe;

/** In the expected strings the supervised tokens stand between « and ». */
class TokenizedDatasetTest {
    private static final CharacterTokenizer TOKENIZER = new CharacterTokenizer(false);
    private static final List<Message> TWO_TURNS = List.of(
            Message.system("S"),
            Message.user("ab"),
            Message.assistant("cd"),
            Message.user("e"),
            Message.assistant("f"));

    @Test
    void of_responseMask_supervisesEveryAssistantTurnWithItsEnd() {
        assertThat(marked(one("mask: response", TWO_TURNS)))
                .isEqualTo("<|system|>S<|end|><|user|>ab<|end|><|assistant|>«cd<|end|>»"
                        + "<|user|>e<|end|><|assistant|>«f<|end|>»");
    }

    @Test
    void of_lastTurnMask_supervisesTheLastAssistantTurn() {
        assertThat(marked(one("mask: last_turn", TWO_TURNS)))
                .isEqualTo("<|system|>S<|end|><|user|>ab<|end|><|assistant|>cd<|end|>"
                        + "<|user|>e<|end|><|assistant|>«f<|end|>»");
    }

    @Test
    void of_allMask_supervisesEveryToken() {
        TokenizedExample example = one("mask: all", TWO_TURNS);

        assertThat(marked(example)).startsWith("«<|system|>S").endsWith("f<|end|>»");
        assertThat(example.supervisedTokens()).isEqualTo(example.length() - 1);
    }

    @Test
    void of_tokenizerThatAddsBos_hasItOnce() {
        List<Message> turns = List.of(Message.user("a"), Message.assistant("b"));
        CharacterTokenizer adding = new CharacterTokenizer(true);

        for (String beginning : List.of("", "<s>")) {
            TokenizedDataset dataset = TokenizedDataset.of(
                    recipe(""),
                    List.of(conversation(turns)),
                    new PlainTemplate(beginning, "<|end|>", "<|end|>"),
                    adding);
            assertThat(marked(dataset.examples().get(0))).isEqualTo("<s><|user|>a<|end|><|assistant|>«b<|end|>»");
        }
    }

    @Test
    void of_templateThatEndsTurnsWithEos_hasItOnceATurn() {
        List<Message> turns =
                List.of(Message.user("a"), Message.assistant("b"), Message.user("c"), Message.assistant("d"));

        TokenizedDataset left = TokenizedDataset.of(
                recipe("mask: last_turn"), List.of(conversation(turns)), new PlainTemplate("", "", ""), TOKENIZER);
        TokenizedDataset written = TokenizedDataset.of(
                recipe("mask: last_turn"), List.of(conversation(turns)), new PlainTemplate("", "</s>", ""), TOKENIZER);

        assertThat(marked(left.examples().get(0)))
                .isEqualTo("<|user|>a<|assistant|>b</s><|user|>c<|assistant|>«d</s>»");
        assertThat(marked(written.examples().get(0)))
                .isEqualTo("<|user|>a</s><|assistant|>b</s><|user|>c</s><|assistant|>«d</s>»");
    }

    @Test
    void of_eosThatTheTemplateWritesAfterItsSpan_isSupervised() {
        List<Message> turns =
                List.of(Message.user("a"), Message.assistant("b"), Message.user("c"), Message.assistant("d"));
        ChatTemplate narrow = new PlainTemplate("", "</s>", "").withSpansOfContent();

        TokenizedDataset dataset = TokenizedDataset.of(recipe(""), List.of(conversation(turns)), narrow, TOKENIZER);

        assertThat(marked(dataset.examples().get(0)))
                .isEqualTo("<|user|>a</s><|assistant|>«b</s>»<|user|>c</s><|assistant|>«d</s>»");
    }

    @Test
    void of_rawText_supervisesAllTokensAndEos() {
        TokenizedDataset dataset =
                TokenizedDataset.of(recipe(""), List.of(rawText("abc")), PlainTemplate.PAPER, TOKENIZER);

        assertThat(marked(dataset.examples().get(0))).isEqualTo("«abc</s>»");
        assertThat(dataset.examples().get(0).supervisedTokens()).isEqualTo(3);
    }

    @Test
    void of_longRawText_isCutIntoWholePieces() {
        TokenizedDataset dataset = TokenizedDataset.of(
                recipe("max_length: 4"), List.of(rawText("abcdefghij")), PlainTemplate.PAPER, TOKENIZER);

        assertThat(dataset.examples())
                .extracting(TokenizedDatasetTest::marked)
                .containsExactly("«abcd»", "«efgh»", "«ij</s>»");
        assertThat(dataset.split()).isEqualTo(1);
    }

    @Test
    void of_rawTextWithAPieceOfOneToken_isNotCountedAsDropped() {
        // the end-of-sequence token stands alone in its piece, with nothing to predict it from
        TokenizedDataset dataset = TokenizedDataset.of(
                recipe("max_length: 4"), List.of(rawText("abcdefgh")), PlainTemplate.PAPER, TOKENIZER);

        assertThat(dataset.examples()).hasSize(2);
        assertThat(dataset.dropped()).isEmpty();
    }

    @Test
    void of_tooLongConversation_keepsSystemAndNewestTurns() {
        // Whole: 3 + 4 + 4 + 3 + 3 = 17 tokens; without the oldest exchange 3 + 3 + 3 = 9.
        TokenizedDataset dataset = TokenizedDataset.of(
                recipe("max_length: 16"), List.of(conversation(TWO_TURNS)), PlainTemplate.PAPER, TOKENIZER);

        assertThat(marked(dataset.examples().get(0)))
                .isEqualTo("<|system|>S<|end|><|user|>e<|end|><|assistant|>«f<|end|>»");
        assertThat(dataset.truncated()).isEqualTo(1);
        assertThat(one("max_length: 17", TWO_TURNS).length()).isEqualTo(17);
    }

    @Test
    void of_overlongConversationToBeSplit_givesAPairForEachAnswer() {
        TokenizedDataset dataset = TokenizedDataset.of(
                recipe("max_length: 16\noverlong: split"),
                List.of(conversation(TWO_TURNS)),
                PlainTemplate.PAPER,
                TOKENIZER);

        assertThat(dataset.examples())
                .extracting(TokenizedDatasetTest::marked)
                .containsExactly(
                        "<|system|>S<|end|><|user|>ab<|end|><|assistant|>«cd<|end|>»",
                        "<|system|>S<|end|><|user|>e<|end|><|assistant|>«f<|end|>»");
        assertThat(dataset.split()).isEqualTo(1);
        assertThat(dataset.examples()).extracting(TokenizedExample::id).containsOnly("data.jsonl:1");
    }

    @Test
    void of_overlongConversation_isDroppedOrRefusedWhereTheRecipeSaysSo() {
        List<Example> examples = List.of(conversation(TWO_TURNS), rawText("a"));

        TokenizedDataset dataset =
                TokenizedDataset.of(recipe("max_length: 16\noverlong: drop"), examples, PlainTemplate.PAPER, TOKENIZER);

        assertThat(dataset.dropped()).containsOnly(Map.entry("too_long", 1));
        assertThatThrownBy(() -> TokenizedDataset.of(
                        recipe("max_length: 16\noverlong: refuse"), examples, PlainTemplate.PAPER, TOKENIZER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data.jsonl line 1: a conversation of 17 tokens, and max_length is 16");
    }

    @Test
    void of_chosenRoles_areSupervisedFromTheirContentOn() {
        assertThat(marked(one("supervise: [user]", TWO_TURNS)))
                .isEqualTo("<|system|>S<|end|><|user|>«ab<|end|>»<|assistant|>cd<|end|>"
                        + "<|user|>«e<|end|>»<|assistant|>f<|end|>");
        assertThat(marked(one("supervise: [system, assistant]", TWO_TURNS)))
                .isEqualTo("<|system|>«S<|end|>»<|user|>ab<|end|><|assistant|>«cd<|end|>»"
                        + "<|user|>e<|end|><|assistant|>«f<|end|>»");
        assertThat(marked(one("supervise: [user]\nmask: last_turn", TWO_TURNS)))
                .isEqualTo("<|system|>S<|end|><|user|>ab<|end|><|assistant|>cd<|end|>"
                        + "<|user|>«e<|end|>»<|assistant|>f<|end|>");
    }

    @Test
    void of_manyExamples_keepsTheirOrderAndWhatIsKnownOfThem() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Origin origin = new Origin(
                    i % 2,
                    Path.of("f" + i % 3),
                    "f" + i % 3,
                    i,
                    i % 5,
                    i % 7 == 0 ? null : "t" + i % 7,
                    "c",
                    null,
                    Map.of("s", i / 3.0));
            examples.add(new Example.RawText(origin, "x".repeat(2 + i % 4)));
        }

        TokenizedDataset dataset = TokenizedDataset.of(recipe(""), examples, PlainTemplate.PAPER, TOKENIZER);

        assertThat(dataset.examples())
                .extracting(TokenizedExample::origin)
                .isEqualTo(examples.stream().map(Example::origin).toList());
        assertThat(dataset.examples().length(2999)).isEqualTo(2 + 2999 % 4 + 1);
    }

    @Test
    void of_turnThatTheDataLeavesOut_isNotSupervised() {
        List<Message> turns = new ArrayList<>(TWO_TURNS);
        turns.set(2, turns.get(2).unlearned());

        assertThat(marked(one("mask: response", turns)))
                .isEqualTo("<|system|>S<|end|><|user|>ab<|end|><|assistant|>cd<|end|>"
                        + "<|user|>e<|end|><|assistant|>«f<|end|>»");
        assertThat(marked(one("mask: all", turns)))
                .isEqualTo("«<|system|>S<|end|><|user|>ab<|end|><|assistant|>»cd<|end|>"
                        + "«<|user|>e<|end|><|assistant|>f<|end|>»");
        turns.set(4, turns.get(4).unlearned());
        TokenizedDataset none = TokenizedDataset.of(
                recipe(""), List.of(conversation(turns), rawText("a")), PlainTemplate.PAPER, TOKENIZER);
        assertThat(none.dropped()).containsOnly(Map.entry("no_supervised_token", 1));
        turns.set(2, TWO_TURNS.get(2));
        TokenizedDataset split = TokenizedDataset.of(
                recipe("max_length: 16\noverlong: split"),
                List.of(conversation(turns)),
                PlainTemplate.PAPER,
                TOKENIZER);
        assertThat(split.examples())
                .extracting(TokenizedDatasetTest::marked)
                .containsExactly("<|system|>S<|end|><|user|>ab<|end|><|assistant|>«cd<|end|>»");
    }

    @Test
    void text_isTheBeginningOfTheExchangeOrPiece() {
        String smile = "\uD83D\uDE00";
        TokenizedExamples examples = TokenizedDataset.of(
                        recipe("max_length: 16\noverlong: split"),
                        List.of(
                                conversation(TWO_TURNS),
                                conversation(List.of(Message.user(" é" + smile + "\n"), Message.assistant("b"))),
                                rawText("0123456789abcdefghi" + smile)),
                        PlainTemplate.PAPER,
                        TOKENIZER)
                .examples();

        assertThat(IntStream.range(0, examples.size()).mapToObj(examples::text))
                .containsExactly(
                        new TextStart("ab", "cd"),
                        new TextStart("e", "f"),
                        new TextStart("é" + smile, "b"),
                        new TextStart("", "0123456789abcdefghi" + smile),
                        new TextStart("", "ghi" + smile));
        assertThat(marked(examples.get(2))).contains("«b<|end|>»");
        assertThat(new TextStart("", "x".repeat(TextStart.MOST - 1) + smile).response())
                .hasSize(TextStart.MOST - 1);
    }

    @Test
    void of_responseThatDoesNotFit_isDroppedAndCounted() {
        Example tooLong = conversation(List.of(Message.user("a"), Message.assistant("b".repeat(20))));
        Example fits = conversation(List.of(Message.user("a"), Message.assistant("b")));

        TokenizedDataset dataset =
                TokenizedDataset.of(recipe("max_length: 16"), List.of(tooLong, fits), PlainTemplate.PAPER, TOKENIZER);

        assertThat(dataset.examples()).hasSize(1);
        assertThat(dataset.dropped()).containsOnly(Map.entry("too_long", 1));
        assertThat(dataset.dropped(0)).containsOnly(Map.entry("too_long", 1));
        assertThat(dataset.dropped(1)).isEmpty();
        assertThat(dataset)
                .hasToString("1 examples, 6 tokens of which 2 supervised; dropped: {too_long=1}; truncated 0; split 0");
    }

    @Test
    void of_nothingThatFits_isRefusedWithCounts() {
        Example tooLong = conversation(List.of(Message.user("a"), Message.assistant("b".repeat(20))));

        assertThatThrownBy(() ->
                        TokenizedDataset.of(recipe("max_length: 16"), List.of(tooLong), PlainTemplate.PAPER, TOKENIZER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none of 1 examples can be trained on: {too_long=1}")
                .hasMessageContaining("Raise max_length (now 16)");
    }

    @Test
    void of_exampleWithoutSupervisedToken_isDroppedAndCounted() {
        Example one = rawText("a");
        Example none = conversation(List.of(Message.user("a"), Message.assistant("")));

        TokenizedDataset dataset =
                TokenizedDataset.of(recipe(""), List.of(none, one), new PlainTemplate("", "", "<|end|>"), TOKENIZER);

        assertThat(dataset.examples()).hasSize(1);
        assertThat(dataset.dropped()).containsOnly(Map.entry("no_supervised_token", 1));
    }

    @Test
    void of_conversationThatTheTemplateRefuses_namesFileAndLine() {
        Example tool = conversation(List.of(Message.user("a"), new Message(Role.TOOL, "3"), Message.assistant("b")));

        assertThatThrownBy(() -> TokenizedDataset.of(recipe(""), List.of(tool), PlainTemplate.PAPER, TOKENIZER))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data.jsonl line 1: the chat template refuses the conversation: a tool turn");
    }

    @RepeatedTest(200)
    void of_randomConversations_superviseExactlyTheResponses(RepetitionInfo repetition) {
        long seed = 1000 + repetition.getCurrentRepetition();
        List<Message> turns = randomTurns(new SplittableRandom(seed));

        TokenizedExample example = one("", turns);

        StringBuilder supervised = new StringBuilder();
        for (int i = 0; i < example.length(); i++) {
            supervised.append(example.supervised()[i] ? TOKENIZER.decode(new int[] {example.ids()[i]}, false) : "");
        }
        StringBuilder responses = new StringBuilder();
        turns.stream()
                .filter(m -> m.role() == Role.ASSISTANT)
                .forEach(m -> responses.append(m.content()).append("<|end|>"));
        assertThat(supervised.toString()).as("seed %d", seed).isEqualTo(responses.toString());
    }

    static List<Message> randomTurns(SplittableRandom random) {
        List<Message> turns = new ArrayList<>();
        if (random.nextBoolean()) {
            turns.add(Message.system(randomText(random)));
        }
        int exchanges = random.nextInt(1, 4);
        for (int i = 0; i < exchanges; i++) {
            turns.add(Message.user(randomText(random)));
            turns.add(Message.assistant(randomText(random)));
        }
        return turns;
    }

    private static String randomText(SplittableRandom random) {
        String alphabet = "ab \n\tÄ漢<|>e\u0301";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append(random.nextInt(8) == 0 ? "\uD83D\uDE00" : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static TokenizedExample one(String keys, List<Message> turns) {
        return TokenizedDataset.of(recipe(keys), List.of(conversation(turns)), PlainTemplate.PAPER, TOKENIZER)
                .examples()
                .get(0);
    }

    private static String marked(TokenizedExample example) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < example.length(); i++) {
            if (example.supervised()[i] != inside) {
                text.append(inside ? "»" : "«");
                inside = !inside;
            }
            text.append(TOKENIZER.decode(new int[] {example.ids()[i]}, false));
        }
        return text.append(inside ? "»" : "").toString();
    }

    private static Recipe recipe(String keys) {
        return Recipe.parse("data: [{path: data.jsonl}]\n" + keys, Path.of("recipe.yaml"));
    }

    private static Example conversation(List<Message> turns) {
        return new Example.Conversation(origin(), turns);
    }

    private static Example rawText(String text) {
        return new Example.RawText(origin(), text);
    }

    private static Origin origin() {
        return Origin.of(0, Path.of("data.jsonl"), 1);
    }
}
