package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.judge.ReferenceJudge;

class OwnSuiteTest {
    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("x yes yes").replying(prompt -> " The PARIS.\nmore");

    private Suite suite(String yaml, String... items) throws IOException {
        Files.writeString(folder.resolve("items.jsonl"), String.join("\n", items));
        Path file = Files.writeString(folder.resolve("own.yaml"), yaml);
        return Suites.find(file.toString());
    }

    private LoadedSuite.Outcome run(Suite suite, SuiteOptions options) {
        return suite.load(options).run(new Engine(model, Progress.NONE));
    }

    private static SuiteOptions plain() {
        return new SuiteOptions(null, null, null, List.of(), PromptFormat.PLAIN, 0, null);
    }

    @Test
    void multipleChoice_targetByIndexOrText_isScoredByLogLikelihood() throws IOException {
        Suite suite = suite(
                "name: own\ntype: multiple_choice\ndata: items.jsonl\nfields: {prompt: question, choices: options}\n",
                "{\"id\": \"a\", \"group\": \"g\", \"question\": \"x\", \"options\": [\"no\", \"yes\"], \"target\": 1}",
                "{\"id\": \"b\", \"group\": \"h\", \"question\": \"x\", \"options\": [\"no\", \"yes\"], \"target\": \"no\"}");
        LoadedSuite.Outcome outcome = run(suite, plain());
        assertThat(model.scored()).contains("x| yes");
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("a", "b");
        assertThat(outcome.samples()).extracting(s -> s.scores().get("acc")).containsExactly(1.0, 0.0);
        assertThat(outcome.groups()).containsOnlyKeys("g", "h");
    }

    @Test
    void exactMatch_normalisesBothSidesInOrder() throws IOException {
        Suite suite = suite(
                """
                name: own
                type: exact_match
                data: items.jsonl
                max_new_tokens: 20
                stop: ["more"]
                normalise: [first_line, punctuation, articles, lowercase, trim]
                """,
                "{\"prompt\": \"Capital?\", \"target\": \"paris\"}",
                "{\"prompt\": \"Town?\", \"target\": [\"Rome\", \"Paris!\"]}",
                "{\"prompt\": \"City?\", \"target\": \"Oslo\"}");
        LoadedSuite.Outcome outcome = run(suite, plain());
        assertThat(outcome.samples())
                .extracting(s -> s.scores().get("exact_match"))
                .containsExactly(1.0, 1.0, 0.0);
        assertThat(outcome.samples().get(0).prediction()).isEqualTo("paris");
        assertThat(outcome.samples().get(0).response()).isEqualTo(" The PARIS.\n");
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("0", "1", "2");
        assertThat(model.prompts()).containsExactly("Capital?", "Town?", "City?");
    }

    @Test
    void exactMatch_extracted_comparesTheLastMatchsGroup() throws IOException {
        model.replying(prompt -> "First Answer: x. Then Answer: Paris.");
        Suite suite = suite(
                "name: own\ntype: exact_match\ndata: items.jsonl\nextract: 'Answer: (\\w+)'\n",
                "{\"prompt\": \"Capital?\", \"target\": \"Paris\"}");
        LoadedSuite.Outcome outcome = run(suite, plain());
        assertThat(outcome.samples().get(0).prediction()).isEqualTo("Paris");
        assertThat(outcome.metrics().get("exact_match").value()).isEqualTo(1);
        model.replying(prompt -> "no idea");
        assertThat(run(suite, plain()).details()).containsEntry("unparsed", 1L);
    }

    @Test
    void patternMatch_findsAnyOfTheTargets() throws IOException {
        Suite suite = suite(
                "name: own\ntype: pattern_match\ndata: items.jsonl\n",
                "{\"prompt\": \"Capital?\", \"target\": \"(?i)paris\\\\b\"}",
                "{\"prompt\": \"Town?\", \"target\": [\"^Rome\", \"more$\"]}",
                "{\"prompt\": \"City?\", \"target\": \"^Paris\"}");
        assertThat(run(suite, plain()).samples())
                .extracting(s -> s.scores().get("pattern_match"))
                .containsExactly(1.0, 1.0, 0.0);
        assertThatThrownBy(() -> suite(
                                "name: own\ntype: pattern_match\ndata: items.jsonl\n",
                                "{\"prompt\": \"p\", \"target\": \"a(\"}")
                        .load(plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items.jsonl line 1")
                .hasMessageContaining("no regular expression: Unclosed group");
    }

    @Test
    void csv_choicesInColumns_targetByColumnIndexOrText() throws IOException {
        Files.writeString(
                folder.resolve("items.csv"),
                "\uFEFFid,question,A,B,answer\na,x,no,yes,B\nb,\"x\",no,yes,0\nc,\"two\nlines\",no,yes,yes\n");
        Path yaml = Files.writeString(
                folder.resolve("own.yaml"),
                "name: own\ntype: multiple_choice\ndata: items.csv\n"
                        + "fields: {prompt: question, choices: [A, B], target: answer}\n");
        LoadedSuite.Outcome outcome = run(Suites.find(yaml.toString()), plain());
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("a", "b", "c");
        assertThat(outcome.samples()).extracting(SampleRecord::target).containsExactly(1, 0, 1);
        assertThat(outcome.samples().get(2).prompt()).isEqualTo("two\nlines");
    }

    @Test
    void judged_ratesWithTheReference() throws IOException {
        Suite suite = suite(
                "name: own\ntype: judged\ndata: items.jsonl\nchat: true\n",
                "{\"prompt\": \"Capital?\", \"target\": \"paris more\"}",
                "{\"prompt\": \"Any?\"}");
        model.chatting();
        LoadedSuite.Outcome outcome = run(suite, plain().withJudge(new ReferenceJudge()));
        assertThat(model.prompts()).contains("[user]Capital?<|end|>[assistant]");
        assertThat(outcome.metrics().get("score").value()).isEqualTo(10);
        assertThat(outcome.details()).containsEntry("judged", 1L).containsEntry("judge_failed", 1L);
        assertThat(outcome.chat()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"id\": 1, \"prompt\": \"p\", \"choices\": [\"a\", \"b\"], \"target\": 0} | duplicate id '1'",
                "{\"prompt\": \"p\", \"choices\": [\"a\", \"b\"], \"target\": 2}            | target 2 is none of the 2 choices",
                "{\"prompt\": \"p\", \"choices\": [\"a\", \"b\"], \"target\": \"c\"}        | target \"c\" is none",
                "{\"prompt\": \"p\", \"choices\": [\"a\", \"\"], \"target\": 0}             | choices[1] is empty",
                "{\"prompt\": \"p\", \"choices\": [\"a\"], \"target\": 0}                   | one choice",
                "{\"prompt\": \"\", \"choices\": [\"a\", \"b\"], \"target\": 0}             | field 'prompt' is empty",
                "{\"choices\": [\"a\", \"b\"], \"target\": 0}                               | field 'prompt' is missing",
                "{\"prompt\": \"p\", \"prompt\": \"q\"}                                     | Duplicate field",
                "{\"prompt\": \"a \\ud83d b\", \"choices\": [\"a\", \"b\"], \"target\": 0} | half a surrogate pair",
                "{\"prompt\": \"p\"} x                                                      | malformed JSON",
            })
    void load_badItem_namesFileAndLine(String item, String what) throws IOException {
        Suite suite = suite(
                "name: own\ntype: multiple_choice\ndata: items.jsonl\n",
                "{\"id\": 1, \"prompt\": \"p\", \"choices\": [\"a\", \"b\"], \"target\": 0}",
                "",
                item);
        assertThatThrownBy(() -> suite.load(plain()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite own, items.jsonl line 3")
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: exact_match                          | name is missing",
                "name: own                                  | type is missing",
                "name: a/b                                  | has other than letters",
                "name: mmlu                                 | is that of a built-in suite",
                "nam: own                                   | Did you mean 'name'",
                "typo: judged                               | Did you mean 'type'",
                "normalise: [lower]                         | lowercase",
                "max_new_tokens: 0                          | must be 1 or more",
                "extract: 'a('                              | own.yaml line 4",
            })
    void find_badYaml_isRefused(String line, String what) {
        String yaml = "name: own\ntype: judged\ndata: items.jsonl\n";
        String key = line.split(":")[0];
        String changed = line.equals("type: exact_match")
                ? "type: exact_match\ndata: items.jsonl\n"
                : line.equals("name: own")
                        ? "name: own\ndata: items.jsonl\n"
                        : yaml.replaceAll(key + ":.*\n", "") + line + "\n";
        assertThatThrownBy(() -> suite(changed, "{}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(what);
    }

    @Test
    void find_unknownSuite_namesTheNearest() {
        assertThatThrownBy(() -> Suites.find("hellaswg"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'hellaswag'?");
    }
}
