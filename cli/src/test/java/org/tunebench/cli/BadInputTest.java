package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.core.record.FolderLock;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.runtime.NativeLibrary;

/**
 * What a user's mistakes come out as: exit code 2, a message of what, where and how to mend, no stack trace, nothing
 * written. In the tables {@code ~} is a line end and {@code @} the test's folder.
 */
class BadInputTest {
    private static final String GOOD = "data: [{path: good.jsonl}]\nbase: embedded\nsteps: 2\nmax_length: 64\n";
    private static final String TURNS =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}, {\"role\": \"assistant\", \"content\": \"yo\"}]}\n";

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void writeGoodFiles() throws IOException {
        write("good.jsonl", TURNS.repeat(4));
        write("good.yaml", GOOD);
        write("empty", "");
        write("answers.jsonl", "{\"id\": \"no such\", \"response\": \"yes\"}\n");
        write("filled/mine.txt", "keep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            learning_rat: 1             | unknown key 'learning_rat'     | @/r.yaml line 5 | Did you mean 'optimizer.learning_rate'? Known: name, base
            epocs: 1                    | unknown key 'epocs'            | @/r.yaml line 5 | Did you mean 'epochs'?
            steps: 3                    | key 'steps' stands here twice  | @/r.yaml line 5 | Remove one
            optimizer: [                | malformed YAML                 | @/r.yaml line 6 | Check indentation
            precision: bf16             | no bfloat16 products on the CPU | recipe r, precision | Set it to fp32
            optimizer: {learning_rate: -1} | learning_rate is -1.0       | @/r.yaml line 5 | Change
            optimizer: {learning_rate: x}  | expected a number           | @/r.yaml line 5 | Change
            method: qlora               | unknown method 'qlora'         | @/r.yaml line 5 | Known: full, lora
            method: lora~lora: {targets: [c_attn]} | 'c_attn' matches nothing | recipe r, lora.targets | model.layers.*.self_attn.q_proj
            optimizer: {no_decay: ["*.bias"]} | '*.bias' matches nothing | recipe r, optimizer.no_decay | Name one of
            trainable: [layers.99] | 'layers.99' matches nothing | recipe r, trainable | model.layers.*.mlp.down_proj
            evaluation: {share: 0.1}    | a share of 0.1 of 4 examples holds out none | recipe r, evaluation.share | Raise the share
            evaluation: {share: 0.5, every: 3} | unknown key 'every' | @/r.yaml line 5 | Known: share, data, eval_steps
            evaluation: {data: [{path: nope.jsonl}]} | no such file | @/nope.jsonl | Check the path
            extends: alpacca            | unknown recipe 'alpacca'       | @/r.yaml, extends | Did you mean 'alpaca'?
            mixture: {rate: sice}       | unknown rate 'sice'            | @/r.yaml line 5 | Known: examples, weight, size, category
            mixture: {rate: category}   | an example has none            | @/good.jsonl line 1 | category:
            mixture: {cap: 5}           | cap needs rate: size           | @/r.yaml line 5 | Change
            supervise: []               | supervise is an empty list     | @/r.yaml line 5 | Change
            overlong: cut               | unknown overlong 'cut'         | @/r.yaml line 5 | Known: truncate, drop, split, refuse
            bad_records: 2              | bad_records is 2.0, must be    | @/r.yaml line 5 | Change
            filters: [{name: judge_score}] | the filter needs a judge     | filter judge_score | --judge openai
            filters: [{name: words, min_response: 500}] | every example is dropped | @/good.jsonl | Loosen the recipe's filters: words
            """)
    void train_recipeThatCannotBeUsed_isRefused(String more, String what, String where, String mend)
            throws IOException {
        write("r.yaml", GOOD + more.replace('~', '\n') + "\n");
        refuses(what, where, mend, "train", "@/r.yaml", "--out", "@/out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            max_length: 64~batch_size: 65536~micro_batch_size: 65536 | of main memory, and | recipe r | Lower micro_batch_size (now 65536
            max_length: 100000 | beyond the base model's context of 512 | recipe r, max_length | Lower max_length
            max_length: 4      | none of 4 examples can be trained on   | recipe r             | Raise max_length
            base: nowhere      | no such folder                         | @/nowhere            | Hugging Face
            base: good.jsonl   | no such folder                         | @/good.jsonl         | Hugging Face
            steps: 0           | steps is 0, must be at least 1         | @/r.yaml line 3      | Change
            """)
    void train_valueThatDoesNotFit_isRefused(String line, String what, String where, String mend) throws IOException {
        String key = line.substring(0, line.indexOf(':') + 1);
        String recipe = GOOD.lines()
                .map(l -> l.startsWith(key) ? line.replace('~', '\n') : l)
                .reduce("", (a, b) -> a + b + "\n");
        write("r.yaml", recipe);
        refuses(what, where, mend, "train", "@/r.yaml", "--out", "@/out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nope.jsonl | -                                                    | no such file          | @/nope.jsonl          | Check the path
            d.jsonl    | ``                                                   | holds no record       | @/d.jsonl             | Give a file with data
            d.jsonl    | {"prompt": "a", "completion": "b"}~{"prompt": "a",}  | malformed JSON        | @/d.jsonl line 2      | one whole JSON object a line
            d.json     | [{"instruction": "a", "output": "b"},~{"instruction": "a" "output": "b"}] | malformed JSON | @/d.json line 2 | Mend the JSON
            d.jsonl    | {"messages": [{"role": "usr", "content": "a"}]}      | messages[0]: unknown role 'usr' | @/d.jsonl line 1 | Did you mean 'user'?
            d.jsonl    | {"messages": [{"role": "user", "content": "a"}]}     | without an assistant turn | @/d.jsonl line 1  | Add the answer
            """)
    void train_dataThatCannotBeUsed_isRefused(String name, String text, String what, String where, String mend)
            throws IOException {
        if (!text.equals("-")) {
            write(name, text.replace('~', '\n'));
        }
        write("r.yaml", GOOD.replace("good.jsonl", name));
        refuses(what, where, mend, "train", "@/r.yaml", "--out", "@/out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tokenizer.json    | -                                 | no tokenizer.json              | model folder @/model | whole Hugging Face
            tokenizer.json    | {"version":                       | malformed JSON                 | @/model/tokenizer.json line 1 | Correct it
            config.json       | -                                 | no config.json                 | model folder @/model | whole Hugging Face
            config.json       | {"model_type":                    | not valid JSON                 | @/model/config.json line 1 | Correct the file
            config.json       | "hidden_size" : 128=>"hidden_size" : 64 | has shape [2560, 128], expected [2560, 64] | model folder @/model | match config.json
            config.json       | "llama"=>"bloom"                  | unknown model_type 'bloom'     | @/model/config.json  | Known:
            model.safetensors | -                                 | neither model.safetensors nor  | model folder @/model | safetensors weights
            model.safetensors | short                             | cut short                      | @/model/model.safetensors | get or write it again
            """)
    void everyCommand_modelFolderThatCannotBeUsed_isRefused(
            String file, String change, String what, String where, String mend) throws IOException {
        copyModel(folder.resolve("model"));
        Path target = folder.resolve("model").resolve(file);
        if (change.equals("-")) {
            Files.delete(target);
        } else if (change.equals("short")) {
            Files.write(target, Arrays.copyOf(Files.readAllBytes(target), 100_000));
        } else if (change.contains("=>")) {
            String[] parts = change.split("=>");
            Files.writeString(target, Files.readString(target).replace(parts[0], parts[1]));
        } else {
            Files.writeString(target, change);
        }
        String both = what.equals("cut short") ? "of the file" : what;
        refuses(both, where, mend, "train", "@/good.yaml", "--base", "@/model", "--out", "@/out");
        refuses(both, where, mend, "eval", "--model", "@/model", "--suites", "mmlu", "--out", "@/out");
        refuses(both, where, mend, "generate", "--model", "@/model", "hi");
        refuses(both, where, mend, "models", "inspect", "@/model");
    }

    @Test
    void train_templateOfAModelWithoutOne_isRefused() throws IOException {
        copyModel(folder.resolve("model"));
        Files.writeString(folder.resolve("model/tokenizer_config.json"), "{}");
        write("r.yaml", GOOD + "template: model\n");
        refuses(
                "has no chat template",
                "recipe r, template",
                "paper, chatml or alpaca",
                ("train @/r.yaml --base @/model --out @/out").split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            mmluu             | unknown suite 'mmluu'        | suites                | Did you mean 'mmlu'?
            @/nope.yaml       | no such file                 | @/nope.yaml           | Check the path
            @/empty.yaml      | the file is empty            | @/empty.yaml          | Write at least one key
            @/own.yaml        | field 'choices' is missing   | suite own, own.jsonl line 1 | Add it
            @/type.yaml       | unknown type 'multiple'      | @/type.yaml line 2    | Known: multiple_choice
            mmlu,mmlu         | suite mmlu is asked for twice | suites               | Name it once
            mmlu --limit 0    | a limit of 0 items           | suite options, limit  | Take 1 or more
            mmlu --shots 9    | 9 shots                      | suite mmlu            | 0 to 5
            mmlu --shots=-1   | -1 shots                     | suite options, shots  | 0 or more
            hellaswag --shots 2 | no few-shot examples       | suite hellaswag       | Leave the shots out
            mt_bench --judge openai | TUNEBENCH_JUDGE_MODEL is not set | judge openai | Set TUNEBENCH_JUDGE_BASE_URL
            mt_bench --judge @/nowhere | no such folder       | @/nowhere             | Hugging Face
            mt_bench --judge @/nowhere.jsonl | cannot be read | @/nowhere.jsonl       | Check the path
            mt_bench --judge @/good.jsonl | neither a judgment of FastChat's | @/good.jsonl line 1 | Correct the line
            mmlu --against @/filled | none of the suites has open answers | suites    | judged suite
            mt_bench --against @/filled | has no run.json     | @/filled              | train, eval or compare
            mmlu --data @/letter --shots 0  | answer 'E' is not a letter A–D | anatomy_test.csv line 2 | the answer as a letter
            mmlu --data @/columns --shots 0 | 5 columns, expected 6 | anatomy_test.csv line 1 | Quote commas
            mmlu --data @/quotes --shots 0  | malformed CSV: (startline | anatomy_test.csv line 1 | Close the quotes
            mmlu --data @/nope | no such folder               | @/nope                | suite's own folder
            hellaswag --data @/empty | the file is empty      | suite hellaswag, empty | Fetch
            hellaswag --data @/broken.jsonl | malformed JSON: Unexpected end-of-input: expected close marker for Object | broken.jsonl line 1 | one JSON object
            truthfulqa_mc --data @/broken.json | malformed JSON | broken.json line 2 | mc_task.json
            """)
    void eval_suiteThatCannotBeAsked_isRefused(String suites, String what, String where, String mend)
            throws IOException {
        write("empty.yaml", "");
        write("own.yaml", "name: own\ntype: multiple_choice\ndata: own.jsonl\n");
        write("own.jsonl", "{\"prompt\": \"a\"}\n");
        write("type.yaml", "name: own\ntype: multiple\ndata: own.jsonl\n");
        write("letter/test/anatomy_test.csv", "Q,a,b,c,d,A\nQ,a,b,c,d,E\n");
        write("columns/test/anatomy_test.csv", "Q,a,b,c,A\n");
        write("quotes/test/anatomy_test.csv", "\"Q,a,b,c,d,A\n");
        write("broken.jsonl", "{\"ind\": 1\n");
        write("broken.json", "[{\"question\": \"a\",\n");
        refuses(what, where, mend, ("eval --model embedded --out @/out --suites " + suites).split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            recipe: [good.yaml]                   | name at least one recipe   | @/e.yaml line 1   | Change
            recipes: [good.yaml]~seeds: [1, 1]    | seeds: one stands there twice | @/e.yaml line 4 | Change
            recipes: [good.yaml, same.yaml]       | two runs are called good   | @/e.yaml          | its own name
            recipes: [nope.yaml]                  | no such file               | @/nope.yaml       | Check the path
            recipes: [good.yaml, nodata.yaml]     | no such file               | @/nope.jsonl      | data entry
            recipes: [good.yaml, targets.yaml]    | 'c_attn' matches nothing | recipe targets, lora.targets | Name one of
            recipes: [good.yaml, judged.yaml]     | recipe judged, filter judge_score, asks a judge | @/e.yaml | judge: openai
            recipes: [judged.yaml]~judge: reference | 'reference' cannot be asked | @/e.yaml, judge | Name openai
            recipes: [judged.yaml]~judge: nope.jsonl | cannot be read           | @/nope.jsonl      | Check the path
            recipes: [judged.yaml]~judge: good.jsonl | key, judge and text must be there | @/good.jsonl line 1 | Correct the line
            recipes: [judged.yaml]~judge: ratings.jsonl | no rating is recorded of @/good.jsonl line 1 | @/ratings.jsonl | Name a judge that can be asked
            recipes: [good.yaml]~sheets: {raters: 0} | raters is 0            | @/e.yaml line 4   | Change
            recipes: [good.yaml]~sheets: {doubled: 2}           | doubled is 2.0          | @/e.yaml line 4   | Change
            recipes: [good.yaml]~sheets: {formats: [xlss]}      | unknown formats item 'xlss' | @/e.yaml line 4 | Did you mean 'xlsx'?
            recipes: [good.yaml]~sheets: {prompts: nope.jsonl} | no such file | @/nope.jsonl      | prompts
            """)
    void compare_experimentThatCannotBeRun_isRefusedBeforeAnythingIsWritten(
            String more, String what, String where, String mend) throws IOException {
        write("same.yaml", GOOD + "name: good\n");
        write("nodata.yaml", GOOD.replace("good.jsonl", "nope.jsonl"));
        write("judged.yaml", GOOD + "filters: [{name: judge_score}]\n");
        write("ratings.jsonl", "{\"key\": \"another\", \"judge\": \"j\", \"text\": \"5\"}\n");
        write("targets.yaml", GOOD + "method: lora\nlora: {targets: [c_attn]}\n");
        write("e.yaml", "base: embedded\nsuites: {mmlu: {limit: 1, shots: 0}}\n" + more.replace('~', '\n') + "\n");
        refuses(what, where, mend, "compare", "@/e.yaml", "--out", "@/out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            suites: {mmluu: {}}          | unknown suite 'mmluu' | suites          | Did you mean 'mmlu'?
            suites: {mmlu: {limit: 0}}   | limit is 0            | @/e.yaml line 3 | Change
            suites: {mmlu: {shot: 1}}    | unknown key 'shot'    | @/e.yaml line 3 | Did you mean 'shots'?
            suites: {mmlu: {shots: 9}}   | 9 shots               | suite mmlu      | 0 to 5
            suites: {mmlu: {pairwise: base}} | the suite has no open answers | @/e.yaml, suite mmlu, pairwise | Leave pairwise out
            suites: {mt_bench: {pairwise: bad}} | unknown run 'bad' | @/e.yaml, suite mt_bench, pairwise | Known: base, good
            base: nowhere                | name at least one suite | @/e.yaml line 1 | Change
            """)
    void compare_suitesThatCannotBeAsked_areRefused(String more, String what, String where, String mend)
            throws IOException {
        String base = more.startsWith("base") ? "" : "base: embedded\n";
        write("e.yaml", base + "recipes: [good.yaml]\n" + more + "\n");
        refuses(what, where, mend, "compare", "@/e.yaml", "--out", "@/out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            trian @/good.yaml                     | unknown command 'trian'   | tunebench | Did you mean 'train'?
            sheets exprt                          | unknown command 'exprt'   | tunebench sheets | Did you mean 'export'?
            sheets                                | Missing required subcommand | tunebench sheets | --help
            models                                | Missing required subcommand | tunebench models | --help
            models inspect embedded --length 513  | --length is 513           | command line | from 1 to the context, 512
            models inspect embedded --batch 0     | --batch is 0              | command line | at least 1
            models merge @/empty --out @/out      | no such folder            | @/empty   | Hugging Face
            models merge embedded --out @/out     | holds a whole model       | embedded  | adapter_config.json
            models merge @/filled                 | --out                     | tunebench models merge | --help
            models merge @/filled --out @/out --dtype int8 | unknown dtype 'int8' | --dtype | float32, bfloat16
            train @/good.yaml                     | --out                     | tunebench train | --help
            train @/good.yaml --out @/out --devise cpu | unknown option '--devise' | tunebench train | Did you mean '--device'?
            train @/good.yaml --out @/out --runner lop | unknown runner 'lop' | --runner | Did you mean 'loop'? Known: auto, host, loop, ort-training
            train @/good.yaml --out @/out --device gpu | unknown device 'gpu' | --device  | auto, cpu, cuda
            train @/nope.yaml --out @/out         | no such file              | @/nope.yaml | Check the path
            train @/empty --out @/out             | the file is empty         | @/empty   | Write at least one key
            train @ --out @/out                   | cannot be read            | @         | Check the path
            eval --model embedded --suites mmlu   | --out                     | tunebench eval | --help
            eval --model embedded --suites mmlu --out @/out --limit x | 'x' is not an int | tunebench eval | --help
            eval --suites mmlu --out @/out        | neither --model nor --responses | tunebench eval | Name a model
            eval --model embedded --responses @/good.jsonl --suites mmlu --out @/out | --model together with --responses | tunebench eval | Leave one
            eval --responses @/good.jsonl --suites mmlu --out @/out | field 'id' is missing | good.jsonl line 1 | Add it
            eval --responses @/answers.jsonl --suites mmlu --out @/out | scored by log-likelihoods | @/answers.jsonl | --model
            eval --responses @/answers.jsonl --suites mt_bench --out @/out | id 'no such' is none of suite mt_bench's | answers.jsonl line 1 | Use the ids
            eval --responses @/nope.jsonl --suites mt_bench --out @/out | no such file | nope.jsonl | Name
            eval --model embedded --suites humaneval --out @/out | no data is bundled | suite humaneval | HumanEval.jsonl.gz of openai/human-eval
            eval --model embedded --suites mmlu --samples 3 --temperature 1 --out @/out | options for programs | suite mmlu | ask for the suites apart
            eval --model embedded --suites humaneval --samples 3 --out @/out | 3 samples at temperature 0 | suite options, samples | Give a temperature
            eval --model embedded --suites humaneval --k 0 --out @/out | k [0]    | suite options, k | Take 1
            compare @/good.yaml --out @/out --jobs 0 | 0 jobs                 | --jobs    | 1 to 64
            generate --model embedded --max-new-tokens 0 hi | --max-new-tokens is 0 | command line | at least 1
            generate --model embedded --temperature=-1 hi   | --temperature is -1.0 | command line | at least 0
            generate --model embedded --top-p 2 hi          | --top-p is 2.0  | command line | at most 1
            generate --model embedded             | PROMPT                    | tunebench generate | --help
            generate --model embedded --temperature 1 --top-k 0 hi | --top-k is 0 | command line | at least 1
            generate --model embedded --repetition-penalty 0 hi | --repetition-penalty is 0.0 | command line | greater than 0
            generate --model embedded --repetition-penalty=-2 hi | --repetition-penalty is -2.0 | command line | greater than 0
            generate --model embedded --temperature NaN hi  | --temperature is NaN | command line | at least 0
            generate --model embedded --top-k 5 hi          | --top-k has no effect | command line | --temperature
            generate --model embedded --top-p 0.9 hi        | --top-p has no effect | command line | --temperature
            generate --model embedded --stop= hi            | --stop is empty | command line | Give the text
            generate --model embedded --max-new-tokens x hi | 'x' is not an int | tunebench generate | --help
            report --out @/out                    | RUN_DIR                   | tunebench report | --help
            report @/filled --out @/out           | has no run.json           | @/filled  | train, eval or compare
            report @/nowhere --out @/out          | no such folder            | @/nowhere | folder of a run
            sheets export --model embedded --out @/out --max-new-tokens 0 | --max-new-tokens is 0 | command line | at least 1
            sheets export --model embedded --out @/out --raters 0 | raters is 0  | rater sheets | from 1 to 1000
            sheets export --model embedded --out @/out --prompts @/empty | no prompt | @/empty | one JSON object a line
            sheets export --model embedded --out @/out --prompts @/good.jsonl | id 'null' | @/good.jsonl line 1 | Write {"id"
            sheets import @/nope.csv --key @/nope.json --out @/out | no such file | @/nope.json | sheets export wrote
            sheets export --model embedded --out @/out --formats xlss | unknown sheet format 'xlss' | --formats | Did you mean 'xlsx'?
            sheets export --model embedded --out @/out --doubled 2 | doubled is 2.0 | rater sheets | a share from 0 to 1
            sheets export --model embedded --out @/out --gold @/empty | no gold item | @/empty | one JSON object a line
            sheets export --out @/out | no model | command line | --model
            sheets export --run @/out --out @/out | --run goes with --suite | command line | Name the suite
            sheets agree @/nope.json | no such file | @/nope.json | sheets import wrote
            sheets agree @/good.jsonl | not a ratings.json | @/good.jsonl | Import the sheets again
            """)
    void everyCommand_wrongArguments_areRefused(String line, String what, String where, String mend) {
        refuses(what, where, mend, line.split(" "));
    }

    @Test
    void generate_promptsThatCannotBeContinued_areRefused() {
        refuses("the prompt is empty", "command line", "at least one", "generate", "--model", "embedded", "");
        refuses(
                "a prompt of",
                "model base",
                "the context is 512",
                "generate",
                "--model",
                "embedded",
                "one two three four five ".repeat(200));
    }

    @Test
    void train_runnerThatThisBuildHasNot_isRefusedWithTheProfile() {
        assumeFalse(NativeLibrary.canTrain(), "this is the training build of ONNX Runtime");
        refuses(
                "this build has the stock ONNX Runtime",
                "--runner ort-training",
                "TUNEBENCH_PROFILE=training-natives",
                "train",
                "@/good.yaml",
                "--out",
                "@/out",
                "--runner",
                "ort-training");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            train @/good.yaml --out @/filled
            eval --model embedded --suites mmlu --limit 1 --shots 0 --out @/filled
            compare @/e.yaml --out @/filled
            quickstart --out @/filled
            sheets export --model embedded --out @/filled
            """)
    void everyCommand_outputFolderOfSomethingElse_isLeftAsItIs(String line) throws IOException {
        write("e.yaml", "base: embedded\nrecipes: [good.yaml]\nsuites: {mmlu: {limit: 1, shots: 0}}\n");
        refuses("", "@/filled", "Name", line.split(" "));
    }

    @Test
    void sheetsImport_keyOfOtherSheets_isRefused() {
        String export = "sheets export --model embedded --max-new-tokens 1 --raters 1 --formats csv --out ";
        assertThat(run((export + "@/a").split(" ")).code()).isZero();
        assertThat(run((export + "@/b --seed 7").split(" ")).code()).isZero();
        refuses(
                "the sheet belongs to another key: its ids begin with",
                "@/a/rater-1/rater-1.csv, key @/b-key.json",
                "Give the key that was written with this sheet",
                "sheets import @/a --key @/b-key.json --out @/out".split(" "));
        refuses("there is something already", "@/a-key.json", "Name other places", (export + "@/a").split(" "));
    }

    @Test
    void train_doneThenAskedAgain_refusesOrLeavesItAsItIs() throws IOException {
        String[] train = {"train", "@/good.yaml", "--out", "@/run"};
        Ended first = run(train);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo(folder.resolve("run/checkpoint") + System.lineSeparator());
        assertThat(first.err()).contains("2/2 loss");

        refuses("already holds the run 'good'", "@/run", "--resume", train);
        List<String> before = files();
        Ended again = run("--quiet", "train", "@/good.yaml", "--out", "@/run", "--resume");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(files()).isEqualTo(before);
        refuses("none of the runs has results", "@/run", "tunebench eval", "report", "@/run", "--out", "@/out");
    }

    @Test
    void train_resumedWithSomethingChanged_saysWhat() throws IOException {
        assertThat(run("train", "@/good.yaml", "--out", "@/run").code()).isZero();
        String[] resume = {"train", "@/good.yaml", "--out", "@/run", "--resume"};
        write("good.yaml", GOOD.replace("steps: 2", "steps: 3") + "optimizer: {eps: 1.0e-6}\n");
        refuses("optimizer.eps was 1.0E-8, is 1.0E-6; steps was 2, is 3", "@/run/recipe.yaml", "Resume with", resume);
        write("good.yaml", GOOD);
        write("good.jsonl", TURNS.repeat(5));
        refuses("data file @/good.jsonl, SHA-256 was ", "@/run/run.json", "Resume with", resume);
        write("good.jsonl", TURNS.repeat(4));
        assertThat(run(resume).code()).isZero();
    }

    @Test
    void eval_resumedWithSomethingChanged_saysWhat() throws IOException {
        String eval = "eval --model embedded --suites mmlu_cloze --shots 0 --out @/run --limit ";
        assertThat(run((eval + 1).split(" ")).code()).isZero();
        refuses(
                "limit was 1, is 2",
                "@/run/results.json, suite mmlu_cloze",
                "Resume with everything as it was",
                (eval + "2 --resume").split(" "));
        assertThat(run((eval + "1 --resume").split(" ")).code()).isZero();
        refuses(
                "the run has no answers to mt_bench",
                "@/run",
                "eval --suites mt_bench",
                "eval --model embedded --suites mt_bench --out @/out --against @/run".split(" "));
    }

    @Test
    void compare_resumedWithSomethingChanged_saysWhatEvenWhereTheRunIsDone() throws IOException {
        String experiment = "base: embedded\nrecipes: [good.yaml]\nsuites: {mmlu_cloze: {limit: 1, shots: 0}}\n";
        write("e.yaml", experiment);
        assertThat(run("compare", "@/e.yaml", "--out", "@/run").code()).isZero();
        String[] resume = {"compare", "@/e.yaml", "--out", "@/run", "--resume"};
        write("e.yaml", experiment.replace("limit: 1", "limit: 2"));
        refuses("suites.mmlu_cloze.limit was 1, is 2", "@/run/experiment.yaml", "Resume with the experiment", resume);
        write("e.yaml", experiment + "# only a comment\n");
        write("good.yaml", GOOD.replace("steps: 2", "steps: 3"));
        refuses("steps was 2, is 3", "@/run/runs/good/recipe.yaml", "Resume with", resume);
    }

    @Test
    void train_folderThatAnotherProcessWritesInto_isRefused() {
        assertThat(run("train", "@/good.yaml", "--out", "@/run").code()).isZero();
        try (FolderLock lock = FolderLock.of(folder.resolve("out"))) {
            refuses(
                    "is writing into this folder",
                    "@/out",
                    "Wait until it has ended",
                    ("train @/good.yaml --out @/out").split(" "));
        }
    }

    @Test
    void train_lossThatTurnsNonFinite_endsWithOneAndNamesTheStep() throws IOException {
        write("wild.yaml", GOOD.replace("steps: 2", "steps: 40") + """
                schedule: {type: constant, warmup_steps: 0}
                optimizer: {learning_rate: 10, weight_decay: 10}
                """);
        for (String resume : List.of("--quiet", "--resume")) {
            Ended ended = run("train", "@/wild.yaml", "--out", "@/run", resume);
            assertThat(ended.code()).as(ended.err()).isEqualTo(1);
            assertThat(ended.err())
                    .containsPattern("failed: step \\d+: loss NaN")
                    .doesNotContain("\tat ");
            RunFolder run = RunFolder.open(folder.resolve("run"));
            assertThat(run.readRecord().status()).isEqualTo(RunRecord.Status.FAILED);
            assertThat(run.readSteps()).isNotEmpty();
            assertThat(Files.readString(run.stepsFile())).doesNotContain("NaN");
            assertThat(run.checkpoint().resolve("model.safetensors")).exists();
        }
        assertThat(run("models", "inspect", "@/run/checkpoint").code()).isZero();
    }

    /** Runs a command line; checks the message's three parts and that no file has come, gone or changed. */
    private void refuses(String what, String where, String mend, String... arguments) {
        List<String> before = files();
        Ended ended = run(arguments);
        String shown = String.join(" ", arguments) + "\n" + ended.err();
        assertThat(ended.code()).as(shown).isEqualTo(2);
        List<String> lines =
                ended.err().lines().dropWhile(l -> !l.startsWith("tunebench: ")).toList();
        assertThat(lines).as(shown).hasSize(3);
        assertThat(lines.get(0)).contains(at(what));
        assertThat(lines.get(1)).startsWith("  where: ").contains(at(where));
        assertThat(lines.get(2)).startsWith("  to mend: ").contains(mend);
        assertThat(ended.out()).isEmpty();
        assertThat(files()).as(shown).isEqualTo(before);
    }

    private Ended run(String... arguments) {
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(Arrays.stream(arguments).map(this::at).toArray(String[]::new));
            return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
        }
    }

    private String at(String text) {
        return text.replace("@", folder.toString());
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void copyModel(Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(EmbeddedData.open().baseModel())) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    /** Every file with its size and time. */
    private List<String> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted()
                    .map(f -> f + " " + f.toFile().length() + " " + f.toFile().lastModified())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
