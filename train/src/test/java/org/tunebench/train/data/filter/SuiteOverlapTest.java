package org.tunebench.train.data.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.draw.SeededRandom;

class SuiteOverlapTest {
    private static final String QUESTION =
            "Which of the following planets of our solar system has the largest number of known moons today?";

    @Test
    void judge_thirteenWordsOfAQuestion_dropsAndQuotes() {
        FilterPass pass = pass(new SuiteTexts("mmlu", List.of(QUESTION)));

        assertThat(pass.judge(Examples.of(
                                1,
                                "Tell me: which of THE following planets, of our solar system, has the largest number?",
                                "Saturn."))
                        .objection())
                .isEqualTo("shares 13 words with suite mmlu: which of the following planets of our solar system has the"
                        + " largest number");
        assertThat(pass.judge(Examples.of(
                                2, "Which of the following planets of our solar system has the largest?", "J"))
                        .keeps())
                .isTrue();
    }

    @Test
    void judge_shortSuiteText_isSoughtWholeFromEightWordsOn() {
        FilterPass pass = pass(
                new SuiteTexts("a", List.of("one two three four five six seven eight")),
                new SuiteTexts("b", List.of("red green blue")));

        assertThat(pass.judge(Examples.answer("zero one two three four five six seven eight nine"))
                        .objection())
                .startsWith("shares 8 words with suite a");
        assertThat(pass.judge(Examples.answer("red green blue")).keeps()).isTrue();
    }

    @Test
    void start_withoutSuites_isRefused() {
        assertThatThrownBy(() -> new SuiteOverlap(null, null, null).start(FilterInputs.NONE, ExampleSource.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("filter suite_overlap");
    }

    /** Against the definition itself: sets of runs written out as text. */
    @Test
    void judge_randomTexts_agreesWithSetsOfRuns() {
        long seed = 7;
        SeededRandom random = SeededRandom.of(seed);
        List<String> suite = IntStream.range(0, 40).mapToObj(i -> text(random)).toList();
        FilterPass pass = new SuiteOverlap(3, 3, ExampleText.RESPONSE)
                .start(FilterInputs.NONE.withSuites(List.of(new SuiteTexts("s", suite))), ExampleSource.NONE);
        Set<String> runs = new HashSet<>();
        suite.forEach(t -> runs.addAll(runs(t)));
        int overlapping = 0;
        for (int i = 0; i < 500; i++) {
            String response = text(random);
            boolean expected = runs(response).stream().anyMatch(runs::contains);
            overlapping += expected ? 1 : 0;
            assertThat(pass.judge(Examples.answer(response)).keeps())
                    .as("seed %d, text %d: %s", seed, i, response)
                    .isEqualTo(!expected);
        }
        assertThat(overlapping).isBetween(50, 450);
    }

    private static FilterPass pass(SuiteTexts... suites) {
        return new SuiteOverlap(null, null, null)
                .start(FilterInputs.NONE.withSuites(List.of(suites)), ExampleSource.NONE);
    }

    private static String text(SeededRandom random) {
        return IntStream.range(0, 3 + random.nextInt(8))
                .mapToObj(i -> "w" + random.nextInt(12))
                .collect(Collectors.joining(" "));
    }

    private static List<String> runs(String text) {
        List<String> words = List.of(text.split(" "));
        return IntStream.rangeClosed(0, words.size() - 3)
                .mapToObj(i -> String.join(" ", words.subList(i, i + 3)))
                .toList();
    }
}
