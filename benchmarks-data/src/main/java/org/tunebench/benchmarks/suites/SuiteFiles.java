package org.tunebench.benchmarks.suites;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tunebench.benchmarks.corpus.Corpus;
import org.tunebench.benchmarks.facts.FactBook;

/** Every generated suite file, by its path below the folder of suites. */
public final class SuiteFiles {
    private SuiteFiles() {}

    /** Makes the files; the same facts give the same files. */
    public static Map<String, String> of(FactBook book, Corpus corpus) {
        Map<String, String> files = new LinkedHashMap<>(MmluFiles.of(book));
        files.put("hellaswag/hellaswag_val.jsonl", HellaSwagFile.of(book));
        files.put("truthfulqa/mc_task.json", TruthfulQaFile.of(book));
        files.putAll(TruthfulQaFile.withoutExamples(book));
        files.putAll(PhrasingFiles.of(book));
        files.put("perplexity/held_out.txt", corpus.heldOutText());
        return files;
    }
}
