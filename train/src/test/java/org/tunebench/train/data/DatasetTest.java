package org.tunebench.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.data.filter.ExactDuplicates;
import org.tunebench.train.data.filter.ExampleFilter;
import org.tunebench.train.data.filter.ResponseCopiesInstruction;
import org.tunebench.train.data.filter.WordCount;
import org.tunebench.train.data.format.DataFormat;
import org.tunebench.train.data.template.InstructionTemplates;

class DatasetTest {
    @TempDir
    Path folder;

    @Test
    void load_alpacaArray_givesConversationsWithLines() {
        Path file = write("a.json", """
                [
                  {"instruction": "Add.", "input": "1 2", "output": "3"},
                  {
                    "instruction": "Greet.", "input": "", "output": "Hello", "task": "generation"
                  }
                ]
                """);

        Dataset dataset = load(DataSource.of(file));

        assertThat(messages(dataset, 0)).containsExactly(Message.user("Add.\n\n1 2"), Message.assistant("3"));
        assertThat(messages(dataset, 1)).containsExactly(Message.user("Greet."), Message.assistant("Hello"));
        assertThat(dataset.examples()).extracting(Example::id).containsExactly("a.json:2", "a.json:3");
        assertThat(dataset.examples().get(1).origin())
                .isEqualTo(new Origin(0, file, "a.json", 3, 0, "generation", null, null, Map.of()));
        assertThat(dataset.counts().get(0)).hasToString("a.json: 2 read, 2 kept, 0 dropped");
    }

    @Test
    void load_alpacaForItsOwnPrompt_putsInputUnderAHeading() {
        Path file = write("a.jsonl", "{\"instruction\":\"Add.\",\"input\":\"1 2\",\"output\":\"3\"}\n");

        Dataset dataset = Dataset.load(new DataMixture(List.of(DataSource.of(file)), List.of(), "### Input:", 0.01, 1));

        assertThat(messages(dataset, 0).get(0)).isEqualTo(Message.user("Add.\n\n### Input:\n1 2"));
    }

    @Test
    void load_messagesLinesWithByteOrderMark_keepsRolesAndParts() {
        Path file = write(
                "m.jsonl",
                "\uFEFF{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"U\"},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"A\"},"
                        + "{\"type\":\"text\",\"text\":\"B\"}]}]}\n\n");

        assertThat(messages(load(DataSource.of(file)), 0))
                .containsExactly(Message.system("S"), Message.user("U"), Message.assistant("AB"));
    }

    @Test
    void load_messagesThatCallTools_keepCallsDefinitionsAndThoughts() {
        Path file = write("m.jsonl", """
                {"messages":[{"role":"user","content":"When?","tool_calls":null},\
                {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[{"id":"1","type":"function",\
                "function":{"name":"time","arguments":{"zone":"CET"}}}]},\
                {"role":"tool","tool_call_id":"1","content":"noon"},{"role":"assistant","content":"Noon."}],\
                "tools":[{"type":"function","function":{"name":"time"}}]}
                {"messages":[{"role":"user","content":"U"},{"role":"assistant","content":"A"}],\
                "tools":"[{\\"name\\": \\"time\\"}]"}
                """);

        Dataset dataset = load(DataSource.of(file));

        Message call = messages(dataset, 0).get(1);
        assertThat(messages(dataset, 0).get(0)).isEqualTo(Message.user("When?"));
        assertThat(call.content()).isEmpty();
        assertThat(call.calledFunctions()).containsExactly("time");
        assertThat(call.details()).containsEntry("reasoning_content", "hm");
        assertThat(messages(dataset, 0).get(2).details()).containsEntry("tool_call_id", "1");
        assertThat(dataset.examples())
                .extracting(
                        e -> ((Example.Conversation) e).tools().definitions().size())
                .containsExactly(1, 1);
    }

    @Test
    void load_malformedCallsOrTools_areRefusedWithTheLine() {
        Path calls = write(
                "c.jsonl",
                "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":{}}}]}]}\n");
        assertThatThrownBy(() -> load(DataSource.of(calls)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("c.jsonl line 1: messages[0]: 'tool_calls' has a call without a function's name");
        Path tools = write(
                "t.jsonl", "{\"messages\":[{\"role\":\"assistant\",\"content\":\"A\"}],\"tools\":\"get_weather\"}\n");
        assertThatThrownBy(() -> load(DataSource.of(tools)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("t.jsonl line 1: 'tools' is not a list of tool definitions");
    }

    @Test
    void load_systemOfTheSource_opensOnlyConversationsWithoutOne() {
        Path file = write("m.jsonl", """
                {"messages":[{"role":"system","content":"S"},{"role":"assistant","content":"A"}]}
                {"messages":[{"role":"user","content":"U"},{"role":"assistant","content":"A"}]}
                """);

        Dataset dataset = load(DataSource.of(file).withSystem("Be brief."));

        assertThat(messages(dataset, 0).get(0)).isEqualTo(Message.system("S"));
        assertThat(messages(dataset, 1)).startsWith(Message.system("Be brief."), Message.user("U"));
    }

    @Test
    void load_promptCompletionWithColumns_mapsFields() {
        Path file = write("p.jsonl", "{\"question\":\"Q\",\"completion\":\"C\"}\n");

        Dataset dataset = load(DataSource.of(file).withColumns(Map.of("prompt", "question")));

        assertThat(messages(dataset, 0)).containsExactly(Message.user("Q"), Message.assistant("C"));
    }

    @Test
    void load_textFile_givesParagraphs() {
        Path file = write("t.txt", "One\ntwo.\n\n \nThree.\n");

        Dataset dataset = load(DataSource.of(file));

        assertThat(dataset.examples())
                .containsExactly(
                        new Example.RawText(Origin.of(0, file, 1), "One\ntwo."),
                        new Example.RawText(Origin.of(0, file, 5), "Three."));
    }

    @Test
    void load_templates_choosesBySeedAndRemembers() {
        String lines = IntStream.range(0, 300)
                .mapToObj(i -> "{\"x\":\"v" + i + "\",\"n\":" + i + ",\"output\":\"o\"}\n")
                .collect(Collectors.joining());
        InstructionTemplates templates = InstructionTemplates.of(List.of("Say {x}", "{x} no {n} {{ok}}", "$1 {x}\\"));
        DataSource source = DataSource.of(write("f.jsonl", lines))
                .withFormat(DataFormat.ALPACA)
                .withTemplates(templates);

        Dataset dataset = load(source);

        Map<String, Long> uses = dataset.examples().stream()
                .collect(Collectors.groupingBy(e -> e.origin().template(), Collectors.counting()));
        assertThat(uses)
                .containsOnlyKeys("0", "1", "2")
                .allSatisfy((template, n) -> assertThat(n).isBetween(70L, 130L));
        for (int i = 0; i < 300; i++) {
            String expected = List.of("Say v" + i, "v" + i + " no " + i + " {ok}", "$1 v" + i + "\\")
                    .get(Integer.parseInt(dataset.examples().get(i).origin().template()));
            assertThat(messages(dataset, i).get(0)).isEqualTo(Message.user(expected));
        }
        assertThat(load(source)).isEqualTo(dataset);
    }

    @Test
    void load_templateWithUnknownField_namesTheKnownOnes() {
        DataSource source = DataSource.of(write("f.jsonl", "{\"text\":\"t\",\"output\":\"o\"}\n"))
                .withFormat(DataFormat.ALPACA)
                .withTemplates(InstructionTemplates.of(List.of("{txt}")));

        assertThatThrownBy(() -> load(source))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("f.jsonl line 1")
                .hasMessageContaining("unknown template field 'txt'")
                .hasMessageContaining("Did you mean 'text'? Known: text, output");
    }

    @Test
    void load_filters_countByReason() {
        Path file = write("a.jsonl", """
                {"instruction":"Name a big city now","output":"The city of Rome is big."}
                {"instruction":"Name a big city now","output":"The city of Rome is big."}
                {"instruction":"Name a big city now","output":"Name a BIG city now or later, please."}
                {"instruction":"Name it","output":"The city of Rome is big."}
                {"instruction":"Name a big city now","output":"Rome."}
                {"instruction":"Name a big city now","output":"  "}
                """);
        List<ExampleFilter> filters = List.of(
                new WordCount(null, null, null, null), new ResponseCopiesInstruction(null), new ExactDuplicates());

        Dataset dataset = Dataset.load(new DataMixture(List.of(DataSource.of(file)), filters, "", 0.5, 1));

        assertThat(dataset.examples()).hasSize(1);
        assertThat(dataset.counts().get(0))
                .hasToString("a.jsonl: 6 read, 1 kept, 5 dropped (bad_record 1, exact_duplicates 1,"
                        + " response_copies_instruction 1, words 2)");
    }

    @Test
    void load_everyExampleFiltered_isRefusedWithCounts() {
        Path file = write("a.jsonl", "{\"instruction\":\"Hi\",\"output\":\"Hello\"}\n".repeat(3));

        assertThatThrownBy(() -> Dataset.load(new DataMixture(
                        List.of(DataSource.of(file)), List.of(new WordCount(null, null, null, null)), "", 0.01, 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("every example is dropped: a.jsonl: 3 read, 0 kept, 3 dropped (words 3)")
                .hasMessageContaining("Loosen the recipe's filters: words");
    }

    @Test
    void load_limit_drawsBySeedInFileOrder() {
        String lines = IntStream.range(0, 100)
                .mapToObj(i -> "{\"prompt\":\"p\",\"completion\":\"" + i + "\"}\n")
                .collect(Collectors.joining());
        Path file = write("p.jsonl", lines);
        DataSource source = DataSource.of(file).withLimit(10);

        Dataset one = Dataset.load(DataMixture.of(List.of(source), 1));
        Dataset two = Dataset.load(DataMixture.of(List.of(source), 2));

        assertThat(one.examples()).hasSize(10).isNotEqualTo(two.examples());
        assertThat(one.examples()).extracting(e -> e.origin().line()).isSorted();
        assertThat(one.counts().get(0).dropped()).containsEntry("limit", 90);
    }

    @Test
    void load_sameFileTwice_givesDistinctIds() {
        Path file = write("p.jsonl", "{\"prompt\":\"p\",\"completion\":\"c\"}\n");

        assertThat(load(DataSource.of(file), DataSource.of(file)).examples())
                .extracting(Example::id)
                .containsExactly("p.jsonl:1", "p.jsonl#2:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"prompt":"p","completion":"c"}~{"prompt":"p",   | line 2 | malformed JSON | Write one whole JSON object a line
                    {"prompt":"p","completion":"c"}~{"prompt":"p"}   | line 2 | no field 'completion' | prompt
                    {"prompt":"p","completion":"c"} x                | line 1 | malformed JSON | Write
                    {"prompt":"p","prompt":"q","completion":"c"}     | line 1 | Duplicate | Write
                    {"prompt":1,"completion":"c"}                    | line 1 | 'prompt' is a number, expected text | quotes
                    {"prompt":"p","completion":null}                 | line 1 | 'completion' is null, expected text | Write the text
                    [~{"prompt":"p","completion":"c"},~3]            | line 3 | a record is a number | JSON object
                    [~{"prompt":"p","completion":"c"},~              | line 3 | malformed JSON | Mend
                    [~{"prompt":"p","completion":"c"}~{}]            | line 3 | malformed JSON | Mend
                    [{"prompt":"p","completion":"c"}]~{}             | line 2 | something follows | End the file
                    {"question":"p","reply":"c"}                     | line 1 | no known format fits a record with the fields question, reply | alpaca (instruction, output)
                    {"prompt":"p","completion":"c","text":"t"}       | line 1 | more than one format | format:
                    {"messages":[{"role":"usr","content":"u"}]}      | line 1 | messages[0]: unknown role 'usr' | Did you mean 'user'? Known: system, user, assistant, tool
                    {"messages":[{"role":"user","content":"u"}]}     | line 1 | without an assistant turn | Add
                    {"messages":[]}                                  | line 1 | 'messages' is an empty list | Write
                    {"messages":"hi"}                                | line 1 | 'messages' is a string | Write
                    {"messages":["hi"]}                              | line 1 | messages[0] is a string | Write
                    {"messages":[{"role":"user"}]}                   | line 1 | 'messages[0].content' is missing | Write the text
                    {"messages":[{"role":"user","content":[{"type":"image"}]}]} | line 1 | not of type text | Only text
                    """)
    void load_badRecord_saysFileLineAndMend(String content, String line, String what, String mend) {
        Path file = write("bad.jsonl", content.replace('~', '\n'));

        assertThatThrownBy(() -> load(DataSource.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.jsonl " + line)
                .hasMessageContaining(what)
                .hasMessageContaining(mend);
    }

    @Test
    void stream_whatTakesTheExamplesRefusesOne_stopsAndIsNoBadRecord() {
        Path file = write("a.jsonl", "{\"prompt\":\"p\",\"completion\":\"c\"}\n".repeat(200));
        DataMixture mixture = DataMixture.of(List.of(DataSource.of(file)), 1);

        assertThatThrownBy(() -> Dataset.stream(mixture, example -> {
                    throw new InputException("refused", example.id(), "Mend it");
                }))
                .isInstanceOf(InputException.class)
                .hasMessage("a.jsonl:1: refused. Mend it");
    }

    @Test
    void load_unusableFile_isRefused() throws IOException {
        assertThatThrownBy(() -> load(DataSource.of(folder.resolve("none.json"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.json: no such file");
        assertThatThrownBy(() -> load(DataSource.of(write("empty.jsonl", "\n \n"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the file holds no record");
        assertThatThrownBy(() -> load(DataSource.of(write("empty.json", "[]"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the file holds no record");
        Path latin =
                Files.write(folder.resolve("latin.jsonl"), "{\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> load(DataSource.of(latin)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not UTF-8 text");
        assertThatThrownBy(() -> load(DataSource.of(folder))).isInstanceOf(InputException.class);
    }

    @Test
    void load_badDataEntry_isRefused() {
        Path file = write("p.jsonl", "{\"prompt\":\"p\",\"completion\":\"c\"}\n");
        assertThatThrownBy(() -> load(DataSource.of(file).withColumns(Map.of("promt", "prompt"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown column 'promt'")
                .hasMessageContaining("Did you mean 'prompt'?");
        Path raw = write("t.txt", "text\n");
        assertThatThrownBy(() -> load(DataSource.of(raw).withTemplates(InstructionTemplates.of(List.of("x")))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("templates: need records with fields");
    }

    private static Dataset load(DataSource... sources) {
        return Dataset.load(DataMixture.of(List.of(sources), 1));
    }

    private static List<Message> messages(Dataset dataset, int i) {
        return ((Example.Conversation) dataset.examples().get(i)).messages();
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
