package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.judge.ReferenceJudge;

class ResponsesFileTest {
    @TempDir
    Path folder;

    private Suite own;

    @BeforeEach
    void suites() throws IOException {
        Files.writeString(folder.resolve("items.jsonl"), """
                {"id": "a", "prompt": "One?", "target": "1"}
                {"id": "b", "prompt": "Two?", "target": "2"}
                """);
        own = Suites.find(
                Files.writeString(folder.resolve("own.yaml"), "name: own\ntype: exact_match\ndata: items.jsonl\n")
                        .toString());
        Files.writeString(folder.resolve("question.jsonl"), """
                {"question_id": 81, "category": "writing", "turns": ["Write.", "Shorter."], "reference": ["x", "y"]}
                {"question_id": 82, "category": "stem", "turns": ["Explain.", "More."], "reference": ["x", "y"]}
                """);
    }

    private static SuiteOptions plain() {
        return new SuiteOptions(null, null, null, List.of(), PromptFormat.PLAIN, 0, null);
    }

    private SuiteOptions mtBench() {
        return SuiteOptions.of(folder.resolve("question.jsonl")).withJudge(new ReferenceJudge());
    }

    private ResponsesFile responses(String text) throws IOException {
        return ResponsesFile.read(Files.writeString(folder.resolve("theirs.jsonl"), text.replace("~", "\n")));
    }

    @Test
    void evaluate_ownSuite_scoresWhatIsGivenAsItIs() throws IOException {
        ResponsesFile responses =
                responses("{\"id\": \"b\", \"response\": \" 2\"}~~{\"id\": \"a\", \"response\": \"\"}");
        Evaluator evaluator = new Evaluator(List.of(new SuiteRequest(own, plain())), Progress.NONE);
        evaluator.requireAnswered(responses);
        Results results = evaluator.evaluate(responses, folder.resolve("run"));
        assertThat(results.model()).isEqualTo("theirs");
        assertThat(results.suites().get("own").metrics().get("exact_match").value())
                .isEqualTo(0.5);
        assertThat(results.suites().get("own").tokens()).isZero();
    }

    @Test
    void answers_ofFastChat_areTakenTurnByTurn() throws IOException {
        ResponsesFile responses =
                responses("{\"question_id\": 82, \"choices\": [{\"index\": 0, \"turns\": [\"c\", \"d\"]}]}~"
                        + "{\"question_id\": 81, \"response\": [\"a\", \"b\"]}");
        LoadedSuite loaded = new MtBench().load(mtBench());
        responses.requireFor(new MtBench(), loaded);
        LoadedSuite.Outcome outcome = loaded.run(new Engine(responses, Progress.NONE));
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("81/1", "81/2", "82/1", "82/2");
        assertThat(outcome.samples()).extracting(SampleRecord::response).containsExactly("a", "b", "c", "d");
        assertThat(outcome.metrics().keySet()).containsExactly("score", "turn1", "turn2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": "a", "response": "1"}~{"id": "x", "response": "2"} | line 2 | id 'x' is none of suite own's 2 items
            {"id": "a", "response": "1"}~~{"id": "a", "response": "2"} | line 3 | id 'a' is answered a second time (first in responses, theirs.jsonl line 1)
            {"id": "b", "response": ["1", "2"]}   | line 1        | id 'b' has 2 answers, its turns are 1
            {"id": "b", "response": "2"}          | theirs.jsonl  | 1 of suite own's 2 items have no answer, the first is 'a'
            {"response": "2"}                     | line 1        | field 'id' is missing
            {"id": "a", "answer": "2"}            | line 1        | field 'response' is missing
            {"id": "a", "response": 2}            | line 1        | neither a text nor a list of texts
            {"id": "a", "response": []}           | line 1        | neither a text nor a list of texts
            {"id": "a", "response": "1"           | line 1        | malformed JSON
            []                                    | line 1        | a JSON empty list, expected an object
            """)
    void read_answersThatDoNotFit_areRefusedByFileAndLine(String text, String where, String what) {
        assertThatThrownBy(() -> responses(text).requireFor(own, own.load(plain())))
                .asInstanceOf(InstanceOfAssertFactories.type(InputException.class))
                .satisfies(e -> assertThat(e.where()).contains("theirs.jsonl").endsWith(where))
                .satisfies(e -> assertThat(e.what()).contains(what));
    }

    @Test
    void requireFor_turnsOfAConversation_mustAllBeThere() throws IOException {
        ResponsesFile responses = responses("{\"question_id\": 81, \"response\": \"only one\"}");
        assertThatThrownBy(() -> responses.requireFor(new MtBench(), new MtBench().load(mtBench())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("id '81' has 1 answers, its turns are 2");
    }
}
