package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.recipe.Recipe;

class RatesTest {
    /** Task → examples of it: FLAN counts the largest as 3,000 and takes at most 30,000 of it. */
    private static final Map<String, Integer> SIZES =
            new TreeMap<>(Map.of("a", 40_000, "b", 5000, "c", 2000, "d", 700, "e", 100));

    @Test
    void draw_bySize_sharesAreThoseOfTheRuleOverAHundredThousandDraws() {
        TokenizedExamples examples = tasks();
        EpochOrder order = new EpochOrder(recipe("mixture: {rate: size, epoch: 25000}"), examples);
        Map<String, Integer> drawn = new TreeMap<>();
        HashSet<Integer> ofA = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            for (int i : order.of(epoch)) {
                drawn.merge(String.valueOf(examples.task(i)), 1, Integer::sum);
                if ("a".equals(examples.task(i))) {
                    ofA.add(i);
                }
            }
        }

        double all = 3000 + 3000 + 2000 + 700 + 100;
        SIZES.forEach((task, size) -> assertThat(drawn.get(task) / 100_000.0)
                .as(task)
                .isCloseTo(Math.min(size, 3000) / all, withinPercentage(1)));
        assertThat(ofA)
                .as("none comes again before all have come")
                .hasSize(drawn.get("a") - Math.max(0, drawn.get("a") - 30_000));
    }

    @Test
    void beyondTaskLimit_holdsWhatNoEpochTakes() {
        TokenizedExamples examples = tasks();
        EpochOrder order = new EpochOrder(recipe("mixture: {rate: size, task_limit: 1000, epoch: 20000}"), examples);
        BitSet never = new BitSet();
        never.set(0, examples.size());
        for (int epoch = 0; epoch < 2; epoch++) {
            Arrays.stream(order.of(epoch)).forEach(never::clear);
        }

        assertThat(order.beyondTaskLimit()).isEqualTo(never);
        assertThat(never.cardinality()).isEqualTo(39_000 + 4000 + 1000);
        assertThat(new EpochOrder(recipe(""), examples).beyondTaskLimit().isEmpty())
                .isTrue();
    }

    @Test
    void draw_sameSeed_givesTheSameOrderWhereverItBegins() {
        TokenizedExamples examples = tasks();
        Recipe recipe = recipe("mixture: {rate: size, cap: 50, epoch: 1000}");
        EpochOrder fromStart = new EpochOrder(recipe, examples);
        int[] first = fromStart.of(0);
        int[] second = fromStart.of(1);

        assertThat(new EpochOrder(recipe, examples).of(1)).isEqualTo(second).isNotEqualTo(first);
        assertThat(Arrays.copyOf(first, 8)).containsExactly(47749, 13368, 47663, 47712, 47736, 47751, 47714, 47575);
    }

    @Test
    void draw_byWeight_goesByEntriesWhateverTheirSize() {
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            examples.add(example(i < 900 ? 0 : 1, null, null));
        }
        Recipe recipe = Recipe.parse(
                "data: [{path: a, weight: 1}, {path: b, weight: 3}]\nmixture: {rate: weight, epoch: 4000}",
                Path.of("r.yaml"));
        TokenizedExamples all = TokenizedExamples.of(examples);

        long ofB = Arrays.stream(new EpochOrder(recipe, all).of(0))
                .filter(i -> all.source(i) == 1)
                .count();

        assertThat(ofB).isEqualTo(3000);
    }

    @Test
    void draw_byCategory_goesByTheirWeightsAndRefusesWhatHasNone() {
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            examples.add(example(0, null, i < 90 ? "coding" : "reasoning"));
        }
        TokenizedExamples all = TokenizedExamples.of(examples);
        String keys = "mixture: {rate: category, weights: {reasoning: 2}, epoch: 300}";

        long reasoning = Arrays.stream(new EpochOrder(recipe(keys), all).of(0))
                .filter(i -> "reasoning".equals(all.category(i)))
                .count();

        assertThat(reasoning).isEqualTo(200);
        assertThatThrownBy(() -> new EpochOrder(recipe(keys.replace("reasoning", "resoning")), all))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown category 'resoning'")
                .hasMessageContaining("Did you mean 'reasoning'?");
        examples.add(example(0, null, null));
        assertThatThrownBy(() -> new EpochOrder(recipe(keys), TokenizedExamples.of(examples)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("an example has none");
    }

    @Test
    void draw_shareOfExamplesOrTargets_isCountedInThem() {
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            examples.add(i < 200 ? example(0, null, null) : example(1, 8, 8));
        }
        TokenizedExamples all = TokenizedExamples.of(examples);
        for (String unit : List.of("examples", "supervised_tokens", "tokens")) {
            Recipe recipe = Recipe.parse(
                    "data: [{path: a}, {path: raw, share: 0.2}]\nmixture: {share_of: " + unit + "}", Path.of("r.yaml"));
            int[] order = new EpochOrder(recipe, all).of(0);
            double raw = 0;
            double sum = 0;
            for (int i : order) {
                double size =
                        unit.equals("examples") ? 1 : unit.equals("tokens") ? all.length(i) : all.supervisedTokens(i);
                sum += size;
                raw += all.source(i) == 1 ? size : 0;
            }
            assertThat(raw / sum).as(unit).isCloseTo(0.2, withinPercentage(5));
        }
    }

    @Test
    void parse_mixtureThatContradictsItself_isRefused() {
        for (String bad : List.of(
                "{cap: 5}",
                "{rate: weight, cap: 5}",
                "{weights: {a: 1}}",
                "{epoch: 5}",
                "{rate: size, cap: 0}",
                "{rate: category, weights: {a: 0}}",
                "{rate: sice}")) {
            assertThatThrownBy(() -> recipe("mixture: " + bad)).as(bad).isInstanceOf(InputException.class);
        }
        assertThatThrownBy(() -> Recipe.parse("data: [{path: a, weight: 0}]", Path.of("r.yaml")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("weight is 0");
    }

    private static TokenizedExamples tasks() {
        List<TokenizedExample> examples = new ArrayList<>();
        SIZES.forEach((task, size) -> {
            for (int i = 0; i < size; i++) {
                examples.add(example(0, task, null));
            }
        });
        return TokenizedExamples.of(examples);
    }

    private static Recipe recipe(String keys) {
        return Recipe.parse("data: [{path: a}]\n" + keys, Path.of("r.yaml"));
    }

    /** Two tokens, one of them a target. */
    private static TokenizedExample example(int source, @Nullable String task, @Nullable String category) {
        Origin origin = new Origin(source, Path.of("f"), "f", 1, 0, task, category, null, Map.of());
        return new TokenizedExample(origin, new int[] {5, 6}, new boolean[] {false, true});
    }

    private static TokenizedExample example(int source, int length, int supervised) {
        boolean[] marks = new boolean[length];
        Arrays.fill(marks, length - supervised, length, true);
        return new TokenizedExample(Origin.of(source, Path.of("f"), 1), new int[length], marks);
    }
}
