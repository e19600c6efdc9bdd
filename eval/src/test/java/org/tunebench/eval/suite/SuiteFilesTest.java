package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tunebench.core.input.InputException;

/** What is wrong with a suite's file is refused with file and line, whichever suite it is. */
class SuiteFilesTest {
    /** Suite → its file in its own format, two items, each on a line of its own. */
    private static final Map<String, String> GOOD = new LinkedHashMap<>();

    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        good("mmlu", "test/anatomy_test.csv", """
                Skin?,t,u,v,w,A
                Bone?,t,u,v,w,B
                """);
        good("mmlu_cloze", "test/anatomy_test.csv", """
                Skin?,t,u,v,w,A
                Bone?,t,u,v,w,B
                """);
        good("hellaswag", "val.jsonl", """
                {"activity_label": "Run", "ctx_a": "a", "ctx_b": "b", "endings": ["c", "d", "e", "f"], "label": 0}
                {"activity_label": "Run", "ctx_a": "g", "ctx_b": "h", "endings": ["c", "d", "e", "f"], "label": 3}
                """);
        good("truthfulqa_mc", "mc_task.json", """
                [{"question": "q1", "mc1_targets": {"a": 1, "b": 0}, "mc2_targets": {"a": 1, "b": 0}},
                {"question": "q2", "mc1_targets": {"a": 1, "b": 0}, "mc2_targets": {"a": 1, "b": 0}}]
                """);
        good("truthfulqa_gen", "TruthfulQA.csv", """
                Category,Question,Best Answer,Correct Answers,Incorrect Answers
                Food,q1,a,a; b,c; d
                Food,q2,a,a; b,c; d
                """);
        good("arc", "ARC-Easy-Test.jsonl", """
                {"id":"1","question":{"stem":"q1","choices":[{"text":"a","label":"A"},{"text":"b","label":"B"}]},"answerKey":"A"}
                {"id":"2","question":{"stem":"q2","choices":[{"text":"a","label":"A"},{"text":"b","label":"B"}]},"answerKey":"B"}
                """);
        good("gsm8k", "test.jsonl", """
                {"question": "q1", "answer": "#### 1"}
                {"question": "q2", "answer": "#### 2"}
                """);
        good("ifeval", "input_data.jsonl", """
                {"key": 1, "prompt": "p", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
                {"key": 2, "prompt": "q", "instruction_id_list": ["keywords:existence"], "kwargs": [{"keywords": ["a"]}]}
                """);
        good("humaneval", "HumanEval.jsonl", """
                {"task_id": "1", "prompt": "def a():\\n", "entry_point": "a", "test": "def check(f):\\n    assert f()"}
                {"task_id": "2", "prompt": "def b():\\n", "entry_point": "b", "test": "def check(f):\\n    assert f()"}
                """);
        good("mt_bench", "question.jsonl", """
                {"question_id": 1, "category": "writing", "turns": ["a", "b"]}
                {"question_id": 2, "category": "writing", "turns": ["a", "b"]}
                """);
        good("perplexity", "text.txt", "one paragraph\n\nanother\n");
        good("own.yaml", "items.jsonl", """
                {"id": "1", "prompt": "q1", "choices": ["a", "b"], "target": 0}
                {"id": "2", "prompt": "q2", "choices": ["a", "b"], "target": 1}
                """);
        good("own-csv.yaml", "items.csv", """
                id,prompt,A,B,target
                1,q1,a,b,A
                2,q2,a,b,B
                """);
    }

    private static void good(String suite, String file, String text) {
        FILES.put(suite, file);
        GOOD.put(suite, text);
    }

    @TempDir
    Path folder;

    static Iterable<String> suites() {
        return GOOD.keySet();
    }

    private void load(String suite, byte[] content) throws IOException {
        Path file = folder.resolve(FILES.get(suite));
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.writeString(folder.resolve("own.yaml"), "name: own\ntype: multiple_choice\ndata: items.jsonl\n");
        Files.writeString(
                folder.resolve("own-csv.yaml"),
                "name: own\ntype: multiple_choice\ndata: items.csv\nfields: {choices: [A, B]}\n");
        boolean own = suite.endsWith(".yaml");
        ProgramOptions unsafe = new ProgramOptions(1, 0, 1, java.util.List.of(), 3, true);
        SuiteOptions options = SuiteOptions.of(suite.startsWith("mmlu") ? folder : file)
                .withShots(0)
                .withPrograms(unsafe);
        LoadedSuite loaded =
                Suites.find(own ? folder.resolve(suite).toString() : suite).load(options);
        assertThat(loaded.size()).isEqualTo(2);
    }

    @Test
    void table_hasEverySuite() {
        assertThat(GOOD.keySet())
                .containsAll(Suites.ALL.stream().map(Suite::name).toList());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void load_byteOrderMark_isAccepted(String suite) throws IOException {
        load(suite, ("\uFEFF" + GOOD.get(suite)).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void load_windowsLineEnds_areAccepted(String suite) throws IOException {
        load(suite, GOOD.get(suite).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void load_undecodableBytes_areRefusedWithTheirLine(String suite) throws IOException {
        String good = GOOD.get(suite);
        int second = good.indexOf('\n') + 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(good.substring(0, second).getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE9);
        bytes.write(good.substring(second).getBytes(StandardCharsets.UTF_8));
        refuses(suite, bytes.toByteArray(), 2, "byte 0xE9 is not UTF-8");
    }

    @ParameterizedTest
    @MethodSource("suites")
    void load_emptyFile_isRefused(String suite) {
        assertThatThrownBy(() -> load(suite, " \n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the file is empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            mmlu           | Bone?,t,u,v,w,B     | Bone?,t,u,v,B       | 2 | 5 columns, expected 6 (question, A, B, C, D, answer)
            mmlu           | Bone?,t,u           | Bone?,t,            | 2 | choice B is empty
            mmlu           | w,B                 | w,E                 | 2 | answer 'E' is not a letter
            mmlu           | Bone?               |                     | 2 | the question is empty
            mmlu_cloze     | Bone?,t,u,v,w,B     | Bone?,t,u,v,w,x,B   | 2 | 7 columns, expected 6
            hellaswag      | "ctx_a": "g",       |                     | 2 | field 'ctx_a' is missing (there are activity_label, ctx_b
            hellaswag      | "f"], "label": 3    | ""], "label": 3     | 2 | endings[3] is empty
            hellaswag      | "label": 3          | "label": 4          | 2 | label 4 is out of range
            truthfulqa_mc  | "q2"                | "q1"                | 2 | duplicate question 'q1'
            truthfulqa_mc  | "question": "q2",   |                     | 2 | field 'question' is missing
            truthfulqa_mc  | {"a": 1, "b": 0}}]  | {"a": 1, "": 0}}]   | 2 | an answer in mc2_targets is empty
            truthfulqa_mc  | {"a": 1, "b": 0}}]  | {"a": 2, "b": 0}}]  | 2 | 'a' in mc2_targets is marked 2
            truthfulqa_gen | Food,q2,a,          | Food,q2,            | 3 | 4 columns, expected 5 (Category, Question,
            truthfulqa_gen | Food,q2,a,a; b,     | Food,q2,a,,         | 3 | field 'Correct Answers' is missing
            truthfulqa_gen | q2                  | q1                  | 3 | duplicate Question 'q1'
            truthfulqa_gen | q2,a,a; b,c; d      | q2,a,a; b,;         | 3 | no answer in 'Incorrect Answers'
            arc            | "id":"2"            | "id":"1"            | 2 | duplicate id '1'
            arc            | "stem":"q2",        |                     | 2 | field 'stem' is missing
            arc            | "b","label":"B"}]},"answerKey":"B" | " ","label":"B"}]},"answerKey":"B" | 2 | field 'text' is empty
            arc            | "answerKey":"B"     | "answerKey":"C"     | 2 | answerKey 'C' is none of the labels [A, B]
            gsm8k          | "q2"                | "q1"                | 2 | duplicate question 'q1'
            gsm8k          | , "answer": "#### 2" |                    | 2 | field 'answer' is missing
            gsm8k          | #### 2              | two                 | 2 | the answer has no number after ####
            ifeval         | "key": 2            | "key": 1            | 2 | duplicate key '1'
            ifeval         | , "kwargs": [{"keywords": ["a"]}] |       | 2 | field 'kwargs' is missing
            ifeval         | {"keywords": ["a"]} |                     | 2 | no list of 1 objects
            ifeval         | ["a"]               | [""]                | 2 | argument 'keywords' is [""], expected a list of texts
            ifeval         | keywords:existence  | keywords:existense  | 2 | unknown instruction 'keywords:existense'
            humaneval      | "task_id": "2"      | "task_id": "1"      | 2 | duplicate task_id '1'
            humaneval      | "entry_point": "b", |                     | 2 | field 'entry_point' is missing
            humaneval      | def check(          | def test(           | 2 | defines no function check
            mt_bench       | "question_id": 2    | "question_id": 1    | 2 | duplicate question_id '1'
            mt_bench       | , "turns": ["a", "b"] |                   | 2 | field 'turns' is missing
            mt_bench       | "a", "b"            | "a", ""             | 2 | turns[1] is empty
            mt_bench       | "a", "b"            | "a", "b", "c"       | 2 | 3 turns, expected one or two
            own.yaml       | "id": "2"           | "id": "1"           | 2 | duplicate id '1'
            own.yaml       | "prompt": "q2",     |                     | 2 | field 'prompt' is missing
            own.yaml       | "b"], "target": 1   | ""], "target": 1    | 2 | choices[1] is empty
            own.yaml       | "target": 1         | "target": 2         | 2 | target 2 is none of the 2 choices
            own-csv.yaml   | 2,q2,a,b,B          | 2,q2,a,B            | 3 | 4 columns, expected 5 (id, prompt, A, B, target)
            own-csv.yaml   | 2,q2                | 1,q2                | 3 | duplicate id '1'
            own-csv.yaml   | 2,q2,a,b            | 2,q2,a,             | 3 | field 'B' is missing
            own-csv.yaml   | b,B                 | b,C                 | 3 | target "C" is none of the 2 choices
            own-csv.yaml   | 2,q2                | 2,"q2               | 3 | malformed CSV
            """)
    void load_badItem_isRefusedWithFileAndLine(String suite, String from, String to, int line, String what)
            throws IOException {
        String good = GOOD.get(suite);
        int at = good.lastIndexOf(from);
        assertThat(at).as(from).isNotNegative();
        String bad = good.substring(0, at) + (to == null ? "" : to) + good.substring(at + from.length());
        refuses(suite, bad.getBytes(StandardCharsets.UTF_8), line, what);
    }

    private void refuses(String suite, byte[] content, int line, String what) {
        String file = Path.of(FILES.get(suite)).getFileName().toString();
        assertThatThrownBy(() -> load(suite, content))
                .asInstanceOf(InstanceOfAssertFactories.type(InputException.class))
                .satisfies(e -> assertThat(e.where()).endsWith(", " + file + " line " + line))
                .satisfies(e -> assertThat(e.what()).contains(what))
                .satisfies(e -> assertThat(e.mend()).isNotBlank());
    }
}
