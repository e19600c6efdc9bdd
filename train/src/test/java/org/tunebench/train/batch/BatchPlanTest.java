package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.recipe.Recipe;

class BatchPlanTest {
    @Test
    void step_oneExample_hasShiftedLabelsAndPadding() {
        TokenizedExample example = example("a", 0, new int[] {5, 6, 7, 8}, new boolean[] {false, false, true, true});

        OptimizerStep step = BatchPlan.of(recipe("batch_size: 1\nepochs: 1"), List.of(example))
                .step(0);

        Batch batch = step.microBatches().get(0);
        assertThat(batch.rows()).isEqualTo(1);
        assertThat(batch.length()).isEqualTo(16);
        assertThat(batch.ids()).startsWith(5, 6, 7, 8, 0, 0).hasSize(16);
        assertThat(batch.positions()).startsWith(0, 1, 2, 3, 0, 0);
        assertThat(batch.segments()).startsWith(1, 1, 1, 1, 0, 0);
        assertThat(batch.labels()).startsWith(-100, 7, 8, -100, -100);
        assertThat(step.supervisedTokens()).isEqualTo(2);
        assertThat(step.realTokens()).isEqualTo(4);
        assertThat(step.positions()).isEqualTo(16);
        assertThat(names(step)).containsExactly("a");
    }

    @Test
    void step_packedRow_hasSegmentsAndRestartingPositions() {
        List<TokenizedExample> examples = List.of(example("a", 3), example("b", 2));

        OptimizerStep step = BatchPlan.of(recipe("packing: true\nmax_length: 6\nbatch_size: 1\nepochs: 1"), examples)
                .step(0);

        Batch batch = step.microBatches().get(0);
        assertThat(step.microBatches()).hasSize(1);
        assertThat(batch.length()).isEqualTo(6);
        boolean aFirst = names(step).equals(List.of("a", "b"));
        assertThat(batch.segments()).containsExactly(aFirst ? longs(1, 1, 1, 2, 2, 0) : longs(1, 1, 2, 2, 2, 0));
        assertThat(batch.positions()).containsExactly(aFirst ? longs(0, 1, 2, 0, 1, 0) : longs(0, 1, 0, 1, 2, 0));
        assertThat(batch.labels())
                .containsExactly(aFirst ? longs(2, 3, -100, 2, -100, -100) : longs(2, -100, 2, 3, -100, -100));
    }

    @Test
    void step_unevenBatch_isFilledWithRowsOfPadding() {
        BatchPlan plan = BatchPlan.of(recipe("batch_size: 5\nmicro_batch_size: 2\nepochs: 1"), examples(7, 20));

        assertThat(plan.steps()).isEqualTo(2);
        OptimizerStep whole = plan.step(0);
        assertThat(whole.microBatches()).hasSize(3).allSatisfy(b -> {
            assertThat(b.rows()).isEqualTo(2);
            assertThat(b.length()).isEqualTo(32);
        });
        Batch last = whole.microBatches().get(2);
        assertThat(Arrays.copyOfRange(last.labels(), 32, 64)).containsOnly(-100);
        assertThat(Arrays.copyOfRange(last.segments(), 32, 64)).containsOnly(0);
        assertThat(names(plan.step(1))).hasSize(2);
    }

    @Test
    void microBatchRows_unevenDivision_isEvenedOut() {
        assertThat(BatchPlan.of(recipe("batch_size: 12\nmicro_batch_size: 8"), examples(3, 4))
                        .microBatchRows())
                .isEqualTo(6);
        assertThat(BatchPlan.of(recipe("batch_size: 4\nmicro_batch_size: 8"), examples(3, 4))
                        .microBatchRows())
                .isEqualTo(4);
    }

    @Test
    void step_batchTokens_countsPositionsWithPadding() {
        BatchPlan packed = BatchPlan.of(
                recipe("packing: true\nmax_length: 64\nbatch_tokens: 200\nsteps: 4\nmicro_batch_size: 2"),
                examples(40, 30));
        for (int i = 0; i < packed.steps(); i++) {
            assertThat(packed.step(i).microBatches())
                    .allSatisfy(b -> assertThat(b.length()).isEqualTo(64));
            assertThat(names(packed.step(i))).hasSizeLessThanOrEqualTo(6);
        }
        BatchPlan unpacked = BatchPlan.of(
                recipe("max_length: 64\nbatch_tokens: 96\nepochs: 1\nmicro_batch_size: 1"), examples(7, 20));
        assertThat(unpacked.steps()).isEqualTo(3);
        assertThat(unpacked.step(0).positions()).isEqualTo(96);
    }

    @Test
    void steps_epochs_seeEveryExampleOnceAnEpochInAnotherOrder() {
        BatchPlan plan = BatchPlan.of(recipe("batch_size: 10\nepochs: 3"), examples(25, 5));

        assertThat(plan.steps()).isEqualTo(9);
        List<List<String>> epochs = new ArrayList<>();
        for (int step = 0; step < 9; step++) {
            assertThat(plan.epoch(step)).isEqualTo(step / 3);
            if (step % 3 == 0) {
                epochs.add(new ArrayList<>());
            }
            epochs.get(step / 3).addAll(names(plan.step(step)));
        }
        assertThat(epochs)
                .allSatisfy(seen -> assertThat(seen)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 25).mapToObj(i -> "e" + i).toList()));
        assertThat(epochs.get(0)).isNotEqualTo(epochs.get(1));
        assertThatThrownBy(() -> plan.step(9)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void step_anyOrderOfAsking_givesTheSame() {
        String keys = "batch_size: 3\nsteps: 40\npacking: true\nmax_length: 16";
        List<TokenizedExample> examples = examples(25, 5);
        BatchPlan forward = BatchPlan.of(recipe(keys), examples);
        List<List<String>> ids =
                IntStream.range(0, 40).mapToObj(i -> names(forward.step(i))).toList();

        BatchPlan resumed = BatchPlan.of(recipe(keys), examples);
        for (int i = 39; i >= 0; i--) {
            assertThat(names(resumed.step(i))).isEqualTo(ids.get(i));
        }
        assertThat(names(BatchPlan.of(recipe(keys + "\nseed: 2"), examples).step(0)))
                .isNotEqualTo(ids.get(0));
    }

    @Test
    void step_seed_givesThisOrderOnEveryMachine() {
        BatchPlan plan = BatchPlan.of(recipe("batch_size: 8\nepochs: 1"), examples(8, 3));

        assertThat(names(plan.step(0))).containsExactly("e7", "e3", "e2", "e5", "e0", "e4", "e1", "e6");
    }

    @Test
    void step_weights_drawWholeCopiesAndASample() {
        Recipe recipe = Recipe.parse(
                "data: [{path: a, weight: 2.5}, {path: b, weight: 0.5}]\nepochs: 2\nbatch_size: 1000\n",
                Path.of("r.yaml"));
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            examples.add(example((i < 10 ? "a" : "b") + i, i / 10, ids(3), all(3)));
        }

        BatchPlan plan = BatchPlan.of(recipe, examples);

        Map<String, Integer> uses = new HashMap<>();
        names(plan.step(0)).forEach(id -> uses.merge(id, 1, Integer::sum));
        assertThat(uses.entrySet().stream().filter(e -> e.getKey().startsWith("a")))
                .hasSize(10)
                .allSatisfy(e -> assertThat(e.getValue()).isBetween(2, 3));
        assertThat(names(plan.step(0))).filteredOn(id -> id.startsWith("a")).hasSize(25);
        assertThat(names(plan.step(0)))
                .filteredOn(id -> id.startsWith("b"))
                .hasSize(5)
                .doesNotHaveDuplicates();
    }

    @Test
    void step_share_isAPartOfTheEpochsTokens() {
        Recipe recipe = Recipe.parse(
                "data: [{path: a}, {path: raw, share: 0.2}]\nepochs: 3\nbatch_size: 60000\n", Path.of("r.yaml"));
        SplittableRandom random = new SplittableRandom(4);
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            boolean raw = i % 3 == 0;
            int length = raw ? random.nextInt(30, 90) : random.nextInt(5, 30);
            examples.add(example((raw ? "raw" : "a") + i, raw ? 1 : 0, ids(length), all(length)));
        }
        Map<String, Integer> lengths = new HashMap<>();
        examples.forEach(e -> lengths.put(e.origin().label(), e.length()));

        BatchPlan plan = BatchPlan.of(recipe, examples);

        for (int epoch = 0; epoch < 3; epoch++) {
            List<String> seen = names(plan.step(epoch));
            double tokens = seen.stream().mapToInt(lengths::get).sum();
            double raw = seen.stream()
                    .filter(id -> id.startsWith("raw"))
                    .mapToInt(lengths::get)
                    .sum();
            assertThat(raw / tokens).isBetween(0.198, 0.202);
            assertThat(seen).doesNotHaveDuplicates();
        }
        assertThat(names(plan.step(0)))
                .filteredOn(id -> id.startsWith("raw"))
                .isNotEqualTo(names(plan.step(1)).stream()
                        .filter(id -> id.startsWith("raw"))
                        .toList());
    }

    @Test
    void step_shareOfTooLittleText_repeatsIt() {
        Recipe recipe = Recipe.parse(
                "data: [{path: a}, {path: raw, share: 0.5}]\nepochs: 1\nbatch_size: 1000\n", Path.of("r.yaml"));
        List<TokenizedExample> examples = new ArrayList<>(examples(20, 10));
        examples.add(example("raw0", 1, ids(10), all(10)));
        examples.add(example("raw1", 1, ids(10), all(10)));

        List<String> seen = names(BatchPlan.of(recipe, examples).step(0));

        assertThat(seen).filteredOn("raw0"::equals).hasSize(10);
        assertThat(seen).filteredOn("raw1"::equals).hasSize(10);
    }

    @Test
    void of_weightsThatDrawNothing_isRefused() {
        Recipe recipe = Recipe.parse("data: [{path: a, weight: 0.01}]\nsteps: 3\n", Path.of("r.yaml"));

        assertThatThrownBy(() -> BatchPlan.of(recipe, examples(5, 5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the weights draw no example");
    }

    @RepeatedTest(30)
    void step_packed_hasTheLabelsOfTheUnpacked(RepetitionInfo repetition) {
        long seed = 77 + repetition.getCurrentRepetition();
        SplittableRandom random = new SplittableRandom(seed);
        List<TokenizedExample> examples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int length = random.nextInt(2, 33);
            boolean[] supervised = new boolean[length];
            for (int j = 0; j < length; j++) {
                supervised[j] = random.nextBoolean();
            }
            examples.add(example("e" + i, 0, random.ints(length, 1, 500).toArray(), supervised));
        }

        BatchPlan packed = BatchPlan.of(recipe("packing: true\nmax_length: 32\nbatch_size: 4\nepochs: 1"), examples);
        BatchPlan plain = BatchPlan.of(recipe("max_length: 32\nbatch_size: 4\nepochs: 1"), examples);

        assertThat(sequences(packed)).as("seed %d", seed).isEqualTo(sequences(plain));
        int positions = IntStream.range(0, packed.steps())
                .map(i -> packed.step(i).positions())
                .sum();
        int real = examples.stream().mapToInt(TokenizedExample::length).sum();
        assertThat(positions - real).as("padding, seed %d", seed).isLessThan(real / 4 + 4 * 32);
    }

    /** What each segment of a plan holds: ids, positions and labels by example. */
    private static Map<String, List<List<Long>>> sequences(BatchPlan plan) {
        Map<String, List<List<Long>>> sequences = new TreeMap<>();
        for (int step = 0; step < plan.steps(); step++) {
            OptimizerStep each = plan.step(step);
            int next = 0;
            for (Batch batch : each.microBatches()) {
                for (int at = 0; at < batch.ids().length; ) {
                    long segment = batch.segments()[at];
                    int end = at;
                    while (end < batch.ids().length
                            && end / batch.length() == at / batch.length()
                            && batch.segments()[end] == segment) {
                        end++;
                    }
                    if (segment == 0) {
                        assertThat(Arrays.copyOfRange(batch.labels(), at, end)).containsOnly(-100);
                    } else {
                        sequences.put(
                                names(each).get(next++),
                                List.of(
                                        part(batch.ids(), at, end),
                                        part(batch.positions(), at, end),
                                        part(batch.labels(), at, end)));
                    }
                    at = end;
                }
            }
        }
        return sequences;
    }

    private static List<Long> part(long[] values, int from, int to) {
        return Arrays.stream(values, from, to).boxed().toList();
    }

    private static List<TokenizedExample> examples(int n, int length) {
        return IntStream.range(0, n).mapToObj(i -> example("e" + i, length)).toList();
    }

    private static TokenizedExample example(String id, int length) {
        return example(id, 0, ids(length), all(length));
    }

    private static int[] ids(int length) {
        return IntStream.rangeClosed(1, length).toArray();
    }

    private static boolean[] all(int length) {
        boolean[] supervised = new boolean[length];
        Arrays.fill(supervised, true);
        return supervised;
    }

    private static long[] longs(long... values) {
        return values;
    }

    private static Recipe recipe(String keys) {
        return Recipe.parse("data: [{path: data.jsonl}]\n" + keys, Path.of("recipe.yaml"));
    }

    /** An example whose id is a name. */
    private static TokenizedExample example(String id, int source, int[] ids, boolean[] supervised) {
        Origin origin = new Origin(source, Path.of(id), id, 1, 0, null, null, null, Map.of());
        return new TokenizedExample(origin, ids, supervised);
    }

    /** The names of a step's examples, without the line that their ids end in. */
    private static List<String> names(OptimizerStep step) {
        return step.exampleIds().stream().map(id -> id.replace(":1", "")).toList();
    }
}
