package org.tunebench.train.recipe;

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
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.filter.ExactDuplicates;
import org.tunebench.train.data.filter.ResponseCopiesInstruction;
import org.tunebench.train.data.filter.WordCount;
import org.tunebench.train.data.format.DataFormat;

class RecipeTest {
    private static final String FULL = """
            name: everything
            base: ../models/tiny
            method: lora
            lora: {r: 4, alpha: 8, dropout: 0.1, targets: [q_proj, "*.v_proj"], rslora: true}
            data:
              - path: alpaca.json
                format: alpaca
                weight: 2
                limit: 100
                columns: {output: answer}
                templates: ["Say {instruction}", templates.yaml-is-a-text-here]
                system: Be brief.
              - {path: raw.txt, share: 0.2}
            filters:
              - {name: words, min_response: 1, max_response: 50}
              - name: response_copies_instruction
              - exact_duplicates
            template: chatml
            mask: last_turn
            max_length: 64
            packing: true
            optimizer: {name: adamw, learning_rate: 1e-3, beta2: 0.99, weight_decay: 0}
            schedule: {type: linear, warmup_steps: 5, min_ratio: 0.1}
            batch_tokens: 1024
            micro_batch_size: 4
            steps: 54
            precision: fp32
            seed: 7
            """;

    @TempDir
    Path folder;

    @Test
    void parse_everyKey_isTaken() {
        Recipe recipe = parse(FULL);

        assertThat(recipe.name()).isEqualTo("everything");
        assertThat(recipe.base())
                .isEqualTo(folder.getParent().resolve("models/tiny").toString());
        assertThat(recipe.lora())
                .isEqualTo(new LoraSettings(4, 8.0, 0.1, List.of("q_proj", "*.v_proj"), true, false, false));
        DataSource alpaca = recipe.data().get(0);
        assertThat(alpaca.path()).isEqualTo(folder.resolve("alpaca.json"));
        assertThat(alpaca.format()).isEqualTo(DataFormat.ALPACA);
        assertThat(alpaca.weight()).isEqualTo(2);
        assertThat(alpaca.templates()).isNotNull();
        assertThat(recipe.data().get(1).share()).isEqualTo(0.2);
        assertThat(recipe.filters())
                .containsExactly(
                        new WordCount(3, null, 1, 50), new ResponseCopiesInstruction(20), new ExactDuplicates());
        assertThat(recipe.optimizer().learningRate()).isEqualTo(1e-3);
        assertThat(recipe.optimizer().beta1()).isEqualTo(0.9);
        assertThat(recipe.schedule().warmupStepsOf(54)).isEqualTo(5);
        assertThat(recipe.batchSize()).isNull();
        assertThat(recipe.epochs()).isNull();
        assertThat(recipe.seed()).isEqualTo(7L);
    }

    @Test
    void read_fewKeys_takesThePapersDefaults() throws IOException {
        Path file = Files.writeString(folder.resolve("masked.yaml"), "data: [{path: a.jsonl}]\n");

        Recipe recipe = Recipe.read(file);

        assertThat(recipe.name()).isEqualTo("masked");
        assertThat(recipe.method()).isEqualTo(Recipe.Method.FULL);
        assertThat(recipe.lora()).isNull();
        assertThat(recipe.template()).isNull();
        assertThat(recipe.mask()).isEqualTo(Recipe.Mask.RESPONSE);
        assertThat(recipe.optimizer().learningRate()).isEqualTo(2e-5);
        assertThat(recipe.epochs()).isEqualTo(3);
        assertThat(recipe.batchSize()).isEqualTo(8);
        assertThat(recipe.schedule()).isEqualTo(ScheduleSettings.DEFAULT);
        assertThat(recipe.schedule().warmupStepsOf(101)).isEqualTo(4);
    }

    @Test
    void parse_loraWithoutLearningRate_takesTenTimesTheRate() {
        assertThat(parse("method: lora\ndata: [{path: a}]\n").optimizer().learningRate())
                .isEqualTo(2e-4);
        assertThat(parse("method: lora\ndata: [{path: a}]\noptimizer: {beta2: 0.9}\n")
                        .optimizer()
                        .learningRate())
                .isEqualTo(2e-4);
    }

    @Test
    void toYaml_anyRecipe_writesDefaultsAndReadsBackEqual() {
        for (String yaml : List.of(FULL, "data: [{path: a.jsonl}]\nbase: embedded\n")) {
            Recipe recipe = parse(yaml);

            String written = recipe.toYaml();

            assertThat(written).contains("eps: 1.0E-8").contains("min_ratio:").contains("micro_batch_size:");
            assertThat(Recipe.parse(written, Path.of("elsewhere/other.yaml"))).isEqualTo(recipe);
        }
    }

    @Test
    void parse_templatesInAFile_areReadFromBesideTheRecipe() throws IOException {
        Files.writeString(folder.resolve("phrasings.yaml"), "- \"Q: {q}\"\n- \"{q}?\"\n");

        Recipe recipe = parse("data:\n  - {path: a.jsonl, templates: phrasings.yaml}\n");

        assertThat(recipe.data().get(0).templates().toString()).isEqualTo("[Q: {q}, {q}?]");
    }

    @Test
    void withSeed_recipe_changesNothingElse() {
        Recipe recipe = parse(FULL);

        assertThat(recipe.withSeed(9).withSeed(7)).isEqualTo(recipe);
        assertThat(recipe.withSeed(9).dataMixture().seed()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    epohcs: 2                                | line 2 | unknown key 'epohcs' | 'epochs'
                    max_length: 1                            | line 2 | max_length is 1, must be at least 2 | Change
                    optimizer:~  beta1: 0.9~  beta2: 1       | line 4 | beta2 is 1.0, must be at least 0 and less than 1 | Change
                    optimizer: {learning_rate: 0}            | line 2 | learning_rate is 0.0, must be greater than 0 | Change
                    optimizer: {name: adam}                  | line 2 | unknown name 'adam' | adamw
                    schedule: {warmup_steps: 3, warmup_ratio: 0.1} | line 2 | exclude each other | Change
                    lora: {r: 8}                             | line 2 | lora is given, but method is full | Change
                    method: lora~lora: {dropout: 1}          | line 3 | dropout is 1.0, must be | Change
                    mask: respones                           | line 2 | unknown mask 'respones' | 'response'
                    batch_size: 8~batch_tokens: 4096         | line 2 | batch_size and batch_tokens exclude | Change
                    batch_tokens: 100                        | line 2 | batch_tokens is 100, must be at least 512 | Change
                    epochs: 1~steps: 3                       | line 2 | epochs and steps exclude each other | Change
                    steps: 0                                 | line 2 | steps is 0, must be at least 1 | Change
                    filters: [{name: wrods}]                 | line 2 | unknown filters item 'wrods' | words
                    filters: [words, wrods]                  | line 2 | unknown filters item 'wrods' | words
                    filters: [{name: words, min_resp: 1}]    | line 2 | unknown key 'min_resp' | min_response
                    filters: [{name: words, min_response: 9, max_response: 8}] | line 2 | max_response is 8 | Change
                    precision: bf61                          | line 2 | unknown precision 'bf61' | bf16
                    name: a/b                                | line 2 | name 'a/b' holds a slash | Change
                    """)
    void parse_badKey_saysLineRangeAndNearest(String yaml, String line, String what, String mend) {
        assertThatThrownBy(() -> parse("data: [{path: a}]\n" + yaml.replace('~', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe.yaml " + line)
                .hasMessageContaining(what)
                .hasMessageContaining(mend);
    }

    /** Both ends of every key that has a range. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    max_length                 | 1        | at least 2 and at most 1048576
                    max_length                 | 1048577  | at least 2 and at most 1048576
                    batch_size                 | 0        | at least 1 and at most 65536
                    batch_size                 | 65537    | at least 1 and at most 65536
                    batch_tokens               | 511      | at least 512
                    micro_batch_size           | 0        | at least 1 and at most 65536
                    micro_batch_size           | 65537    | at least 1 and at most 65536
                    epochs                     | 0        | at least 1 and at most 10000
                    epochs                     | 10001    | at least 1 and at most 10000
                    steps                      | 0        | at least 1 and at most 100000000
                    steps                      | 100000001 | at least 1 and at most 100000000
                    lora.r                     | 0        | at least 1 and at most 4096
                    lora.r                     | 4097     | at least 1 and at most 4096
                    lora.alpha                 | 0        | greater than 0 and at most 65536
                    lora.alpha                 | 65537    | greater than 0 and at most 65536
                    lora.dropout               | -0.1     | at least 0 and less than 1
                    lora.dropout               | 1        | at least 0 and less than 1
                    optimizer.learning_rate    | 0        | greater than 0 and at most 10
                    optimizer.learning_rate    | 10.5     | greater than 0 and at most 10
                    optimizer.beta1            | -0.1     | at least 0 and less than 1
                    optimizer.beta1            | 1        | at least 0 and less than 1
                    optimizer.beta2            | -0.1     | at least 0 and less than 1
                    optimizer.beta2            | 1        | at least 0 and less than 1
                    optimizer.eps              | 0        | greater than 0 and at most 1
                    optimizer.eps              | 2        | greater than 0 and at most 1
                    optimizer.weight_decay     | -1       | at least 0 and at most 10
                    optimizer.weight_decay     | 11       | at least 0 and at most 10
                    optimizer.max_grad_norm    | -1       | at least 0 and at most 1000000000
                    optimizer.max_grad_norm    | 2e9      | at least 0 and at most 1000000000
                    schedule.warmup_steps      | -1       | at least 0 and at most 100000000
                    schedule.warmup_steps      | 100000001 | at least 0 and at most 100000000
                    schedule.warmup_ratio      | -0.1     | at least 0 and at most 1
                    schedule.warmup_ratio      | 1.1      | at least 0 and at most 1
                    schedule.min_ratio         | -0.1     | at least 0 and at most 1
                    schedule.min_ratio         | 1.1      | at least 0 and at most 1
                    evaluation.share           | 0        | greater than 0 and less than 1
                    evaluation.share           | 1        | greater than 0 and less than 1
                    evaluation.eval_steps      | 0        | greater than 0 and at most 100000000
                    evaluation.eval_steps      | 1e9      | greater than 0 and at most 100000000
                    evaluation.early_stopping_patience  | 0    | at least 1 and at most 1000000
                    evaluation.early_stopping_threshold | -0.1 | at least 0 and at most 1000
                    data.weight                | 0        | greater than 0 and at most 1000
                    data.weight                | 1001     | greater than 0 and at most 1000
                    data.share                 | 0        | greater than 0 and less than 1
                    data.share                 | 1        | greater than 0 and less than 1
                    data.limit                 | 0        | at least 1
                    """)
    void parse_valueOutOfRange_namesKeyLineAndRange(String key, String value, String range) {
        String last = key.substring(key.indexOf('.') + 1);
        String own = last + ": " + value;
        String yaml = key.startsWith("data.")
                ? "data:\n- path: a\n- {path: b, " + own + "}\n"
                : "data: [{path: a}]\n"
                        + (key.startsWith("lora") ? "method: lora\n" : "")
                        + (key.equals(last) ? own : key.substring(0, key.indexOf('.')) + ":\n  " + own)
                        + (key.startsWith("evaluation.e") ? "\n  share: 0.1" : "");
        long line = yaml.substring(0, yaml.indexOf(own)).lines().count() + (yaml.contains("\n" + own) ? 1 : 0);
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe.yaml line " + line + ": " + last + " is ")
                .hasMessageContaining(", must be " + range + ". Change this value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    evaluation: {}                           | evaluation holds out nothing: give it share or data
                    evaluation: {share: 0.1, data: [{path: b}]} | share and data exclude each other
                    evaluation: {data: []}                   | data is an empty list
                    evaluation: {data: [{path: b, weight: 2}]} | an entry to evaluate on is taken once
                    evaluation: {data: [{path: b, share: 0.5}]} | an entry to evaluate on is taken once
                    evaluation: {share: 0.1, eval_steps: 2.5} | eval_steps is 2.5, must be a whole number of steps, or a part below 1
                    evaluation: {share: 0.1, patience: 2}    | Did you mean
                    """)
    void parse_badEvaluation_saysWhy(String yaml, String what) {
        assertThatThrownBy(() -> parse("data: [{path: a}]\n" + yaml))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe.yaml line 2")
                .hasMessageContaining(what);
    }

    @Test
    void evaluation_shareOfSteps_isRoundedUpAndPatienceKeepsTheBest() {
        EvaluationSettings settings = parse("data: [{path: a}]\nevaluation: {share: 0.1, early_stopping_patience: 2}\n")
                .evaluation();
        assertThat(settings.stepsBetween(95)).isEqualTo(10);
        assertThat(settings.stepsBetween(3)).isEqualTo(1);
        assertThat(settings.loadBestModelAtEnd()).isTrue();
        EvaluationSettings other = parse("data: [{path: a}]\nevaluation: {data: [{path: b}], eval_steps: 25}\n")
                .evaluation();
        assertThat(other.stepsBetween(95)).isEqualTo(25);
        assertThat(other.loadBestModelAtEnd()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    method: full                             | data is missing
                    data: []                                 | data is missing
                    data: [{format: alpaca}]                 | path is missing
                    data: [{path: a, share: 0.5}]            | one entry at least must have none
                    data: [{path: a}, {path: b, share: 1}]   | share is 1.0, must be greater than 0 and less than 1
                    data: [{path: a, share: 0.2, weight: 2}] | share and weight exclude each other
                    data: [{path: a, format: alpacca}]       | unknown format 'alpacca'
                    data: [{path: a, templates: ["{x"]}]     | stray '{'
                    data: [{path: a, templates: []}]         | templates is an empty list
                    data: [{path: a, templates: no.yaml}]    | no such file
                    """)
    void parse_badDataEntry_saysWhy(String yaml, String what) {
        assertThatThrownBy(() -> parse(yaml)).isInstanceOf(InputException.class).hasMessageContaining(what);
    }

    private Recipe parse(String yaml) {
        return Recipe.parse(yaml, folder.resolve("recipe.yaml"));
    }
}
