package org.tunebench.train.selfinstruct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.example.Example;

class SelfInstructTest {
    private static final SelfInstructSettings SETTINGS =
            SelfInstructSettings.of(Method.SELF_INSTRUCT).withTasks(12).withSeed(7);

    @TempDir
    Path folder;

    private final ScriptedModel model = new ScriptedModel();
    private SeedTasks seeds = new SeedTasks(List.of(), "", "");

    @BeforeEach
    void writeSeeds() throws IOException {
        Path file = folder.resolve("seeds.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, 10)
                        .mapToObj(i -> """
                                {"id": "s%1$d", "name": "n", "instruction": "Do\\nwhat  seed%1$d says :", "instances": [{"input": "", "output": "o%1$d"}], "is_classification": %2$s}
                                """.formatted(i, i % 2 == 0))
                        .collect(Collectors.joining()));
        seeds = SeedTasks.read(file);
    }

    private Made make(SelfInstructSettings settings) {
        return SelfInstruct.make(seeds, settings, model, Listener.NONE);
    }

    private static Map<String, Integer> dropped(Made made) {
        return made.summary().dropped().stream()
                .collect(Collectors.toMap(Summary.Dropped::filter, Summary.Dropped::dropped));
    }

    @Test
    void make_scriptedAnswers_keepsWhatTheFiltersLeave() {
        Made made = make(SETTINGS);

        // requests 0, 1, 2, 4 and 5, 6, 8, 9 (every fourth answer is cut off) give two instructions each; six are
        // enough
        assertThat(made.lineage()).hasSize(12);
        assertThat(made.lineage().get(0).instruction()).isEqualTo("Describe thing0 in style0 using words0");
        assertThat(made.lineage().get(1).instruction()).isEqualTo("Label kind0 of sort0 as good0");
        assertThat(made.tasks().get(0).instances()).containsExactly(new TaskInstance("a0", "b0"));
        assertThat(made.tasks().get(1).isClassification()).isTrue();
        assertThat(made.tasks().get(1).instances())
                .containsExactly(new TaskInstance("Text: good1", "yes"), new TaskInstance("Text: bad1", "no"));
        assertThat(made.tasks()).extracting(MadeTask::id).doesNotContain("machine_task_4", "machine_task_10");
        Summary summary = made.summary();
        assertThat(summary.instructions()).isEqualTo(12);
        assertThat(summary.tasks()).isEqualTo(10);
        assertThat(summary.classificationTasks()).isEqualTo(6);
        assertThat(summary.stoppedEarly()).isFalse();
        assertThat(dropped(made))
                .containsEntry("no_instance", 2)
                .containsEntry("input_is_output", 4)
                .containsEntry("ends_with_colon", 4)
                .containsEntry("too_short", 5)
                .containsEntry("similar", 5)
                .containsEntry("keyword", 5)
                .containsEntry("starts_with_punctuation", 5)
                .containsEntry("duplicate", 5)
                .containsEntry("cut_off", 2);
        assertThat(summary.usage().get("instructions")).isEqualTo(new Summary.Usage(10, 100L, 20L));
        assertThat(summary.usage().get("instances")).isEqualTo(new Summary.Usage(12, 120L, 24L));
        assertThat(summary.cost()).isEqualTo(34 * 5.0 + 34 * 2);
    }

    @Test
    void make_prompts_showTwoMadeTasksAmongSeedsAndLineageSaysWhich() {
        Made made = make(SETTINGS);

        Lineage first = made.lineage().get(0);
        assertThat(first.shown()).hasSize(8).doesNotHaveDuplicates().allMatch(id -> id.startsWith("s"));
        assertThat(first.request()).isEqualTo("instructions/0");
        assertThat(model.asked.get(0).prompt())
                .startsWith("Come up with a series of tasks:\n1. Do what "
                        + first.shown().get(0).replace("s", "seed") + " says \n2. ")
                .endsWith("\n9.");
        assertThat(model.asked.get(0).decoding())
                .isEqualTo(new Decoding(1024, 0.7, 0.5, 2, List.of("\n\n", "\n16", "16.", "16 .")));
        Lineage later = made.lineage().get(10);
        assertThat(later.shown().stream().filter(id -> id.startsWith("machine_task_")))
                .hasSize(2);
        assertThat(later.shown()).hasSize(8).doesNotHaveDuplicates();
        assertThat(later.place()).isEqualTo(1);
        assertThat(made.lineage().get(1).place()).isEqualTo(2);
        assertThat(later.classificationRequest()).isEqualTo("classification/10");
        assertThat(later.mostSimilar()).isNotNull();
        assertThat(later.rougeL()).isBetween(0.1, 0.7);
    }

    @Test
    void make_classificationOnly_showsClassificationSeeds() {
        Made made = make(SETTINGS.withClassificationOnly(true).withPromptTasks(5));

        assertThat(model.asked.get(0).prompt()).startsWith("Come up with a series of classification tasks. Try to");
        Set<String> shown = new HashSet<>();
        made.lineage().forEach(line -> shown.addAll(line.shown()));
        assertThat(shown).doesNotContain("s1", "s3").contains("s0", "s2");
    }

    @Test
    void make_stoppedAnywhereAndRunAgain_asksNothingTwiceAndGivesTheSameFiles() throws IOException {
        Path whole = folder.resolve("whole");
        make(SETTINGS).write(whole);
        int requests = model.asked.size();

        for (int stop = 0; stop < requests; stop++) {
            ScriptedModel stopping = new ScriptedModel();
            stopping.stopBefore = stop;
            assertThatThrownBy(() -> SelfInstruct.make(seeds, SETTINGS, stopping, Listener.NONE))
                    .isInstanceOf(ScriptedModel.StoppedException.class);
            stopping.stopBefore = Integer.MAX_VALUE;
            Path again = folder.resolve("again");
            SelfInstruct.make(seeds, SETTINGS, stopping, Listener.NONE).write(again);

            assertThat(stopping.asked)
                    .as("stopped before %d", stop)
                    .hasSize(requests)
                    .doesNotHaveDuplicates();
            for (String file : List.of(Made.TASKS, Made.LINEAGE, Made.SUMMARY)) {
                assertThat(again.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
    }

    @Test
    void make_otherSeed_showsOtherTasks() {
        Made one = make(SETTINGS);
        Made other = make(SETTINGS.withSeed(8));

        assertThat(other.lineage().get(0).shown())
                .isNotEqualTo(one.lineage().get(0).shown());
    }

    @Test
    void make_modelThatRepeatsItself_stopsAfterItsPatience() {
        model.stuck = true;

        Made made = make(SETTINGS.withPatience(20));

        assertThat(made.summary().stoppedEarly()).isTrue();
        assertThat(made.lineage()).hasSize(2);
        assertThat(made.summary().usage().get("instructions").requests()).isEqualTo(25);
    }

    @Test
    void make_refusedRequests_areCounted() {
        ScriptedModel refusing = new ScriptedModel() {
            @Override
            Completion answer(CompletionRequest request) {
                return request.id().equals("instances/0") ? Completion.refused("HTTP 400") : super.answer(request);
            }
        };
        Made made = SelfInstruct.make(seeds, SETTINGS, refusing, Listener.NONE);

        assertThat(dropped(made)).containsEntry("refused", 1);
        assertThat(made.tasks().get(0).id()).isEqualTo("machine_task_1");
    }

    @Test
    void make_shortContext_showsFewerExamplesAndLeavesOutWhatDoesNotFit() {
        model.room = 1000;

        Made made = make(SETTINGS);

        assertThat(made.summary().examplesShown().get("classification")).isEqualTo("8 of 31");
        assertThat(model.asked).allMatch(request -> request.prompt().length() <= 1000);
        assertThat(made.tasks()).isNotEmpty();
    }

    @Test
    void make_noRoomForAPrompt_isRefused() {
        model.room = 100;

        assertThatThrownBy(() -> make(SETTINGS))
                .isInstanceOf(InputException.class)
                .hasMessage("model scripted: the context has no room for a prompt of 8 tasks and an answer. "
                        + "Take a model with a longer context, or show fewer tasks in a prompt");
        assertThat(model.asked).isEmpty();
    }

    @Test
    void make_fewerSeedsThanAPromptShows_isRefused() {
        assertThatThrownBy(() -> make(SETTINGS.withPromptTasks(11)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("seeds.jsonl: 10 seed tasks, and a prompt shows 11");
        assertThatThrownBy(() -> make(SETTINGS.withClassificationOnly(true)))
                .hasMessageContaining("5 classification seed tasks, and a prompt shows 8");
    }

    @Test
    void alpaca_wholeTasks_areReadFromOneAnswer() throws IOException {
        Completer alpaca = new ScriptedModel() {
            @Override
            Completion answer(CompletionRequest request) {
                int n = Integer.parseInt(request.id().substring("instructions/".length()));
                return new Completion("""
                         Rewrite line%1$d in style%1$d please
                        4. Input:
                        text%1$d
                        4. Output:
                        better%1$d
                        ###
                        5. Instruction: Name the colour%1$d of sea%1$d
                        5. Input:
                        <noinput>
                        5. Output:
                        Blue%1$d
                        ###
                        6. Instruction: Play some loud music%1$d for party%1$d with audio
                        6. Input:
                        <noinput>
                        6. Output:
                        La
                        ###
                        7. Instruction: Forgotten output%1$d in task%1$d here
                        7. Input:
                        <noinput>
                        ###
                        8. Instruction: Half a""".formatted(n), true, null, null, null);
            }
        };
        Made made =
                SelfInstruct.make(seeds, SelfInstructSettings.of(Method.ALPACA).withTasks(3), alpaca, Listener.NONE);

        assertThat(made.tasks().get(0))
                .isEqualTo(new MadeTask(
                        "machine_task_0",
                        "Rewrite line0 in style0 please",
                        List.of(new TaskInstance("text0", "better0")),
                        false));
        assertThat(made.tasks().get(1).instances()).containsExactly(new TaskInstance("", "Blue0"));
        assertThat(made.tasks()).hasSize(3);
        assertThat(made.lineage().get(0).shown()).hasSize(3);
        assertThat(made.lineage().get(0).instancesRequest()).isNull();
        assertThat(dropped(made))
                .containsEntry("keyword", 1)
                .containsEntry("malformed", 2)
                .containsEntry("cut_off", 2);
        assertThat(made.summary().cost()).isZero();
    }

    @Test
    void chat_answersThatBeginAnewOrWithWords_areRead() {
        String list = "Sure! Here are more tasks:\n\n9. Name five big cities\n10. Sort these given words";
        List<Variant.Candidate> read = new InstructionList(false, true)
                .candidates(new Completion(list, false, null, null, null), 8, new Drops());
        assertThat(read)
                .extracting(Variant.Candidate::instruction)
                .containsExactly("Name five big cities", "Sort these given words");

        String straight = "Name five big cities\n10. Sort these given words";
        assertThat(new InstructionList(false, true)
                        .candidates(new Completion(straight, false, null, null, null), 8, new Drops()))
                .hasSize(2);
        assertThat(new InstructionList(false, true).decoding().stops()).doesNotContain("\n\n");

        String task = "###\n4. Instruction: Name a city\n4. Input:\n<noinput>\n4. Output:\nParis";
        assertThat(new NumberedTasks(true).candidates(new Completion(task, false, null, null, null), 3, new Drops()))
                .containsExactly(new Variant.Candidate("Name a city", new TaskInstance("", "Paris")));
    }

    @Test
    void write_tasks_areReadAsTrainingData() throws IOException {
        make(SETTINGS).write(folder);

        DataMixture mixture = DataMixture.of(List.of(DataSource.of(folder.resolve(Made.TASKS))), 1);
        Dataset data = Dataset.load(mixture);

        assertThat(data.counts().get(0).format()).isEqualTo("self_instruct");
        assertThat(data.counts().get(0).bad()).isZero();
        assertThat(data.examples()).hasSize(make(SETTINGS).summary().instances());
        Example.Conversation first = (Example.Conversation) data.examples().get(0);
        assertThat(first.messages())
                .extracting(Message::content)
                .containsExactly("Describe thing0 in style0 using words0\n\na0", "b0");
        JsonNode task = Json.MAPPER.readTree(
                Files.readAllLines(folder.resolve(Made.TASKS)).get(1));
        assertThat(task.get("is_classification").asBoolean()).isTrue();
        assertThat(List.copyOf(task.properties()))
                .extracting(Map.Entry::getKey)
                .containsExactly("id", "instruction", "instances", "is_classification");
    }

    @Test
    void read_publishedSeeds_areAllThere() {
        SeedTasks published = SeedTasks.read(SharedData.require("self_instruct/seed_tasks.jsonl"));

        assertThat(published.tasks()).hasSize(175);
        assertThat(published.tasks()).filteredOn(SeedTask::isClassification).hasSize(26);
        assertThat(published.tasks().get(0).id()).isEqualTo("seed_task_0");
    }

    @Test
    void read_whatIsNoSeedTask_isRefusedWithItsLine() throws IOException {
        refused("{\"instruction\": \"Do it\"}", "line 1: instances is missing or empty");
        refused(
                "{\"instruction\": \" \", \"instances\": [{\"output\": \"x\"}]}",
                "line 1: instruction is missing or empty");
        refused("{\"instruction\": \"a\", \"instances\": [{\"input\": \"x\"}]}", "line 1: an instance has no output");
        refused(
                "{\"instruction\": \"a\", \"instances\": [{\"output\": \"x\"}]}\n{\"instruction\":",
                "line 2: not a SeedTask");
        refused("{\"instruction\": \"a\", \"instances\": \"none\"}", "line 1: not a SeedTask");
        refused("[1]", "line 1: not a SeedTask");
        refused("", "holds no seed task");
        refused(
                "{\"id\": \"x\", \"instruction\": \"a\", \"instances\": [{\"output\": \"x\"}]}\n".repeat(2),
                "two tasks have the id 'x'");
        assertThatThrownBy(() -> SeedTasks.read(folder.resolve("nope.jsonl"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> SeedTasks.read(folder)).hasMessageContaining("is a folder");
    }

    private void refused(String lines, String message) throws IOException {
        Path file = folder.resolve("bad.jsonl");
        Files.writeString(file, lines);
        assertThatThrownBy(() -> SeedTasks.read(file))
                .as(lines)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
