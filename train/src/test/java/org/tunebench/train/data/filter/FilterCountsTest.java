package org.tunebench.train.data.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tunebench.train.data.example.Example;

class FilterCountsTest {
    @Test
    void counts_manyDropped_keepTheFirstFiveOfEachFilter() {
        FilterCounts counts = new FilterCounts(List.of(new CodeFences(), new ExactDuplicates(null)));
        IntStream.rangeClosed(1, 9)
                .forEach(i -> counts.dropped(
                        Examples.of(i, "Say it " + "x".repeat(300), "No"), "exact_duplicates", "as before"));
        counts.dropped(Examples.raw("text"), "limit", "over the limit");

        assertThat(counts.counts())
                .extracting(FilterCount::filter)
                .containsExactly("code_fences", "exact_duplicates", "limit");
        assertThat(counts.counts()).extracting(FilterCount::dropped).containsExactly(0L, 9L, 1L);
        List<FilterCount.DroppedExample> samples = counts.counts().get(1).samples();
        assertThat(samples)
                .extracting(FilterCount.DroppedExample::id)
                .containsExactly("a.json:1", "a.json:2", "a.json:3", "a.json:4", "a.json:5");
        assertThat(samples.get(0).objection()).isEqualTo("as before");
        assertThat(samples.get(0).instruction()).hasSize(201).endsWith("…");
        assertThat(counts.counts().get(2).samples().get(0).response()).isEqualTo("text");
    }

    @Test
    void exactDuplicates_secondOfTheSame_isDropped() {
        List<Example> examples = List.of(
                Examples.of(1, "Add.", "3"),
                Examples.of(2, "Add.", "3"),
                Examples.of(3, "Add.", "4"),
                Examples.of(4, "Add!", "3"));

        assertThat(Examples.run(List.of(new ExactDuplicates(null)), FilterInputs.NONE, examples))
                .isEqualTo(Arrays.asList(null, "exact_duplicates: the same as an example before it", null, null));
        assertThat(Examples.run(List.of(new ExactDuplicates(ExampleText.RESPONSE)), FilterInputs.NONE, examples))
                .isEqualTo(Arrays.asList(
                        null,
                        "exact_duplicates: the same as an example before it",
                        null,
                        "exact_duplicates: the same as an example before it"));
    }
}
