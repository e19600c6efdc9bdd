package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Ratings.Choice;

/**
 * The rows of every rater's sheet: first the responses to rate, then the pairs to compare. The responses to one prompt stand
 * together, by a {@link WilliamsSquare}; prompts repeated for consistency come last, so that much lies between; gold items
 * stand at random places. The same seed gives the same rows.
 */
final class SheetLayout {
    private final SheetDesign design;
    private final int prompts;
    private final int models;
    private final List<GoldItem> gold;
    private final Random random;
    private final List<List<Integer>> ratersOf;
    private final List<List<PairChoice.Models>> pairsOf;
    private final List<Integer> modelOrder;

    /** A row without its place yet. @param other the second item of a pair */
    private record Slot(int item, @Nullable Integer other, SheetKey.@Nullable Gold gold) {
        /** The same response, or the same two whichever stands first. */
        Set<Integer> items() {
            return other == null ? Set.of(item) : Set.of(item, other);
        }
    }

    SheetLayout(SheetDesign design, int prompts, int models, List<GoldItem> gold) {
        this.design = design;
        this.prompts = prompts;
        this.models = models;
        this.gold = gold;
        this.random = new Random(design.seed());
        this.ratersOf = PromptDeal.of(prompts, design, random);
        this.pairsOf = PairChoice.of(ratersOf, design, models, random);
        this.modelOrder = Shuffled.indices(models, random);
    }

    /** The rows of all raters, in their sheets' order; items are counted prompt by prompt, then the gold ones. */
    List<SheetKey.Row> rows(String set) {
        List<SheetKey.Row> rows = new ArrayList<>();
        int blocksBefore = 0;
        for (int rater = 0; rater < design.raters(); rater++) {
            int own = rater;
            List<Integer> order = Shuffled.of(
                    IntStream.range(0, prompts)
                            .filter(p -> ratersOf.get(p).contains(own))
                            .boxed()
                            .toList(),
                    random);
            List<Integer> repeated = repeated(order);
            List<Slot> slots = new ArrayList<>(ratings(order, repeated, blocksBefore));
            slots.addAll(pairs(order, repeated));
            blocksBefore += order.size() + repeated.size();
            rows.addAll(numbered(slots, set, rater + 1));
        }
        return rows;
    }

    /** Some of the prompts of the first half, so that they are long past when they come again. */
    private List<Integer> repeated(List<Integer> order) {
        int wanted = (int) Math.ceil(design.within() * order.size() - 1e-9);
        int from = Math.max(wanted, order.size() / 2);
        return Shuffled.of(order.subList(0, from), random).subList(0, wanted);
    }

    private List<Slot> ratings(List<Integer> order, List<Integer> repeated, int blocksBefore) {
        List<Integer> all = new ArrayList<>(order);
        all.addAll(repeated);
        List<List<Slot>> blocks = new ArrayList<>();
        for (int block = 0; block < all.size(); block++) {
            int prompt = all.get(block);
            blocks.add(WilliamsSquare.order(models, blocksBefore, block, all.size()).stream()
                    .map(place -> new Slot(prompt * models + modelOrder.get(place), null, null))
                    .toList());
        }
        int item = prompts * models;
        for (GoldItem known : gold) {
            if (!known.isPair()) {
                insert(blocks, new Slot(item, null, new SheetKey.Gold(known.ratings(), null)));
            }
            item += known.isPair() ? 2 : 1;
        }
        return blocks.stream().flatMap(List::stream).toList();
    }

    private List<Slot> pairs(List<Integer> order, List<Integer> repeated) {
        if (design.pairwise() == 0) {
            return List.of();
        }
        List<Integer> asked = Shuffled.of(order, random);
        List<PairChoice.Models> all =
                asked.stream().flatMap(p -> pairsOf.get(p).stream()).toList();
        boolean[] firstStandsFirst = sides(all);
        List<List<Slot>> blocks = new ArrayList<>();
        Map<Integer, List<Slot>> again = new HashMap<>();
        int at = 0;
        for (int prompt : asked) {
            List<Slot> block = new ArrayList<>();
            for (PairChoice.Models pair : pairsOf.get(prompt)) {
                int first = prompt * models + pair.first();
                int second = prompt * models + pair.second();
                block.add(firstStandsFirst[at] ? new Slot(first, second, null) : new Slot(second, first, null));
                at++;
            }
            blocks.add(block);
            again.put(prompt, block.stream().map(SheetLayout::swapped).toList());
        }
        repeated.forEach(prompt -> blocks.add(again.getOrDefault(prompt, List.of())));
        int item = prompts * models;
        for (GoldItem known : gold) {
            if (known.isPair()) {
                boolean chosenFirst = random.nextBoolean();
                insert(
                        blocks,
                        new Slot(
                                chosenFirst ? item : item + 1,
                                chosenFirst ? item + 1 : item,
                                new SheetKey.Gold(Map.of(), chosenFirst ? Choice.FIRST : Choice.SECOND)));
            }
            item += known.isPair() ? 2 : 1;
        }
        return blocks.stream().flatMap(List::stream).toList();
    }

    /** By a walk over the pairs in random order, so that sides differ between raters. */
    private boolean[] sides(List<PairChoice.Models> pairs) {
        List<Integer> walk = Shuffled.indices(pairs.size(), random);
        boolean[] walked = PairSides.of(walk.stream().map(pairs::get).toList(), models);
        boolean[] sides = new boolean[pairs.size()];
        for (int i = 0; i < walk.size(); i++) {
            sides[walk.get(i)] = walked[i];
        }
        return sides;
    }

    private static Slot swapped(Slot slot) {
        return slot.other() == null ? slot : new Slot(slot.other(), slot.item(), slot.gold());
    }

    private void insert(List<List<Slot>> blocks, Slot slot) {
        blocks.add(random.nextInt(blocks.size() + 1), List.of(slot));
    }

    private static List<SheetKey.Row> numbered(List<Slot> slots, String set, int rater) {
        List<SheetKey.Row> rows = new ArrayList<>();
        Map<Set<Integer>, String> first = new HashMap<>();
        for (Slot slot : slots) {
            int position = rows.size() + 1;
            String id = String.format("%s-%d-%03d", set, rater, position);
            Set<Integer> items = new HashSet<>(slot.items());
            String repeats = first.putIfAbsent(items, id);
            rows.add(new SheetKey.Row(id, "rater-" + rater, position, slot.item(), slot.other(), repeats, slot.gold()));
        }
        return rows;
    }
}
