package org.tunebench.train.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.batch.Tokenization;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.recipe.Recipe;

/**
 * Examples a second from a file to tokens and masks: reading alone, with the cheap filters, and with template, tokenizer and
 * mask; and what memory that takes.
 *
 * <pre>java -Xmx1g … org.tunebench.train.data.DataSpeed TOKENIZER_FOLDER RECORDS [FILE]</pre>
 *
 * <p>The records are generated, Alpaca's layout, about 15 words of instruction and 20 of response, none twice.
 */
final class DataSpeed {
    private static final String[] WORDS =
            ("the of and to in is it you that he was for on are with as I his they be at one have this"
                            + " from or had by word but what some we can out other were all there when up use your how said an each she"
                            + " which do their time if will way about many then them write would like so these her long make thing see him"
                            + " two has look more day could go come did number sound no most people my over know water than call first who")
                    .split(" ");

    private DataSpeed() {}

    public static void main(String[] args) throws IOException {
        Tokenizer tokenizer = Tokenizers.load(Path.of(args[0]));
        int records = Integer.parseInt(args[1]);
        Path file = Path.of(
                args.length > 2 ? args[2] : System.getProperty("java.io.tmpdir") + "/records-" + records + ".jsonl");
        if (!Files.exists(file)) {
            generate(file, records);
        }
        Recipe recipe = Recipe.parse(
                "data: [{path: \"" + file.toAbsolutePath()
                        + "\"}]\nfilters: [{name: words}, {name: response_copies_instruction},"
                        + " {name: exact_duplicates}]\ntemplate: chatml\nmax_length: 512\n",
                file.resolveSibling("recipe.yaml"));
        DataMixture unfiltered = recipe.dataMixture().with(recipe.data(), List.of());
        measure("read", records, () -> Dataset.stream(unfiltered, example -> {}));
        measure("read, filter", records, () -> Dataset.stream(recipe.dataMixture(), example -> {}));
        measure("read, filter, template, tokenize, mask", records, () -> {
            try (Tokenization tokenization =
                    new Tokenization(recipe, ChatTemplates.named("chatml", tokenizer), tokenizer)) {
                System.out.println(Dataset.stream(recipe.dataMixture(), tokenization::add));
                TokenizedDataset tokenized = tokenization.finish();
                System.out.println(tokenized);
            }
        });
    }

    private static void measure(String what, int records, Runnable work) {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double busy = (system.getProcessCpuTime() - cpu) / 1e9;
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                Locale.ROOT,
                "%s: %,.0f records/s (%.1f s), %,.0f records/s of CPU time on two cores (%.1f s), heap at most %,d MiB%n",
                what,
                records / seconds,
                seconds,
                2 * records / busy,
                busy,
                peak >> 20);
    }

    private static void generate(Path file, int records) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < records; i++) {
                out.write("{\"instruction\": \"Say " + i + ": ");
                words(out, random, 10 + random.nextInt(10));
                out.write("?\", \"input\": \"\", \"output\": \"");
                words(out, random, 15 + random.nextInt(10));
                out.write(".\"}\n");
            }
        }
    }

    private static void words(BufferedWriter out, SplittableRandom random, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(i == 0 ? "" : " ");
            out.write(WORDS[random.nextInt(WORDS.length)]);
        }
    }
}
