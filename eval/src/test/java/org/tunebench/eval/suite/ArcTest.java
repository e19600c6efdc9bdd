package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;

class ArcTest {
    private static final String OFFICIAL = """
            {"id":"M1","question":{"stem":"Why?","choices":[{"text":"so","label":"1"},{"text":"yes","label":"2"},{"text":"no","label":"3"}]},"answerKey":"2"}
            {"id":"M2","question":{"stem":"How?","choices":[{"text":"so","label":"A"},{"text":"yes","label":"B"}]},"answerKey":"A"}
            """;

    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("x yes yes");

    private LoadedSuite.Outcome run(SuiteOptions options) {
        return new Arc().load(options).run(new Engine(model, Progress.NONE));
    }

    @Test
    void run_officialFolder_asksEveryTestFileAndGroupsByIt() throws IOException {
        Files.writeString(folder.resolve("ARC-Easy-Test.jsonl"), OFFICIAL);
        Files.writeString(folder.resolve("ARC-Challenge-Test.jsonl"), OFFICIAL.replace("\"M", "\"C"));
        Files.writeString(folder.resolve("ARC-Easy-Train.jsonl"), "not read");
        LoadedSuite.Outcome outcome = run(SuiteOptions.of(folder));
        assertThat(model.scored()).contains("Question: Why?\nAnswer:| yes");
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("C1", "C2", "M1", "M2");
        assertThat(outcome.samples()).extracting(SampleRecord::target).containsExactly(1, 0, 1, 0);
        assertThat(outcome.metrics().keySet()).containsExactly("acc", "acc_norm");
        assertThat(outcome.groups()).containsOnlyKeys("ARC-Challenge", "ARC-Easy");
        assertThat(run(SuiteOptions.of(folder).withLimit(1)).samples())
                .extracting(SampleRecord::id)
                .containsExactly("C1", "M1");
    }

    @Test
    void load_convertedItems_keepTheirQuery() {
        Path file = SharedData.require("arc_easy/arc_easy.jsonl");
        LoadedSuite loaded = new Arc().load(SuiteOptions.of(file));
        assertThat(loaded.size()).isEqualTo(2376);
        new Arc().load(SuiteOptions.of(file).withLimit(1)).run(new Engine(model, Progress.NONE));
        assertThat(model.scored().get(0))
                .isEqualTo("Question: Which statement best explains why photosynthesis is the foundation of most food"
                        + " webs?\nAnswer:| Sunlight is the source of energy for nearly all ecosystems.");
    }
}
