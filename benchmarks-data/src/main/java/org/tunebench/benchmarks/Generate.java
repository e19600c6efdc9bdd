package org.tunebench.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.benchmarks.corpus.Corpus;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.instructions.Example;
import org.tunebench.benchmarks.instructions.InstructionData;
import org.tunebench.benchmarks.instructions.InstructionFiles;
import org.tunebench.benchmarks.suites.SuiteFiles;
import org.tunebench.benchmarks.tokens.BaseModelFiles;
import org.tunebench.benchmarks.tokens.BytePairEncoding;
import org.tunebench.benchmarks.tokens.BytePairTrainer;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.text.Message;

/**
 * Writes everything that is generated: the tokenizer and configuration of the base model, the instruction data, the suites
 * about facts. Run again it writes the same bytes.
 *
 * <pre>{@code
 * java -cp … org.tunebench.benchmarks.Generate benchmarks-data/src/main/resources/org/tunebench/benchmarks
 * }</pre>
 */
public final class Generate {
    private static final int MERGES = 200;
    private static final int VOCABULARY = 2560;

    private Generate() {}

    /** @param arguments the folder with the hand-written files, in which the generated ones are written too */
    public static void main(String[] arguments) {
        Path resources = Path.of(arguments[0]);
        files(resources).forEach((path, text) -> AtomicFiles.write(resources.resolve(path), text));
    }

    /** The generated files, by path below the folder that holds the hand-written ones. */
    static Map<String, String> files(Path resources) {
        FactBook book = FactBook.read(resources.resolve("facts"));
        InstructionData data = InstructionData.of(book, resources.resolve("instructions"));
        Corpus corpus = new Corpus(book, data.otherInstructions());
        Map<String, String> files = new LinkedHashMap<>();
        BaseModelFiles.of(encoding(book, data, corpus)).forEach((name, text) -> files.put("base/" + name, text));
        InstructionFiles.of(data).forEach((name, text) -> files.put("instructions/" + name, text));
        files.put("instructions/raw_text.txt", corpus.sample());
        SuiteFiles.of(book, corpus).forEach((name, text) -> files.put("suites/" + name, text));
        return files;
    }

    private static BytePairEncoding encoding(FactBook book, InstructionData data, Corpus corpus) {
        BytePairTrainer trainer = new BytePairTrainer();
        for (Fact fact : book.facts()) {
            trainer.require(fact.object()).require(" " + fact.object());
        }
        corpus.passages().forEach(trainer::add);
        data.instructions().forEach(trainer::add);
        for (List<Example> examples : List.of(data.manyTemplates(), data.fewFacts(), data.kinds())) {
            examples.forEach(example -> trainer.add(example.output()));
        }
        data.conversations().forEach(c -> c.stream().map(Message::content).forEach(trainer::add));
        return trainer.train(MERGES, VOCABULARY - BytePairEncoding.SPECIAL_TOKENS.size());
    }
}
