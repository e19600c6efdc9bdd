package org.tunebench.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.tunebench.benchmarks.corpus.Corpus;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.instructions.InstructionData;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.record.AtomicFiles;

/** The embedded default as files on disk: base model, suites, recipes with their data, the experiment of the quickstart. */
public final class EmbeddedData {
    private final Path folder;

    private EmbeddedData(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the files. Where the classes stand in a folder the files are used in place; out of a jar they are copied once
     * to the user's cache folder, under the hash of their content.
     */
    public static EmbeddedData open() {
        return new EmbeddedData(ResourceFolder.find(EmbeddedData.class));
    }

    /** The folder that everything else stands in. */
    public Path folder() {
        return folder;
    }

    /** The base model's folder, in the layout of Hugging Face. */
    public Path baseModel() {
        return folder.resolve("base");
    }

    /** The names that {@link #suite} knows. */
    public List<String> suites() {
        try (Stream<Path> folders = Files.list(folder.resolve("suites"))) {
            return folders.map(f -> f.getFileName().toString())
                    .filter(name -> !name.equals("raters"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the suites in " + folder, e);
        }
    }

    /** Whether {@link #suite} has data for a suite. */
    public boolean holds(String name) {
        return suites().contains(stem(name));
    }

    private static String stem(String name) {
        return name.replaceFirst("_(cloze|mc)$", "");
    }

    /**
     * The data of a built-in suite: {@code mmlu} (also for {@code mmlu_cloze}), {@code hellaswag}, {@code truthfulqa},
     * {@code mt_bench}: a folder in the suite's original layout; {@code perplexity}: a text file; an own suite: its YAML file.
     */
    public Path suite(String name) {
        String stem = stem(name);
        KnownNames.require("bundled suite", stem, suites(), "suites");
        Path suite = folder.resolve("suites").resolve(stem);
        Path own = suite.resolve(stem + ".yaml");
        if (Files.exists(own)) {
            return own;
        }
        return stem.equals("perplexity") ? suite.resolve("held_out.txt") : suite;
    }

    /** The prompts of the rater sheets, one JSON object a line: id, category, prompt. */
    public Path raterPrompts() {
        return folder.resolve("suites/raters/prompts.jsonl");
    }

    /** The bundled recipes, by name. */
    public List<Path> recipes() {
        try (Stream<Path> files = Files.list(folder.resolve("recipes"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the recipes in " + folder, e);
        }
    }

    /** The experiment that the quickstart runs. */
    public Path experiment() {
        return folder.resolve("quickstart.yaml");
    }

    /**
     * Writes what the base model is pre-trained from: {@code pretrain.yaml}, {@code corpus.txt} (paragraphs parted by blank
     * lines) and {@code base/}, the model folder without weights.
     */
    public void writePretraining(Path target) {
        FactBook book = FactBook.read(folder.resolve("facts"));
        InstructionData data = InstructionData.of(book, folder.resolve("instructions"));
        AtomicFiles.write(target.resolve("corpus.txt"), new Corpus(book, data.otherInstructions()).text());
        copy("pretrain.yaml", target);
        for (String name :
                List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")) {
            copy("base/" + name, target);
        }
    }

    private void copy(String name, Path target) {
        AtomicFiles.write(
                target.resolve(name),
                temporary -> Files.copy(folder.resolve(name), temporary, StandardCopyOption.REPLACE_EXISTING));
    }
}
