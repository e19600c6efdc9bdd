package org.tunebench.train.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplate.Rendered;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizer.Encoding;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.recipe.Recipe;

/**
 * Renders, tokenizes and masks examples as they come, some hundred at a time and on all cores; what is in work at once is
 * bounded. The result does not depend on the number of cores.
 */
public final class Tokenization implements AutoCloseable {
    private static final int AT_ONCE = 256;
    private static final Runnable UNSEEN = () -> {};

    private final Recipe recipe;
    private final Tokenizer tokenizer;
    private final ExampleTokenizer examples;
    private final Overlong overlong;
    private final Inspection inspection;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ExecutorService workers = Executors.newFixedThreadPool(threads, work -> {
        Thread thread = new Thread(work, "tokenize");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Work> inWork = new ArrayDeque<>();
    private final ExampleStore store = new ExampleStore();
    private final Fates fates = new Fates();
    private List<Example> batch = new ArrayList<>(AT_ONCE);
    private int finished;

    private record Work(List<Example> examples, Future<List<Done>> done) {}

    /** @param seen what is to be done with what the inspection saw */
    private record Done(Fate fate, Runnable seen) {}

    public Tokenization(Recipe recipe, ChatTemplate template, Tokenizer tokenizer) {
        this(recipe, template, tokenizer, Inspection.NONE);
    }

    /** @param inspection looks at every example */
    public Tokenization(Recipe recipe, ChatTemplate template, Tokenizer tokenizer, Inspection inspection) {
        this.recipe = recipe;
        this.inspection = inspection;
        this.tokenizer = tokenizer;
        this.examples = new ExampleTokenizer(recipe, template, tokenizer);
        this.overlong = new Overlong(recipe, examples, tokenizer);
    }

    /**
     * Takes the next example.
     *
     * @throws org.tunebench.core.input.InputException when the template refuses this example or one before it
     */
    public void add(Example example) {
        batch.add(example);
        if (batch.size() == AT_ONCE) {
            submit();
            while (inWork.size() > 2 * threads) {
                finish(inWork.remove());
            }
        }
    }

    /** What has become of all examples; call it once. */
    public TokenizedDataset finish() {
        submit();
        while (!inWork.isEmpty()) {
            finish(inWork.remove());
        }
        close();
        return new TokenizedDataset(new TokenizedExamples(store, null), fates);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void submit() {
        List<Example> full = batch;
        batch = new ArrayList<>(AT_ONCE);
        inWork.add(new Work(full, workers.submit(() -> tokenized(full))));
    }

    private void finish(Work work) {
        try {
            List<Done> done = work.done().get();
            for (int i = 0; i < done.size(); i++) {
                Fate fate = done.get(i).fate();
                for (TokenizedExample kept : fate.kept()) {
                    store.add(kept, finished);
                }
                fates.add(finished, work.examples().get(i).origin(), fate);
                done.get(i).seen().run();
                finished++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<Done> tokenized(List<Example> some) {
        List<Done> done = new ArrayList<>(some.size());
        for (Example example : some) {
            done.add(
                    example instanceof Example.Conversation conversation
                            ? conversation(conversation)
                            : rawText((Example.RawText) example));
        }
        return done;
    }

    private Done rawText(Example.RawText example) {
        Encoding encoding = tokenizer.encodeWithOffsets(example.text());
        TokenizedExample whole = examples.rawText(example, encoding);
        List<TokenizedExample> pieces =
                whole.pieces(recipe.maxLength(), from -> examples.textOf(example, encoding, from - whole.length()));
        List<TokenizedExample> supervised =
                pieces.stream().filter(p -> p.supervisedTokens() > 0).toList();
        Fate fate = supervised.isEmpty()
                ? Fate.dropped(Fate.NO_SUPERVISED_TOKEN)
                : new Fate(supervised, null, false, pieces.size() > 1);
        return done(example, null, encoding, whole, fate);
    }

    private Done conversation(Example.Conversation example) {
        Rendered text = examples.render(example, example.messages());
        Encoding encoding = tokenizer.encodeWithOffsets(text.text());
        TokenizedExample whole = examples.conversation(example, example.messages(), text, encoding, false);
        Fate fate = whole.length() > recipe.maxLength()
                ? overlong.of(example, whole)
                : new Fate(List.of(whole), null, false, false);
        boolean teaches = fate.dropped() != null || fate.kept().stream().anyMatch(e -> e.supervisedTokens() > 0);
        return done(example, text, encoding, whole, teaches ? fate : Fate.dropped(Fate.NO_SUPERVISED_TOKEN));
    }

    private Done done(Example example, @Nullable Rendered text, Encoding encoding, TokenizedExample whole, Fate fate) {
        return inspection == Inspection.NONE
                ? new Done(fate, UNSEEN)
                : new Done(fate, inspection.inspect(examples.inspected(example, text, encoding, whole, fate)));
    }
}
