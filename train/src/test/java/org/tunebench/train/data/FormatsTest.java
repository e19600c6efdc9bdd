package org.tunebench.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Preference;
import org.tunebench.train.data.file.BadRecord;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.format.TreePaths;

/** A small file of each layout; what is expected is written {@code role:content/role:content}. */
class FormatsTest {
    private static final String TREE = "{'message_tree_id':'t','prompt':{'text':'Q','role':'prompter','replies':["
            + "{'text':'worse','role':'assistant','rank':1,'replies':[]},"
            + "{'text':'best','role':'assistant','rank':0,'replies':[{'text':'Q2','role':'prompter','replies':["
            + "{'text':'A2','role':'assistant'},{'text':'gone','role':'assistant','deleted':true}]}]}]}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {'conversations':[{'from':'gpt','value':'hi'},{'from':'human','value':'Q'},{'from':'gpt','value':'A'}]} | user:Q/assistant:A
                    {'conversations':[{'from':'system','value':'S'},{'from':'human','value':'Q'},{'from':'gpt','value':'A'}]} | system:S/user:Q/assistant:A
                    {'system':'S','conversations':[{'from':'human','value':'Q'},{'from':'chatgpt','value':'A'}]} | system:S/user:Q/assistant:A
                    {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'}],'label':true} | user:Q/assistant:A
                    {'prompt':'Q','completion':'A<§endoftext§>'} | user:Q/assistant:A
                    {'instruction':'I','context':'C','response':'R','category':'qa'} | user:I C/assistant:R
                    {'instruction':'I','instances':[{'input':'','output':'O'}]} | user:I/assistant:O
                    {'instruction':'I','instances':[{'input':'a','output':'1'},{'input':'b','output':'2'}]} | user:I a/assistant:1, user:I b/assistant:2
                    {'prompt':'Q','chosen':'A','rejected':'B'} | user:Q/assistant:A not assistant:B
                    {'conversations':[{'from':'human','value':'Q'}],'chosen':{'from':'gpt','value':'A'},'rejected':{'from':'gpt','value':'B'}} | user:Q/assistant:A not assistant:B
                    {'chosen':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'}],'rejected':[{'role':'user','content':'Q'},{'role':'assistant','content':'B'}]} | user:Q/assistant:A not assistant:B
                    {'prompt':[{'role':'user','content':'Q'}],'chosen':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'}],'rejected':[{'role':'assistant','content':'B'}]} | user:Q/assistant:A not assistant:B
                    {'text':'raw'} | raw
                    {'message_id':'1','parent_id':null,'text':'Q','role':'prompter'}~{'message_id':'2','parent_id':'1','text':'A','role':'assistant'}~{'message_id':'3','parent_id':null,'text':'R','role':'prompter'}~{'message_id':'4','parent_id':'3','text':'B','role':'assistant'} | user:Q/assistant:A, user:R/assistant:B
                    """)
    void load_layout_givesExamples(String records, String expected) {
        assertThat(shown(load(DataSource.of(write("f.jsonl", records))))).isEqualTo(expected);
    }

    @Test
    void load_messageTree_givesTheBestPathOrAll() {
        Path file = write("t.jsonl", TREE);

        assertThat(shown(load(DataSource.of(file)))).isEqualTo("user:Q/assistant:best/user:Q2/assistant:A2");
        Dataset all = load(DataSource.of(file).withPaths(TreePaths.ALL));
        assertThat(shown(all)).isEqualTo("user:Q/assistant:best/user:Q2/assistant:A2, user:Q/assistant:worse");
        assertThat(all.examples()).extracting(Example::id).containsExactly("t.jsonl:1/1", "t.jsonl:1/2");
    }

    @Test
    void load_shareGptThatCallsTools_hasCallsAndResults() {
        Dataset dataset = load(DataSource.of(write(
                "f.jsonl",
                "{'conversations':[{'from':'human','value':'Q'},"
                        + "{'from':'function_call','value':'{\\'name\\': \\'f\\', \\'arguments\\': {\\'x\\': 1}}'},"
                        + "{'from':'observation','value':'42'},{'from':'gpt','value':'A'}],"
                        + "'tools':'[{\\'name\\': \\'f\\'}]'}")));

        Example.Conversation conversation =
                (Example.Conversation) dataset.examples().get(0);
        assertThat(conversation.messages().get(1).calledFunctions()).containsExactly("f");
        assertThat(conversation.tools().definitions()).hasSize(1);
        assertThat(shown(dataset)).isEqualTo("user:Q/assistant:/tool:42/assistant:A");
    }

    @Test
    void load_naturalInstructions_hasDefinitionExamplesTaskAndCategory() {
        Path file = write("task1_x.json", """
                {'Definition': ['Double it.'], 'Categories': ['Arithmetic'],
                 'Positive Examples': [{'input': '1', 'output': '2', 'explanation': ''}],
                 'Instances': [
                  {'id': 'a', 'input': '2', 'output': ['4']},
                  {'id': 'b', 'input': '3', 'output': '6'}]}
                """);
        DataSource source = DataSource.of(file);

        Dataset plain = load(source);
        assertThat(shown(plain))
                .isEqualTo(
                        "user:Definition: Double it. Now complete the following example - Input: 2 Output:/assistant:4,"
                                + " user:Definition: Double it. Now complete the following example - Input: 3 Output:/assistant:6");
        assertThat(plain.examples()).extracting(Example::id).containsExactly("task1_x.json:4", "task1_x.json:5");
        assertThat(plain.examples().get(0).origin().task()).isEqualTo("task1_x");
        assertThat(plain.examples().get(0).origin().category()).isEqualTo("Arithmetic");
    }

    @Test
    void load_undesirableAnswers_areCountedAndKeptFromTraining() {
        List<String> dropped = new ArrayList<>();
        Path file = write(
                "k.jsonl",
                "{'prompt':'Q','completion':'A','label':true}~{'prompt':'Q','completion':'B','label':false}");

        List<SourceCounts> counts = Dataset.stream(DataMixture.of(List.of(DataSource.of(file)), 1), new ExampleSink() {
            @Override
            public void kept(Example example) {}

            @Override
            public void dropped(Example example, String reason, String objection) {
                dropped.add(reason + " " + ((Example.Conversation) example).preference());
            }
        });

        assertThat(dropped).containsExactly("undesirable " + new Preference.Label(false));
        assertThat(counts.get(0)).hasToString("k.jsonl: 2 read, 1 kept, 1 dropped (undesirable 1)");
    }

    @Test
    void load_folder_readsItsFilesAsTasks() throws IOException {
        Path tasks = Files.createDirectory(folder.resolve("tasks"));
        Files.writeString(tasks.resolve("a.jsonl"), "{\"prompt\":\"p\",\"completion\":\"c\"}\n");
        Files.writeString(tasks.resolve("b.json"), "[{\"instruction\":\"p\",\"output\":\"c\"}]\n");
        Files.writeString(tasks.resolve("empty.jsonl"), "");
        Files.writeString(tasks.resolve("README.md"), "About.\n");

        Dataset dataset = load(DataSource.of(tasks));

        assertThat(dataset.examples()).extracting(e -> e.origin().task()).containsExactly("a", "b");
        assertThat(dataset.counts().get(0).format()).isEqualTo("alpaca+prompt_completion");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {'instruction':'','output':'O'}                                 | 'instruction' is empty
                    {'instruction':null,'output':'O'}                               | 'instruction' is null, expected text
                    {'instruction':['x'],'output':'O'}                              | 'instruction' is a list, expected text
                    {'instruction':'I','output':' '}                                | 'output' is empty
                    {'instruction':'I','output':'\\ud800'}                          | half a surrogate pair
                    {'instruction':'I','input':5,'output':'O'}                      | 'input' is a number, expected text
                    {'prompt':'Q','completion':'<§endoftext§>'}                     | 'completion' is empty
                    {'prompt':'Q','completion':'A','label':'yes'}                   | 'label' is a string, expected true or false
                    {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':''}]} | 'messages[1].content' is empty
                    {'messages':[{'role':'user','content':null},{'role':'assistant','content':'A'}]} | 'messages[0].content' is null
                    {'messages':null}                                               | 'messages' is null
                    {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A','weight':0.5}]} | 'messages[1].weight' is 0.5, expected 0 or 1
                    {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A','loss_weight':'no'}]} | 'messages[1].loss_weight' is a string, expected 0 or 1
                    {'conversations':[]}                                            | 'conversations' is an empty list
                    {'conversations':[{'from':'human','value':'Q'}]}                | without an assistant turn
                    {'conversations':[{'from':'gpt','value':'A'}]}                  | without a human turn
                    {'conversations':[{'from':'alien','value':'A'}]}                | conversations[0]: unknown speaker 'alien'
                    {'conversations':[{'from':'human','value':null}]}               | 'conversations[0].value' is null
                    {'conversations':[{'from':'human','value':'Q'},{'from':'function_call','value':'f(1)'}]} | conversations[1].value is no call
                    {'conversations':[{'from':'human','value':'Q'},{'from':'gpt','value':'A'}],'tools':[null]} | 'tools' is not a list of tool definitions
                    {'instruction':'I','instances':[]}                              | 'instances' is an empty list
                    {'instruction':'I','instances':[null]}                          | 'instances[0].output' is missing
                    {'Definition':'D','Instances':[{'input':'a'}]}                  | 'Instances[0].output' is missing
                    {'Definition':[],'Instances':[{'input':'a','output':['b']}]}    | 'Definition[0]' is missing
                    {'prompt':'Q','chosen':'A','rejected':'A'}                      | the chosen and the rejected answer are the same
                    {'prompt':'Q','chosen':'A','rejected':null}                     | 'rejected' is null
                    {'message_tree_id':'t','prompt':{'text':'Q','role':'human'}}    | prompt: unknown role 'human'
                    {'message_tree_id':'t','prompt':{'text':'Q','role':'prompter','replies':[{'role':'assistant'}]}} | 'prompt.replies[0].text' is missing
                    {'message_id':'2','parent_id':'1','text':'A','role':'assistant'} | its parent 1 does not stand before it
                    """)
    void load_recordThatCannotBeUsed_isListedWithLineAndReason(String record, String reason) {
        List<BadRecord> bad = new ArrayList<>();
        DataSource source = DataSource.of(write("bad.jsonl", record));

        assertThatThrownBy(() -> load(source))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.jsonl line 1")
                .hasMessageContaining(reason);
        DataMixture lenient = new DataMixture(List.of(source), List.of(), "", 1, 1);
        assertThat(new MixtureReader(lenient, FilterInputs.NONE)
                        .read(example -> {})
                        .get(0)
                        .badRecords())
                .singleElement()
                .satisfies(b -> assertThat(b.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A','weight':0},{'role':'user','content':'R'},{'role':'assistant','content':'B','weight':1}]}
            {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A','loss_weight':false},{'role':'user','content':'R','weight':null},{'role':'assistant','content':'B'}]}
            {'conversations':[{'from':'human','value':'Q'},{'from':'gpt','value':'A','weight':0},{'from':'human','value':'R'},{'from':'gpt','value':'B'}]}
            """)
    void load_turnOfWeightZero_isNotLearned_norAfterItIsWrittenAndReadAgain(String record) {
        Dataset read = load(DataSource.of(write("weights.jsonl", record)));
        Dataset again = load(DataSource.of(
                write("again.jsonl", ExampleLines.of(read.examples().get(0)))));

        for (Dataset dataset : List.of(read, again)) {
            assertThat(((Example.Conversation) dataset.examples().get(0)).messages())
                    .extracting(Message::learned)
                    .containsExactly(true, false, true, true);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'prompt':'Q','chosen':'A','rejected':'B'}
            {'prompt':'Q','chosen':'A','rejected':'B','system':'S'}
            {'chosen':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'},{'role':'user','content':'R'},{'role':'assistant','content':'B'}],'rejected':[{'role':'user','content':'Q'},{'role':'assistant','content':'C'}]}
            {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'}],'label':true}
            """)
    void exampleLines_whatRatersSaid_isReadAgain(String record) {
        Example read =
                load(DataSource.of(write("pairs.jsonl", record))).examples().get(0);
        Example again = load(DataSource.of(write("again.jsonl", ExampleLines.of(read))))
                .examples()
                .get(0);

        assertThat(again.with(read.origin())).isEqualTo(read);
    }

    @Test
    void load_badRecords_areToleratedUpToTheShare() {
        String good = "{\"prompt\":\"p\",\"completion\":\"c\"}\n";
        Path file = write("p.jsonl", good.repeat(60) + "{\"prompt\":\"p\"}\n" + good.repeat(39));
        Path more = write("q.jsonl", good.repeat(60) + "{\"prompt\":\"p\"}\n{\n" + good.repeat(38));

        Dataset dataset = load(DataSource.of(file));

        assertThat(dataset.counts().get(0)).hasToString("p.jsonl: 100 read, 99 kept, 1 dropped (bad_record 1)");
        assertThat(dataset.counts().get(0).badRecords())
                .extracting(BadRecord::where)
                .containsExactly(file + " line 61");
        assertThatThrownBy(() -> load(DataSource.of(more)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("q.jsonl line 61: no field 'completion'")
                .hasMessageContaining("2 of 100 records cannot be used; bad_records allows a part of 0.01")
                .hasMessageContaining("q.jsonl line 62: malformed JSON");
    }

    private static String shown(Dataset dataset) {
        return dataset.examples().stream().map(FormatsTest::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Example example) {
        if (example instanceof Example.RawText raw) {
            return raw.text();
        }
        Example.Conversation conversation = (Example.Conversation) example;
        String other =
                conversation.preference() instanceof Preference.Over over ? " not " + shown(over.messages()) : "";
        return shown(conversation.messages()) + other;
    }

    private static String shown(List<Message> messages) {
        return messages.stream()
                .map(m -> m.role().id() + ":" + m.content().replace("\n\n", " ").replace('\n', ' '))
                .collect(Collectors.joining("/"));
    }

    private static Dataset load(DataSource source) {
        return Dataset.load(DataMixture.of(List.of(source), 1));
    }

    /** Single quotes are double ones, {@code ~} ends a line, and {@code §} is a bar. */
    private Path write(String name, String content) {
        try {
            return Files.writeString(
                    folder.resolve(name),
                    content.replace('\'', '"').replace('~', '\n').replace('§', '|'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
