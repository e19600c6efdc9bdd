package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Ratings.Choice;

/** Who sees what in which place, over many random designs; each prints its seed where it fails. */
class SheetLayoutTest {
    private static final long SEED = 20261123;

    private record Case(SheetDesign design, int prompts, int models, List<SheetKey.Row> rows) {
        List<SheetKey.Row> of(int rater, boolean pairs) {
            return rows.stream()
                    .filter(r -> r.rater().equals("rater-" + rater) && (r.other() != null) == pairs)
                    .toList();
        }

        int model(int item) {
            return item % models;
        }

        int prompt(int item) {
            return item / models;
        }
    }

    /** 200 designs without gold items. */
    private static List<Case> cases() {
        Random random = new Random(SEED);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int raters = 1 + random.nextInt(6);
            int models = 2 + random.nextInt(7);
            int prompts = 1 + random.nextInt(40);
            SheetDesign design = new SheetDesign(
                    raters,
                    random.nextInt(5) / 4.0,
                    1 + random.nextInt(raters),
                    random.nextInt(4) / 10.0,
                    random.nextInt(4),
                    Set.of(SheetFormat.CSV),
                    random.nextLong());
            cases.add(new Case(
                    design, prompts, models, new SheetLayout(design, prompts, models, List.of()).rows("abcdef")));
        }
        return cases;
    }

    @Test
    void rows_everyRaterSeesEveryModelEquallyOftenInEveryPlace() {
        for (Case c : cases()) {
            Map<String, Integer> overall = new HashMap<>();
            for (int rater = 1; rater <= c.design().raters(); rater++) {
                List<SheetKey.Row> rows = c.of(rater, false);
                Map<String, Integer> places = new HashMap<>();
                assertThat(rows.size() % c.models()).isZero();
                for (int i = 0; i < rows.size(); i++) {
                    int place = i % c.models();
                    assertThat(c.prompt(rows.get(i).item()))
                            .as("one prompt's responses stand together, %s", c)
                            .isEqualTo(c.prompt(rows.get(i - place).item()));
                    String at = c.model(rows.get(i).item()) + "@" + place;
                    places.merge(at, 1, Integer::sum);
                    overall.merge(at, 1, Integer::sum);
                }
                int blocks = rows.size() / c.models();
                assertEven(places, c.models() * c.models(), blocks, c);
            }
            int blocks = overall.values().stream().mapToInt(n -> n).sum() / c.models();
            assertEven(overall, c.models() * c.models(), blocks, c);
        }
    }

    /** As many things as there are places, each as often as each other, or once more where that does not come out even. */
    private static void assertEven(Map<String, Integer> counts, int things, int blocks, Case c) {
        int models = c.models();
        List<Integer> all = new ArrayList<>(counts.values());
        all.addAll(Collections.nCopies(things - all.size(), 0));
        assertThat(all)
                .as("seed %d, %s", SEED, c.design())
                .allMatch(n -> n == blocks / models || n == (blocks + models - 1) / models);
    }

    @Test
    void order_everyModelFollowsEveryOtherEquallyOften() {
        for (int models = 2; models <= 9; models++) {
            Map<String, Integer> following = new HashMap<>();
            int blocks = models % 2 == 0 ? models : 2 * models;
            for (int block = 0; block < blocks; block++) {
                List<Integer> order = WilliamsSquare.order(models, 5, block, blocks);
                assertThat(order)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, models).boxed().toList());
                for (int i = 1; i < models; i++) {
                    following.merge(order.get(i - 1) + ">" + order.get(i), 1, Integer::sum);
                }
            }
            int times = blocks / models;
            assertThat(following)
                    .as("%d models", models)
                    .hasSize(models * (models - 1))
                    .allSatisfy((pair, n) -> assertThat(n).isEqualTo(times));
        }
    }

    @Test
    void rows_promptsAreDealtEvenly_doubledOnesToSeveral() {
        for (Case c : cases()) {
            Map<Integer, Set<String>> ratersOf = new TreeMap<>();
            Map<String, Set<Integer>> promptsOf = new HashMap<>();
            for (SheetKey.Row row : c.rows()) {
                if (row.other() == null && row.repeats() == null) {
                    ratersOf.computeIfAbsent(c.prompt(row.item()), p -> new HashSet<>())
                            .add(row.rater());
                    promptsOf.computeIfAbsent(row.rater(), r -> new HashSet<>()).add(c.prompt(row.item()));
                }
            }
            int doubled = (int) Math.ceil(c.design().doubled() * c.prompts() - 1e-9);
            assertThat(ratersOf).as("%s", c).hasSize(c.prompts());
            assertThat(ratersOf.values().stream()
                            .filter(r -> r.size() == c.design().ratersEach())
                            .count())
                    .as("seed %d, %s", SEED, c.design())
                    .isEqualTo(c.design().ratersEach() == 1 ? c.prompts() : doubled);
            List<Integer> loads = IntStream.rangeClosed(1, c.design().raters())
                    .mapToObj(
                            r -> promptsOf.getOrDefault("rater-" + r, Set.of()).size())
                    .toList();
            assertThat(Collections.max(loads) - Collections.min(loads))
                    .as("seed %d, %s", SEED, c.design())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void rows_everyTwoRatersShareDoubledPrompts() {
        SheetDesign design = new SheetDesign(5, 1, 2, 0, 0, Set.of(SheetFormat.CSV), 3);
        Map<String, Integer> common = new HashMap<>();
        new SheetLayout(design, 40, 1, List.of())
                .rows("x").stream()
                        .collect(Collectors.groupingBy(
                                SheetKey.Row::item, Collectors.mapping(SheetKey.Row::rater, Collectors.toSet())))
                        .values()
                        .forEach(raters -> common.merge(
                                raters.stream().sorted().collect(Collectors.joining("+")), 1, Integer::sum));
        assertThat(common).hasSize(10).allSatisfy((pair, n) -> assertThat(n).isBetween(3, 5));
    }

    @Test
    void rows_repeatsComeLastAndNameTheirFirst() {
        for (Case c : cases()) {
            Map<String, SheetKey.Row> byId = c.rows().stream().collect(Collectors.toMap(SheetKey.Row::id, r -> r));
            assertThat(byId).hasSize(c.rows().size());
            for (int rater = 1; rater <= c.design().raters(); rater++) {
                for (boolean pairs : new boolean[] {false, true}) {
                    List<SheetKey.Row> rows = c.of(rater, pairs);
                    List<Boolean> repeated =
                            rows.stream().map(r -> r.repeats() != null).toList();
                    assertThat(repeated).as("seed %d, %s", SEED, c.design()).isSorted();
                    rows.stream().filter(r -> r.repeats() != null).forEach(row -> {
                        SheetKey.Row first = Objects.requireNonNull(byId.get(row.repeats()));
                        assertThat(first.rater()).isEqualTo(row.rater());
                        assertThat(first.item()).isEqualTo(pairs ? row.other() : (Integer) row.item());
                        assertThat(first.other()).isEqualTo(pairs ? (Integer) row.item() : null);
                    });
                }
                List<SheetKey.Row> rows = c.of(rater, false);
                long own = rows.stream().filter(r -> r.repeats() == null).count() / c.models();
                assertThat(rows.stream().filter(r -> r.repeats() != null).count() / c.models())
                        .isEqualTo((long) Math.ceil(c.design().within() * own - 1e-9));
            }
        }
    }

    @Test
    void rows_pairsShowEveryModelAboutEquallyOftenAndOnBothSides() {
        for (Case c : cases()) {
            for (int rater = 1; rater <= c.design().raters(); rater++) {
                Map<Integer, Integer> seen = new HashMap<>();
                Map<Integer, Integer> first = new HashMap<>();
                List<SheetKey.Row> rows = c.of(rater, true).stream()
                        .filter(r -> r.repeats() == null)
                        .toList();
                for (SheetKey.Row row : rows) {
                    assertThat(c.prompt(row.item())).isEqualTo(c.prompt(Objects.requireNonNull(row.other())));
                    assertThat(c.model(row.item())).isNotEqualTo(c.model(row.other()));
                    seen.merge(c.model(row.item()), 1, Integer::sum);
                    seen.merge(c.model(row.other()), 1, Integer::sum);
                    first.merge(c.model(row.item()), 1, Integer::sum);
                    first.merge(c.model(row.other()), -1, Integer::sum);
                }
                assertThat(first.values())
                        .as("first less second, seed %d, %s", SEED, c.design())
                        .allMatch(n -> Math.abs(n) <= 1);
                if (c.design().pairwise() > 0 && c.design().raters() == 1) {
                    List<Integer> all = IntStream.range(0, c.models())
                            .mapToObj(m -> seen.getOrDefault(m, 0))
                            .toList();
                    assertThat(Collections.max(all) - Collections.min(all))
                            .as("seed %d, %s", SEED, c)
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void rows_sharedPromptsAskTheSamePairsOfAllRaters() {
        SheetDesign design = new SheetDesign(3, 1, 3, 0, 2, Set.of(SheetFormat.CSV), 9);
        List<SheetKey.Row> rows = new SheetLayout(design, 10, 4, List.of()).rows("x");
        Map<Set<Integer>, Long> pairs = rows.stream()
                .filter(r -> r.other() != null)
                .collect(Collectors.groupingBy(r -> Set.of(r.item(), r.other()), Collectors.counting()));
        assertThat(pairs).hasSize(20).allSatisfy((pair, n) -> assertThat(n).isEqualTo(3));
    }

    @Test
    void rows_goldItemsAreInEverySheet_withWhatIsRight() {
        List<GoldItem> gold = List.of(
                new GoldItem("g1", "2 + 2?", "5", Map.of("accuracy", 1), null, null),
                new GoldItem("g2", "2 + 2?", null, Map.of(), "4", "5"));
        SheetDesign design = new SheetDesign(3, 1, 3, 0, 1, Set.of(SheetFormat.CSV), 1);
        List<SheetKey.Row> rows = new SheetLayout(design, 4, 2, gold).rows("x");
        List<SheetKey.Row> known = rows.stream().filter(r -> r.gold() != null).toList();
        assertThat(known).hasSize(6).allSatisfy(row -> {
            boolean pair = row.other() != null;
            assertThat(row.item()).isEqualTo(!pair ? 8 : row.gold().choice() == Choice.FIRST ? 9 : 10);
            assertThat(row.gold().ratings()).isEqualTo(pair ? Map.of() : Map.of("accuracy", 1));
        });
        assertThat(known.stream().map(SheetKey.Row::position).distinct().count())
                .isGreaterThan(2);
    }

    @Test
    void rows_followTheSeed() {
        SheetDesign design = SheetDesign.of(3, 5);
        List<SheetKey.Row> rows = new SheetLayout(design, 12, 3, List.of()).rows("x");
        assertThat(new SheetLayout(design, 12, 3, List.of()).rows("x")).isEqualTo(rows);
        assertThat(new SheetLayout(SheetDesign.of(3, 6), 12, 3, List.of()).rows("x"))
                .isNotEqualTo(rows);
    }
}
