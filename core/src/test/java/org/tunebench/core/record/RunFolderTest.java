package org.tunebench.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;

class RunFolderTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;

    @Test
    void record_writtenAndRead_isTheSame() {
        RunRecord run = run().done(new RunRecord.TrainingTotals(10, 200, 300, 320, 1.25, 9.5), START.plusSeconds(10));
        RunFolder.create(directory.resolve("a"), run());
        RunFolder.open(directory.resolve("a")).write(run);
        assertThat(RunFolder.open(directory.resolve("a")).readRecord()).isEqualTo(run);
    }

    @Test
    void record_written_holdsAProvenanceThatOlcutReads() throws Exception {
        RunFolder folder = RunFolder.create(directory.resolve("a"), run());
        JsonNode written = Json.MAPPER.readTree(folder.recordFile().toFile()).get("provenance");
        assertThat(new JsonProvenanceSerialization(false).deserializeAndUnmarshal(written.toString()))
                .isEqualTo(RunProvenance.of(run()));
    }

    @Test
    void record_written_usesTheContractsKeys() throws Exception {
        JsonNode run = Json.MAPPER.readTree(
                RunFolder.create(directory.resolve("a"), run()).recordFile().toFile());
        assertThat(run.get("status").asText()).isEqualTo("running");
        assertThat(run.get("start").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(run.at("/base/weights_sha256").asText()).isEqualTo("b".repeat(64));
        assertThat(run.at("/data/0/dropped/too_long").asInt()).isEqualTo(3);
        assertThat(run.at("/environment/libraries/tunebench").asText())
                .isNotEmpty()
                .doesNotContain("${");
        assertThat(run.has("end")).isFalse();
    }

    @Test
    void create_inAFolderThatHoldsARun_isRefusedAndLeavesItAlone() {
        RunFolder.create(directory.resolve("a"), run());
        assertThatThrownBy(() -> RunFolder.create(directory.resolve("a"), run()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("already holds the run 'masked-seed1'")
                .hasMessageContaining("--resume");
    }

    @Test
    void create_inAFolderOfOtherFiles_isRefused() throws Exception {
        Files.writeString(directory.resolve("thesis.tex"), "x");
        assertThatThrownBy(() -> RunFolder.create(directory, run()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not an empty folder");
    }

    @Test
    void create_inAFolderOfAProcessKilledBeforeItsRunJson_isAllowed() throws Exception {
        Files.writeString(directory.resolve(".run.json." + UUID.randomUUID() + ".tmp"), "{\"sch");
        FolderLock.of(directory).close();
        assertThat(RunFolder.create(directory, run()).readRecord().name()).isEqualTo("masked-seed1");
        AtomicFiles.discardLeftovers(directory);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(".lock", "run.json");
        }
    }

    @Test
    void lock_heldAlready_isRefusedUntilItIsGivenBack() {
        try (FolderLock held = FolderLock.of(directory)) {
            assertThatThrownBy(() -> FolderLock.of(directory))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another process (number "
                            + ProcessHandle.current().pid() + ") is writing into this folder");
        }
        FolderLock.of(directory).close();
    }

    @Test
    void open_withoutRunJson_isRefused() {
        assertThatThrownBy(() -> RunFolder.open(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no run.json");
    }

    @Test
    void open_ofAHalfWrittenRunJson_isRefused() throws Exception {
        Files.writeString(directory.resolve("run.json"), "{\"schema\":1,\"name\":");
        assertThatThrownBy(() -> RunFolder.open(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a whole run.json");
    }

    @Test
    void open_ofARunJsonWithoutName_saysWhatIsMissing() throws Exception {
        Files.writeString(directory.resolve("run.json"), "{\"schema\":1}");
        assertThatThrownBy(() -> RunFolder.open(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no 'name'");
    }

    @Test
    void open_ofAnotherSchema_isRefused() throws Exception {
        Files.writeString(directory.resolve("run.json"), "{\"schema\":2}");
        assertThatThrownBy(() -> RunFolder.open(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("schema 2, expected 1");
    }

    @Test
    void samples_ofAMalformedLine_nameFileAndLine() throws Exception {
        RunFolder folder = RunFolder.create(directory.resolve("a"), run());
        Files.createDirectories(folder.samplesFile("mmlu").getParent());
        Files.writeString(folder.samplesFile("mmlu"), "{\"id\":\"1\",\"scores\":{\"acc\":1}}\n\n{\"id\":\n");
        try (Stream<SampleRecord> samples = folder.samples("mmlu")) {
            assertThatThrownBy(samples::toList)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("mmlu.jsonl line 3");
        }
        assertThat(folder.samplesFiles()).containsOnlyKeys("mmlu");
    }

    @Test
    void pairwise_writtenAndRead_isTheSameAndLeavesOutFilesInTheMaking() throws Exception {
        RunFolder folder = RunFolder.create(directory.resolve("a"), run());
        assertThat(folder.readPairwise()).isEmpty();
        PairwiseRecord record = new PairwiseRecord(
                "81/2",
                2,
                "writing",
                "base",
                "Rewrite it.",
                "Gladly.",
                "No.",
                new PairwiseRecord.Game(
                        "gpt-4", "pair-v2-multi-turn", "A is better. [[A]]", PairwiseRecord.Winner.MODEL, null, 9L, 4L),
                new PairwiseRecord.Game("gpt-4", "pair-v2-multi-turn", null, null, "no answer", null, null),
                null,
                List.of("judge_failed"));
        AtomicFiles.write(folder.pairwiseFile("mt_bench"), JsonLines.text(List.of(record)));
        Files.writeString(folder.pairwiseFile(".mt_bench.answers"), "{\"half");
        assertThat(folder.readPairwise()).isEqualTo(Map.of("mt_bench", List.of(record)));
        assertThat(Files.readString(folder.pairwiseFile("mt_bench"))).contains("\"verdict\":\"model\"");
    }

    @Test
    void environment_ofThisProcess_namesTheRuntimeAndJava() {
        assertThat(RunEnvironment.current("cpu").libraries())
                .containsKeys("onnxruntime", "tribuo", "tokenizers", "java", "os")
                .allSatisfy((name, version) -> assertThat(version).doesNotContain("${"));
    }

    static RunRecord run() {
        String hash = "b".repeat(64);
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                new RunRecord.Recipe("masked", hash),
                new RunRecord.BaseModel("embedded", "models/base", hash, hash, hash, 1_000_000),
                new RunRecord.Template("paper", hash),
                List.of(new RunRecord.DataFile("data.jsonl", "messages", hash, 1500, Map.of("too_long", 3L))),
                Map.of("seed", 1L));
        return RunRecord.running("masked-seed1", inputs, RunEnvironment.current("cpu"), START);
    }
}
