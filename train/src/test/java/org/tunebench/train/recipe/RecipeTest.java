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
import org.tunebench.train.data.DataFormat;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.ExactDuplicates;
import org.tunebench.train.data.ResponseCopiesInstruction;
import org.tunebench.train.data.WordCount;

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
              - name: exact_duplicates
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
        assertThat(recipe.lora()).isEqualTo(new LoraSettings(4, 8.0, 0.1, List.of("q_proj", "*.v_proj"), true, false));
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

        assertThat(recipe.data().get(0).templates().texts()).containsExactly("Q: {q}", "{q}?");
    }

    @Test
    void withSeed_recipe_changesNothingElse() {
        Recipe recipe = parse(FULL);

        assertThat(recipe.withSeed(9).withSeed(7)).isEqualTo(recipe);
        assertThat(recipe.withSeed(9).mixture().seed()).isEqualTo(9);
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
                    filters: [{name: words, min_resp: 1}]    | line 2 | unknown key 'min_resp' | min_response
                    filters: [{name: words, min_response: 9, max_response: 8}] | line 2 | max_response is 8 | Change
                    precision: bf16                          | line 2 | unknown precision 'bf16' | fp32
                    name: a/b                                | line 2 | name 'a/b' holds a slash | Change
                    """)
    void parse_badKey_saysLineRangeAndNearest(String yaml, String line, String what, String mend) {
        assertThatThrownBy(() -> parse("data: [{path: a}]\n" + yaml.replace('~', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe.yaml " + line)
                .hasMessageContaining(what)
                .hasMessageContaining(mend);
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
