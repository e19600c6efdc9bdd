package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.Prompt;
import org.tunebench.eval.engine.PromptFormat;

class MmluTest {
    private static final Mmlu LETTERS = new Mmlu(Mmlu.Formulation.LETTERS);
    private static final Mmlu CLOZE = new Mmlu(Mmlu.Formulation.CLOZE);

    @TempDir
    Path folder;

    @BeforeEach
    void twoSubjects() throws IOException {
        Files.createDirectory(folder.resolve("dev"));
        Files.createDirectory(folder.resolve("test"));
        write("dev/world_history_dev.csv", "\uFEFF First? ,a1,b1,c1,d1,B\nSecond?,a2,b2,c2,d2,C\n");
        write("test/world_history_test.csv", "\"Is \"\"x\"\", y\nor z?\",one,two,three,four,D\nNext?,1,2,3,4,A\n");
        write("dev/anatomy_dev.csv", "Bone?,p,q,r,s,A\n");
        write("test/anatomy_test.csv", "Skin?,t,u,v,w,A\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private MultipleChoice load(Mmlu suite, SuiteOptions options) {
        return (MultipleChoice) suite.load(options);
    }

    @Test
    void load_letters_writesTheReferencesPrompt() {
        MultipleChoice suite = load(LETTERS, SuiteOptions.of(folder).withShots(1));
        ChoiceItem item = suite.items().get(1);
        assertThat(item.id()).isEqualTo("world_history/0");
        assertThat(item.prompt().description())
                .isEqualTo("The following are multiple choice questions (with answers) about world history.\n\n");
        assertThat(PromptFormat.PLAIN.text(item.prompt(), new FakeLanguageModel("x")))
                .endsWith(".\n\nFirst?\nA. a1\nB. b1\nC. c1\nD. d1\nAnswer: B\n\n"
                        + "Is \"x\", y\nor z?\nA. one\nB. two\nC. three\nD. four\nAnswer:");
        assertThat(item.choices()).containsExactly("A", "B", "C", "D");
        assertThat(item.target()).isEqualTo(3);
        assertThat(suite.shots()).isEqualTo(1);
    }

    @Test
    void load_subjects_takesTheOnesNamed() {
        MultipleChoice suite =
                load(LETTERS, SuiteOptions.of(folder).withShots(0).withSubjects(List.of("world_history")));
        assertThat(suite.items()).extracting(ChoiceItem::id).containsExactly("world_history/0", "world_history/1");
    }

    @Test
    void load_subjectThatIsNotThere_namesTheNearest() {
        assertThatThrownBy(() -> load(LETTERS, SuiteOptions.of(folder).withSubjects(List.of("anatomi"))))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.what()).isEqualTo("unknown subject 'anatomi'");
                    assertThat(e.mend()).isEqualTo("Did you mean 'anatomy'? Known: anatomy, world_history");
                });
    }

    @Test
    void load_subjectTwice_isRefused() {
        assertThatThrownBy(() -> load(LETTERS, SuiteOptions.of(folder).withSubjects(List.of("anatomy", "anatomy"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("anatomy is asked for twice");
    }

    @Test
    void load_subjectsOfASuiteWithoutSubjects_isRefused() {
        assertThatThrownBy(() -> new TruthfulQaMc().load(SuiteOptions.of(folder).withSubjects(List.of("anatomy"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("subjects asked of a suite that has none");
    }

    @Test
    void load_cloze_takesAnswerTextsAsContinuations() {
        ChoiceItem item =
                load(CLOZE, SuiteOptions.of(folder).withShots(1)).items().get(0);
        assertThat(item.prompt().description())
                .isEqualTo("The following are questions (with answers) about anatomy.\n\n");
        assertThat(item.prompt().shots()).containsExactly(new Prompt.Shot("Question: Bone?\nAnswer:", "p"));
        assertThat(item.prompt().question()).isEqualTo("Question: Skin?\nAnswer:");
        assertThat(item.choices()).containsExactly("t", "u", "v", "w");
    }

    @Test
    void load_shots_areTheFirstRowsInFileOrder() throws IOException {
        write("dev/anatomy_dev.csv", "Bone?,p,q,r,s,A\nHair?,p,q,r,s,B\n");
        ChoiceItem item =
                load(LETTERS, SuiteOptions.of(folder).withShots(2)).items().get(1);
        assertThat(item.prompt().shots()).extracting(Prompt.Shot::answer).containsExactly("B", "C");
        assertThat(item.prompt().shots().get(1).question()).startsWith("Second?");
    }

    @Test
    void load_noShots_needsNoDevFolder() throws IOException {
        Files.delete(folder.resolve("dev/anatomy_dev.csv"));
        assertThat(load(LETTERS, SuiteOptions.of(folder).withShots(0)).size()).isEqualTo(3);
    }

    @Test
    void load_limit_isBySubject() {
        assertThat(load(LETTERS, SuiteOptions.of(folder).withShots(0).withLimit(1))
                        .items())
                .extracting(ChoiceItem::id)
                .containsExactly("anatomy/0", "world_history/0");
    }

    @Test
    void run_alwaysTheSameLetter_showsInGroupsAndConfusion() {
        FakeLanguageModel model = new FakeLanguageModel("Answer: A: A: A");
        MultipleChoice suite = load(LETTERS, SuiteOptions.of(folder).withShots(1));
        LoadedSuite.Outcome outcome = suite.run(new Engine(model, Progress.NONE));
        assertThat(model.scored()).filteredOn(s -> s.endsWith("| A")).hasSize(3);
        SuiteResult.Group history = outcome.groups().get("world_history");
        assertThat(history.n()).isEqualTo(2);
        assertThat(history.metrics().get("acc").value()).isEqualTo(0.5);
        assertThat(outcome.groups().get("anatomy").metrics().get("acc").value()).isEqualTo(1);
        assertThat(outcome.metrics().get("acc").value()).isEqualTo(2 / 3.0);
        @SuppressWarnings("unchecked")
        Map<String, Confusion> confusion =
                (Map<String, Confusion>) outcome.details().get("confusion");
        assertThat(confusion.get("world_history").counts())
                .containsExactly(List.of(1, 0, 0, 0), List.of(0, 0, 0, 0), List.of(0, 0, 0, 0), List.of(1, 0, 0, 0));
        assertThat(outcome.details().get("data_sha256").toString()).hasSize(64);
    }

    @Test
    void run_subjectsOfACategory_areWeighedBySizeAndPooled() throws IOException {
        Files.move(folder.resolve("dev/world_history_dev.csv"), folder.resolve("dev/virology_dev.csv"));
        Files.move(folder.resolve("test/world_history_test.csv"), folder.resolve("test/virology_test.csv"));
        write("test/marketing_test.csv", "Price?,t,u,v,w,A\nPlace?,t,u,v,w,A\nPeople?,t,u,v,w,B\n");
        FakeLanguageModel model = new FakeLanguageModel("Answer: A: A: A");
        LoadedSuite.Outcome outcome =
                load(LETTERS, SuiteOptions.of(folder).withShots(0)).run(new Engine(model, Progress.NONE));
        assertThat(outcome.groups().keySet()).containsExactly("anatomy", "marketing", "virology", "stem", "other");
        assertThat(outcome.groups().get("stem").n()).isEqualTo(1);
        assertThat(outcome.groups().get("stem").metrics().get("acc").value()).isEqualTo(1);
        SuiteResult.Group other = outcome.groups().get("other");
        assertThat(other.n()).isEqualTo(5);
        assertThat(other.metrics().get("acc").value()).isEqualTo(3 / 5.0);
        // marketing: 2 of 3, se² = 1/9; virology: 1 of 2, se² = 1/4; sqrt((2·3·1/9 + 1·2·1/4) / (5 − 2) / 5)
        assertThat(other.metrics().get("acc").stderr()).isCloseTo(Math.sqrt(7 / 90.0), within(1e-12));
    }

    @Test
    void run_chat_dropsTheDelimiterAndUsesTheTemplate() {
        FakeLanguageModel model = new FakeLanguageModel("x").chatting();
        LoadedSuite.Outcome outcome = load(
                        LETTERS,
                        SuiteOptions.of(folder).withShots(1).withLimit(1).withChat(true))
                .run(new Engine(model, Progress.NONE));
        assertThat(outcome.details())
                .containsEntry("fewshot_as_multiturn", true)
                .doesNotContainKeys("system_left_out", "system_instruction");
        assertThat(model.scored())
                .contains("[system]The following are multiple choice questions (with answers) about anatomy.\n\n<|end|>"
                        + "[user]Bone?\nA. p\nB. q\nC. r\nD. s\nAnswer:<|end|>[assistant]A<|end|>"
                        + "[user]Skin?\nA. t\nB. u\nC. v\nD. w\nAnswer:<|end|>[assistant]|B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Q?,a,b,c,A'             | '5 columns, expected 6 (question, A, B, C, D, answer)'",
                "'Q?,a,b,c,d,E'           | answer 'E' is not a letter A–D",
                "'Q?,a,b,c,d,0'           | answer '0' is not a letter A–D",
                "'Q?,a,,c,d,A'            | choice B is empty",
                "' ,a,b,c,d,A'            | the question is empty",
                "'\"Q?,a,b,c,d,A'         | malformed CSV",
                "'\"Q?\"x,a,b,c,d,A'      | malformed CSV",
            })
    void load_badRow_namesFileAndLine(String row, String what) throws IOException {
        write("test/world_history_test.csv", "\"Two\nlines?\",a,b,c,d,A\n" + row + "\n");
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite mmlu, world_history_test.csv line 3")
                .hasMessageContaining(what);
    }

    @Test
    void load_undecodableByte_namesItsLine() throws IOException {
        byte[] text = "Q?,a,b,c,d,A\nR?,\u00e9,b,c,d,A\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("test/anatomy_test.csv"), text);
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("anatomy_test.csv line 2: byte 0xE9 is not UTF-8");
    }

    @Test
    void load_truncatedCharacterAtTheEnd_isRefused() throws IOException {
        Files.write(folder.resolve("test/anatomy_test.csv"), new byte[] {'Q', (byte) 0xC3});
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("byte 0xC3 is not UTF-8");
    }

    @Test
    void load_missingOrEmpty_isRefused() throws IOException {
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder.resolve("nowhere"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("5 shots asked, the file has 1 rows");
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(6)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("MMLU has 0 to 5");
        write("test/anatomy_test.csv", "\n");
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("anatomy_test.csv: the file is empty");
    }

    @Test
    void load_realFiles_haveTheirStatedCounts() {
        MultipleChoice suite =
                load(LETTERS, SuiteOptions.of(SharedData.require("mmlu")).withShots(5));
        assertThat(suite.size()).isEqualTo(13_664);
        assertThat(suite.items().stream().map(ChoiceItem::group).distinct()).hasSize(54);
    }

    @Test
    void load_headerAndIndexLayout_isRefusedWithTheLayoutToUse() throws IOException {
        Path variant = SharedData.require("mmlu/variant_header_index/anatomy_test.csv");
        Files.copy(variant, folder.resolve("test/anatomy_test.csv"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> LETTERS.load(SuiteOptions.of(folder).withShots(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("anatomy_test.csv line 1: answer 'answer' is not a letter A–D")
                .hasMessageContaining("no header row");
    }
}
