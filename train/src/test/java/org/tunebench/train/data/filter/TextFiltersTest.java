package org.tunebench.train.data.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tunebench.train.data.filter.Examples.answer;
import static org.tunebench.train.data.filter.Examples.judge;
import static org.tunebench.train.data.filter.Examples.of;
import static org.tunebench.train.data.filter.Examples.raw;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;

class TextFiltersTest {
    private static final String ENGLISH =
            "The river runs through the old town, and in the evening people sit on its banks and talk about the day.";
    private static final String GERMAN =
            "Der Fluss fließt durch die alte Stadt, und am Abend sitzen die Leute am Ufer und reden über den Tag.";

    @Test
    void words_belowAndAboveTheBounds_areNamed() {
        WordCount words = new WordCount(3, null, 2, 4);

        assertThat(judge(words, of(1, "Say\u00A0hello now", "Hello there")).keeps())
                .isTrue();
        assertThat(judge(words, of(1, "Say hello", "Hello there")).objection())
                .isEqualTo("instruction has 2 words, fewer than 3");
        assertThat(judge(words, of(1, "Say hello now", "a b c d e")).objection())
                .isEqualTo("response has 5 words, more than 4");
        assertThat(judge(words, raw("short")).keeps()).isTrue();
    }

    @Test
    void tokens_countedByTheTokenizer_andRefusedWithoutOne() {
        TokenCount tokens = new TokenCount(null, null, null, 5);
        FilterPass pass =
                tokens.start(FilterInputs.NONE.withTokenizer(new CharacterTokenizer(false)), ExampleSource.NONE);

        assertThat(pass.judge(answer("abcde")).keeps()).isTrue();
        assertThat(pass.judge(answer("abcdef")).objection()).isEqualTo("response has 6 tokens, more than 5");
        assertThatThrownBy(() -> tokens.start(FilterInputs.NONE, ExampleSource.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("filter tokens: the filter needs a tokenizer");
    }

    @Test
    void responseCopiesInstruction_firstCharactersInEitherCase_drops() {
        ResponseCopiesInstruction copies = new ResponseCopiesInstruction(10);

        assertThat(judge(copies, of(1, "Name three colours.", "NAME THREE things"))
                        .keeps())
                .isFalse();
        assertThat(judge(copies, of(1, "Name three colours.", "Name thr: red")).keeps())
                .isTrue();
        assertThat(judge(copies, of(1, "", "Hello")).keeps()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "As an AI language model, I do not eat.",
                "I’m sorry, but I can’t do that.",
                "Well:  I'm\n sorry, but I cannot  do it"
            })
    void boilerplate_listedPhrases_areFoundWhateverApostrophesAndSpaces(String response) {
        assertThat(judge(new Boilerplate(null, null, null), answer(response)).objection())
                .startsWith("response says '");
    }

    @Test
    void boilerplate_ownAndExceptedPhrases_changeTheLists() {
        Example own = answer("Buy now at our shop!");
        Example listed = answer("I am an AI, so what?");

        assertThat(judge(new Boilerplate(null, List.of("Buy now"), null), own).objection())
                .isEqualTo("response says 'buy now'");
        assertThat(judge(new Boilerplate(null, null, null), own).keeps()).isTrue();
        assertThat(judge(new Boilerplate(null, null, List.of("I am an AI")), listed)
                        .keeps())
                .isTrue();
        assertThat(judge(new Boilerplate(List.of(Boilerplate.PhraseList.REFUSALS), null, null), listed)
                        .keeps())
                .isTrue();
    }

    @Test
    void script_shareOfLetters_decides() {
        ScriptShare latin = new ScriptShare(null, 0.5, ExampleText.RESPONSE);

        assertThat(judge(latin, answer("abc где")).score()).isEqualTo(0.5);
        assertThat(judge(latin, answer("ab где")).objection()).isEqualTo("40 % of the letters are latin");
        assertThat(judge(latin, answer("12 + 3")).keeps()).isTrue();
        assertThat(judge(new ScriptShare(List.of("latin", "Cyrl"), 1.0, null), answer("ab где"))
                        .keeps())
                .isTrue();
        assertThatThrownBy(() -> new ScriptShare(List.of("latn1"), null, null))
                .hasMessageStartingWith("scripts: 'latn1' is no Unicode script");
    }

    @Test
    void language_longTextsOfAnother_areDropped() {
        LanguageOf english = new LanguageOf(null, null, null, null);

        assertThat(judge(english, answer(ENGLISH)).keeps()).isTrue();
        assertThat(judge(english, answer(GERMAN)).objection()).startsWith("reads as deu (");
        assertThat(judge(english, answer("Guten Tag.")).keeps()).isTrue();
        assertThat(judge(new LanguageOf(List.of("eng", "deu"), null, null, null), answer(GERMAN))
                        .keeps())
                .isTrue();
        assertThatThrownBy(() -> new LanguageOf(List.of("german"), null, null, null)
                        .start(FilterInputs.NONE, ExampleSource.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean '");
    }

    @Test
    void language_codeOfWhichTheDetectorIsUnsure_passes() {
        String code = "def is_prime(n):\n    if n <= 1:\n        return False\n    for i in range(2, n):\n"
                + "        if n % i == 0:\n            return False\n    return True\n";

        assertThat(judge(new LanguageOf(null, null, null, null), answer(code)).keeps())
                .isTrue();
    }

    @Test
    void repetition_textsThatRepeat_areDroppedWithTheShare() {
        Repetition repetition = new Repetition(10, null, null);

        assertThat(judge(repetition, answer(ENGLISH + " " + GERMAN)).keeps()).isTrue();
        assertThat(judge(repetition, answer("one two three four five\n".repeat(4)))
                        .objection())
                .isEqualTo("75 % of the lines occurred before, more than 30 %");
        assertThat(judge(repetition, answer("very good ".repeat(20))).objection())
                .contains("in the most frequent run of 2 words");
        assertThat(judge(repetition, answer("very good ".repeat(4))).keeps()).isTrue();
        assertThat(judge(new Repetition(10, 10.0, null), answer("very good ".repeat(20)))
                        .keeps())
                .isTrue();
    }

    /** By hand: 12 words of 1 character; the run a b c d e occurs at 0 and at 5, so 10 of 12 characters. */
    @Test
    void repetition_sharesOfGrams_areThoseOfTheDefinition() {
        String text = "a b c d e a b c d e f g";

        assertThat(RepetitionShare.REPEATED_5.of(text)).isEqualTo(10.0 / 12);
        assertThat(RepetitionShare.REPEATED_6.of(text)).isZero();
        assertThat(RepetitionShare.TOP_2.of(text)).isEqualTo(4.0 / 12);
        assertThat(RepetitionShare.TOP_4.of(text)).isEqualTo(8.0 / 12);
        assertThat(RepetitionShare.TOP_2.of("a b")).isZero();
        assertThat(RepetitionShare.LINE_CHARACTERS.of("ab\ncde\nab")).isEqualTo(2.0 / 7);
    }

    @Test
    void codeFences_unclosed_areDroppedWithTheLine() {
        CodeFences fences = new CodeFences();

        assertThat(judge(fences, answer("See:\n```java\nint a;\n```\nDone.")).keeps())
                .isTrue();
        assertThat(judge(fences, answer("See:\n```java\nint a;")).objection())
                .isEqualTo("the code block that line 2 of the response opens is never closed");
        assertThat(judge(fences, answer("````\n```\n````")).keeps()).isTrue();
        assertThat(judge(fences, answer("~~~\n```")).keeps()).isFalse();
        assertThat(judge(fences, answer("use ```x``` here")).keeps()).isTrue();
        assertThat(judge(fences, answer("```\na\n```java")).keeps()).isFalse();
    }

    @Test
    void score_givenByTheData_decides() {
        Origin origin = new Origin(0, Path.of("a.json"), "a.json", 1, 0, null, null, null, Map.of("judge", 4.5));
        Example scored = new Example.Conversation(origin, List.of(Message.user("U"), Message.assistant("A")));

        assertThat(judge(new ScoreColumn("judge", 4.5, null, null), scored).keeps())
                .isTrue();
        assertThat(judge(new ScoreColumn("judge", 4.6, null, null), scored).objection())
                .isEqualTo("judge is 4.5, below 4.6");
        assertThat(judge(new ScoreColumn("other", 1.0, null, null), scored).objection())
                .isEqualTo("has no score 'other'");
        assertThat(judge(new ScoreColumn("other", 1.0, null, ScoreColumn.Missing.KEEP), scored)
                        .keeps())
                .isTrue();
    }
}
