package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SampleRecord;

/** Small sheets for tests. Every response says which model and prompt it is, so that a test can see through the blinding. */
final class SheetFixture {
    private SheetFixture() {}

    static List<RaterPrompt> prompts(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new RaterPrompt("p" + i, "Prompt " + i))
                .toList();
    }

    /** Models secret-0, secret-1, …, which answer {@code m0 p0} and so on. */
    static List<ModelResponses> models(int n, List<RaterPrompt> prompts) {
        return IntStream.range(0, n)
                .mapToObj(m -> new ModelResponses(
                        "secret-" + m,
                        prompts.stream().collect(Collectors.toMap(RaterPrompt::id, p -> "m" + m + " " + p.id()))))
                .toList();
    }

    static SheetDesign design(int raters, double within, int pairwise, SheetFormat... formats) {
        return new SheetDesign(raters, 1, raters, within, pairwise, Set.of(formats), 42);
    }

    /** Writes sheets into folder/sheets and their key to folder/key.json. */
    static SheetExport.Sheets export(Path folder, SheetDesign design, int prompts, int models) {
        List<RaterPrompt> asked = prompts(prompts);
        return new SheetExport(design, List.of())
                .write(asked, models(models, asked), folder.resolve("sheets"), folder.resolve("key.json"));
    }

    /** A sheet that shows one model's responses, prompt by prompt. */
    static SheetExport.Sheets exportOf(Path folder, Map<String, String> responses, SheetFormat... formats) {
        List<RaterPrompt> asked = responses.keySet().stream()
                .map(id -> new RaterPrompt(id, "Prompt " + id))
                .toList();
        return new SheetExport(design(1, 0, 0, formats), List.of())
                .write(
                        asked,
                        List.of(new ModelResponses("m", responses)),
                        folder.resolve("sheets"),
                        folder.resolve("key.json"));
    }

    /** A run folder of a model whose samples of a suite are these. */
    static Path run(Path folder, String model, String suite, List<SampleRecord> samples) {
        String hash = "b".repeat(64);
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null, new RunRecord.BaseModel(model, "models/base", hash, hash, hash, 1), null, List.of(), Map.of());
        RunFolder run = RunFolder.create(
                folder.resolve(model),
                RunRecord.running(model, inputs, RunEnvironment.current("cpu"), Instant.parse("2026-01-02T03:04:05Z")));
        AtomicFiles.write(run.samplesFile(suite), JsonLines.text(samples));
        return run.path();
    }
}
