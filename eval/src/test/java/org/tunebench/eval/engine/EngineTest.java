package org.tunebench.eval.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.testing.FakeLanguageModel;

class EngineTest {
    private final FakeLanguageModel model = new FakeLanguageModel("abab");
    private final Engine engine = new Engine(model, Progress.NONE);

    private List<String> asked(TextRequest... requests) {
        engine.score(List.of(requests));
        return model.scored();
    }

    @Test
    void score_trailingWhitespaceOfTheContext_movesToTheContinuation() {
        assertThat(asked(new TextRequest("Q: \n", "yes"))).containsExactly("Q:| \nyes");
    }

    @Test
    void score_trailingNoBreakSpace_movesAsInPython() {
        assertThat(asked(new TextRequest("Q:\u00a0\u0085", "x"))).containsExactly("Q:|\u00a0\u0085x");
    }

    @Test
    void score_contextAndContinuation_areEncodedTogether() {
        FakeLanguageModel merging = new FakeLanguageModel("x").tokenizer(new PairTokenizer());
        new Engine(merging, Progress.NONE).score(List.of(new TextRequest("abc", "def")));
        // whole: ab cd ef; context alone: ab c; the continuation is what lies beyond two tokens
        assertThat(merging.scored()).containsExactly("abc|ef");
    }

    @Test
    void score_emptyContext_isTheBosToken() {
        assertThat(asked(new TextRequest("", "yes"))).containsExactly("<s>|yes");
    }

    @Test
    void score_emptyContextAndContinuationWithBos_usesItOnce() {
        assertThat(asked(new TextRequest("", "<s>yes"))).containsExactly("<s>|yes");
    }

    @Test
    void score_tokenizerAddsBos_addsItOnceToTheContext() {
        model.tokenizer(new CharacterTokenizer(true));
        Engine adding = new Engine(model, Progress.NONE);
        adding.score(List.of(new TextRequest("Q:", " a"), new TextRequest("<s>Q:", " b"), new TextRequest("", "c")));
        assertThat(model.scored()).containsExactlyInAnyOrder("<s>Q:| a", "<s>Q:| b", "<s>|c");
    }

    @Test
    void score_longerThanTheContext_keepsTheLastContextLengthPlusOne() {
        model.contextLength(5);
        Engine small = new Engine(model, Progress.NONE);
        List<Scored> scores = small.score(List.of(new TextRequest("0123456789", "ab"), new TextRequest("89", "ab")));
        assertThat(model.scored()).containsExactlyInAnyOrder("6789|ab", "89|ab");
        assertThat(scores).extracting(Scored::contextCut).containsExactly(true, false);
        assertThat(scores).extracting(Scored::continuationCut).containsExactly(false, false);
    }

    @Test
    void score_continuationLongerThanTheContext_scoresItsEndAndSaysSo() {
        model.contextLength(3);
        List<Scored> scores = new Engine(model, Progress.NONE).score(List.of(new TextRequest("Q:", "abcde")));
        assertThat(model.scored()).containsExactly("b|cde");
        assertThat(scores.get(0).continuationCut()).isTrue();
        assertThat(scores.get(0).tokens()).isEqualTo(3);
    }

    @Test
    void score_sumsTheBigramInTheOrderOfTheRequests() {
        List<Scored> scores = engine.score(List.of(new TextRequest("a", "b"), new TextRequest("aaaa", "bab")));
        double ab = Math.log((2 + 0.1) / (2 + 10));
        double ba = Math.log((1 + 0.1) / (1 + 10));
        assertThat(scores.get(0).logLikelihood()).isCloseTo(ab, within(1e-12));
        assertThat(scores.get(1).logLikelihood()).isCloseTo(ab + ba + ab, within(1e-12));
        assertThat(engine.tokens()).isEqualTo(1 + 6);
    }

    @Test
    void score_manyRequests_comeBackInOrderAndReportProgress() {
        List<Integer> done = new ArrayList<>();
        Engine reporting = new Engine(model, (stage, finished, total) -> done.add(finished));
        List<TextRequest> requests = IntStream.range(0, 300)
                .mapToObj(i -> new TextRequest("abcdefg".charAt(i % 7) + "?", "x".repeat(1 + i)))
                .toList();
        assertThat(reporting.score(requests))
                .extracting(Scored::tokens)
                .containsExactlyElementsOf(IntStream.range(1, 301).boxed().toList());
        assertThat(done).containsExactly(0, 128, 256, 300);
    }

    @Test
    void score_promptsThatBeginAlike_stayInOneCall() {
        assertThat(callsOf(3, 50, "a preamble of its own: ")).containsExactly(0, 150);
        assertThat(callsOf(1, 600, "a preamble of its own: ")).containsExactly(0, 512, 600);
    }

    @Test
    void score_anotherPreamble_endsACallThatIsLargeEnough() {
        assertThat(callsOf(4, 70, "")).containsExactly(0, 140, 280);
    }

    /** Requests done after each call, for groups of prompts that begin alike. */
    private List<Integer> callsOf(int groups, int prompts, String before) {
        List<Integer> done = new ArrayList<>();
        Engine reporting = new Engine(model, (stage, finished, total) -> done.add(finished));
        List<TextRequest> requests = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            for (int prompt = 0; prompt < prompts; prompt++) {
                requests.add(
                        new TextRequest(before + "abcdefgh".substring(group).repeat(2) + prompt, "choice"));
            }
        }
        reporting.score(requests);
        return done;
    }

    @Test
    void score_continuationWithoutTokens_isRefused() {
        FakeLanguageModel swallowing = new FakeLanguageModel("x").tokenizer(new PairTokenizer());
        assertThatThrownBy(() -> new Engine(swallowing, Progress.NONE).score(List.of(new TextRequest("abc", "d"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'d' adds no token");
    }

    @Test
    void scoreWhole_longDocument_scoresEveryTokenOnce() {
        model.contextLength(4);
        Engine small = new Engine(model, Progress.NONE);
        List<Scored> scores = small.scoreWhole(List.of("0123456789", "ab", ""));
        assertThat(model.scored()).containsExactlyInAnyOrder("<s>|0123", "3|4567", "567|89", "<s>|ab");
        assertThat(scores).extracting(Scored::tokens).containsExactly(10, 2, 0);
    }

    @Test
    void scoreWhole_tokenizerAddsBos_standsThereOnce() {
        model.tokenizer(new CharacterTokenizer(true));
        new Engine(model, Progress.NONE).scoreWhole(List.of("ab"));
        assertThat(model.scored()).containsExactly("<s>|ab");
    }

    @Test
    void generate_promptLongerThanTheContext_keepsItsEndAndRoomForTheAnswer() {
        model.contextLength(10).replying(prompt -> "yesyesyes");
        List<Response> responses = new Engine(model, Progress.NONE)
                .generate(List.of("0123456789", "01", "0123456"), GenerationOptions.greedy(4));
        assertThat(model.prompts()).containsExactly("456789", "123456", "01");
        assertThat(responses).extracting(Response::text).containsExactly("yesy", "yesy", "yesy");
        assertThat(responses).extracting(Response::promptCut).containsExactly(true, false, true);
        assertThat(responses).extracting(Response::stopped).containsExactly(false, false, false);
    }

    @Test
    void generate_moreNewTokensThanContext_sharesItInHalves() {
        model.contextLength(10).replying(prompt -> "x".repeat(50));
        List<Response> responses =
                new Engine(model, Progress.NONE).generate(List.of("0123456789", "01"), GenerationOptions.greedy(1024));
        assertThat(model.prompts()).containsExactly("56789", "01");
        assertThat(responses).extracting(Response::tokens).containsExactly(5, 8);
    }

    @Test
    void generate_emptyPrompt_startsFromBos() {
        new Engine(model, Progress.NONE).generate(List.of(""), GenerationOptions.greedy(4));
        assertThat(model.prompts()).containsExactly("<s>");
    }

    @Test
    void generate_samePromptSeveralTimes_drawsWithASeedOfItsOwnEachTime() {
        GenerationOptions options = new GenerationOptions(4, Sampling.at(1, 7));
        engine.generate(Collections.nCopies(3, "ab"), options);
        assertThat(model.options().stream().map(o -> o.sampling().seed()).distinct())
                .hasSize(3)
                .contains(7L);
    }

    @Test
    void generate_longestPromptsFirst_comeBackInOrder() {
        model.replying(prompt -> prompt);
        List<String> prompts = IntStream.rangeClosed(1, 2 * Engine.PROMPTS_A_CALL + 1)
                .mapToObj("x"::repeat)
                .toList();
        assertThat(engine.generate(prompts, GenerationOptions.greedy(100)).stream()
                        .map(Response::text))
                .containsExactlyElementsOf(prompts);
        assertThat(model.prompts().get(0)).isEqualTo(prompts.get(prompts.size() - 1));
        assertThat(model.options()).hasSize(3);
    }

    @Test
    void prompt_withItsShotsInTheQuestion_isOneSystemAndOneUserMessage() {
        Prompt prompt = new Prompt("About x.\n\n", "Q: a\nA: b\n\nQ: c\nA:");
        assertThat(prompt.text(model, false)).isEqualTo("About x.\n\nQ: a\nA: b\n\nQ: c\nA:");
        assertThat(prompt.text(model.chatting(), true))
                .isEqualTo("[system]About x.\n\n<|end|>[user]Q: a\nA: b\n\nQ: c\nA:<|end|>[assistant]");
    }

    @Test
    void prompt_chatWithoutTemplate_isRefused() {
        assertThatThrownBy(() -> Prompt.of("x").text(model, true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no chat template");
    }

    @Test
    void countWords_isThatOfTheReference() {
        assertThat(Whitespace.countWords(" a  b\nc")).isEqualTo(4);
        assertThat(Whitespace.countWords("a")).isEqualTo(1);
        assertThat(Whitespace.strip("\u00a0 a b\u0085")).isEqualTo("a b");
        assertThat(Whitespace.strip(" \n")).isEmpty();
    }
}
