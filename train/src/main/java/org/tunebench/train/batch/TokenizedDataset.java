package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Rendered;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizer.Encoding;
import org.tunebench.train.data.Example;
import org.tunebench.train.recipe.Recipe;

/**
 * The examples that fit, in order, and what became of the rest.
 *
 * @param droppedBySource index of the source in the recipe → reason → examples: {@code too_long} (system prompt and newest
 *     exchange do not fit whole), {@code no_supervised_token}; sources that lost none are absent
 * @param truncated examples that lost their oldest turns
 * @param split raw texts that were cut into several pieces
 */
public record TokenizedDataset(
        List<TokenizedExample> examples,
        SortedMap<Integer, SortedMap<String, Integer>> droppedBySource,
        int truncated,
        int split) {
    private static final int AT_ONCE = 512;

    public TokenizedDataset {
        examples = List.copyOf(examples);
        droppedBySource = new TreeMap<>(droppedBySource);
    }

    /** Reason → examples, over all sources. */
    public SortedMap<String, Integer> dropped() {
        return sum(droppedBySource);
    }

    /** Reason → examples of one source. */
    public SortedMap<String, Integer> dropped(int source) {
        return droppedBySource.getOrDefault(source, new TreeMap<>());
    }

    private static SortedMap<String, Integer> sum(SortedMap<Integer, SortedMap<String, Integer>> bySource) {
        SortedMap<String, Integer> sum = new TreeMap<>();
        bySource.values().forEach(counts -> counts.forEach((reason, n) -> sum.merge(reason, n, Integer::sum)));
        return sum;
    }

    /**
     * Renders and tokenizes examples as a recipe says.
     *
     * @throws InputException when the template refuses a conversation, or when no example is left
     */
    public static TokenizedDataset of(
            Recipe recipe, List<Example> examples, ChatTemplate template, Tokenizer tokenizer) {
        Builder builder = new Builder(recipe, template, tokenizer);
        for (int from = 0; from < examples.size(); from += AT_ONCE) {
            builder.add(examples.subList(from, Math.min(examples.size(), from + AT_ONCE)));
        }
        return builder.build(examples.size());
    }

    /** For example {@code 1980 examples, 412003 tokens of which 301222 supervised; dropped: too_long 20; truncated 3}. */
    @Override
    public String toString() {
        long tokens = examples.stream().mapToLong(TokenizedExample::length).sum();
        long supervised =
                examples.stream().mapToLong(TokenizedExample::supervisedTokens).sum();
        return examples.size() + " examples, " + tokens + " tokens of which " + supervised + " supervised; dropped: "
                + (droppedBySource.isEmpty() ? "none" : dropped()) + "; truncated " + truncated + "; split " + split;
    }

    private static final class Builder {
        private final String recipeName;
        private final int maxLength;
        private final Tokenizer tokenizer;
        private final ExampleTokenizer examples;
        private final List<TokenizedExample> kept = new ArrayList<>();
        private final SortedMap<Integer, SortedMap<String, Integer>> dropped = new TreeMap<>();
        private int truncated;
        private int split;

        Builder(Recipe recipe, ChatTemplate template, Tokenizer tokenizer) {
            this.recipeName = recipe.name();
            this.maxLength = recipe.maxLength();
            this.tokenizer = tokenizer;
            this.examples = new ExampleTokenizer(recipe.mask(), template, tokenizer);
        }

        void add(List<Example> batch) {
            List<@Nullable Rendered> rendered = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (Example example : batch) {
                if (example instanceof Example.Conversation conversation) {
                    Rendered text = examples.render(conversation, conversation.messages());
                    rendered.add(text);
                    texts.add(text.text());
                } else {
                    rendered.add(null);
                    texts.add(((Example.RawText) example).text());
                }
            }
            List<Encoding> encodings = tokenizer.encodeAll(texts);
            for (int i = 0; i < batch.size(); i++) {
                Rendered text = rendered.get(i);
                if (text == null) {
                    addRawText(batch.get(i), encodings.get(i));
                } else {
                    addConversation((Example.Conversation) batch.get(i), text, encodings.get(i));
                }
            }
        }

        TokenizedDataset build(int given) {
            if (kept.isEmpty()) {
                throw new InputException(
                        "none of " + given + " examples can be trained on: " + sum(dropped),
                        "recipe " + recipeName,
                        "Raise max_length (now " + maxLength + ") or give other data");
            }
            return new TokenizedDataset(kept, dropped, truncated, split);
        }

        private void addRawText(Example example, Encoding encoding) {
            List<TokenizedExample> pieces = examples.rawText(example, encoding, maxLength);
            split += pieces.size() > 1 ? 1 : 0;
            List<TokenizedExample> supervised =
                    pieces.stream().filter(p -> p.supervisedTokens() > 0).toList();
            if (supervised.isEmpty()) {
                drop(example, "no_supervised_token");
            }
            kept.addAll(supervised);
        }

        private void drop(Example example, String reason) {
            dropped.computeIfAbsent(example.origin().source(), source -> new TreeMap<>())
                    .merge(reason, 1, Integer::sum);
        }

        private void addConversation(Example.Conversation example, Rendered text, Encoding encoding) {
            TokenizedExample whole = examples.conversation(example, text, encoding);
            List<Message> turns = example.messages();
            while (whole.length() > maxLength) {
                turns = withoutOldestTurns(turns);
                if (turns.isEmpty()) {
                    drop(example, "too_long");
                    return;
                }
                Rendered shorter = examples.render(example, turns);
                whole = examples.conversation(example, shorter, tokenizer.encodeWithOffsets(shorter.text()));
            }
            if (whole.supervisedTokens() == 0) {
                drop(example, "no_supervised_token");
                return;
            }
            kept.add(whole);
            truncated += turns.size() < example.messages().size() ? 1 : 0;
        }

        /** Without the turns up to the next user turn, the system prompt kept; empty when no assistant turn is left. */
        private static List<Message> withoutOldestTurns(List<Message> turns) {
            int system = turns.get(0).role() == Role.SYSTEM ? 1 : 0;
            int next = system + 1;
            while (next < turns.size() && turns.get(next).role() != Role.USER) {
                next++;
            }
            List<Message> newest = turns.subList(Math.min(next, turns.size()), turns.size());
            if (newest.stream().noneMatch(m -> m.role() == Role.ASSISTANT)) {
                return List.of();
            }
            List<Message> left = new ArrayList<>(turns.subList(0, system));
            left.addAll(newest);
            return left;
        }
    }
}
