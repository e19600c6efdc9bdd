package org.tunebench.reports.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One suite's items, packed.
 *
 * @param index the {@link SuiteIndex}
 * @param blocks {@link Block#SIZE} items each
 * @param cutTexts texts that are longer than the limit
 * @param shares limit → by estimate, the share of the blocks' size that is left of them under it
 */
record PackedSuite(String suite, String index, List<String> blocks, long cutTexts, Map<Integer, Double> shares) {
    /** Blocks that an estimate is made from. */
    private static final int SAMPLED = 4;

    static PackedSuite of(SuiteItems suite, Texts texts, List<Integer> limits) {
        List<List<Item>> blocks = blocks(suite.items());
        return new PackedSuite(
                suite.suite(),
                Packed.of(SuiteIndex.of(suite)),
                blocks.parallelStream().map(block -> Block.pack(block, texts)).toList(),
                suite.items().stream().mapToLong(item -> cut(item, texts)).sum(),
                shares(blocks, limits));
    }

    long size() {
        return index.length() + blocks.stream().mapToLong(String::length).sum();
    }

    /** Its size under another limit, by estimate. */
    long sizeAt(int limit) {
        double share = shares.getOrDefault(limit, 1.0);
        return index.length()
                + Math.round(share * blocks.stream().mapToLong(String::length).sum());
    }

    private static List<List<Item>> blocks(List<Item> items) {
        return IntStream.range(0, (items.size() + Block.SIZE - 1) / Block.SIZE)
                .mapToObj(b -> items.subList(b * Block.SIZE, Math.min(items.size(), (b + 1) * Block.SIZE)))
                .toList();
    }

    private static Map<Integer, Double> shares(List<List<Item>> blocks, List<Integer> limits) {
        int stride = Math.max(1, blocks.size() / SAMPLED);
        List<List<Item>> sampled = IntStream.iterate(0, b -> b < blocks.size(), b -> b + stride)
                .mapToObj(blocks::get)
                .toList();
        double whole = size(sampled, Texts.LONGEST);
        Map<Integer, Double> shares = new HashMap<>();
        limits.forEach(limit -> shares.put(limit, whole == 0 ? 1 : size(sampled, limit) / whole));
        return shares;
    }

    private static long size(List<List<Item>> blocks, int limit) {
        return blocks.parallelStream()
                .mapToLong(block -> Block.pack(block, new Texts(limit)).length())
                .sum();
    }

    private static long cut(Item item, Texts texts) {
        return ItemText.of(item, List.of()).stream()
                .filter(text -> texts.cuts(text.text()))
                .count();
    }

    /**
     * A text of an item.
     *
     * @param run whose it is; absent for the item's own
     */
    record ItemText(@Nullable String run, String part, String text) {

        /** All of them. Without names of runs, the runs are left out. */
        static List<ItemText> of(Item item, List<String> runs) {
            List<ItemText> texts = new ArrayList<>();
            add(texts, null, "prompt", item.prompt());
            for (int i = 0; item.choices() != null && i < item.choices().size(); i++) {
                add(texts, null, "choice " + i, item.choices().get(i));
            }
            add(texts, null, "target", item.target());
            for (int i = 0; i < item.answers().length; i++) {
                Answer answer = item.answers()[i];
                String run = runs.isEmpty() ? null : runs.get(i);
                if (answer != null) {
                    add(texts, run, "prompt", answer.prompt());
                    add(texts, run, "prediction", answer.prediction());
                    add(texts, run, "response", answer.response());
                    add(
                            texts,
                            run,
                            "judgment",
                            answer.judgment() == null ? null : answer.judgment().text());
                }
            }
            return texts;
        }

        private static void add(List<ItemText> texts, @Nullable String run, String part, @Nullable Object text) {
            if (text instanceof String string) {
                texts.add(new ItemText(run, part, string));
            }
        }
    }
}
