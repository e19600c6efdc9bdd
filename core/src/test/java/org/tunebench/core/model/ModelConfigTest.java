package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;

class ModelConfigTest {
    private static final String SMALLEST = """
            {"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
             "intermediate_size": 96, "vocab_size": 100, "rms_norm_eps": 1e-6, "max_position_embeddings": 128}
            """;

    @TempDir
    Path folder;

    @Test
    void read_keysLeftOut_haveTransformersDefaults() throws IOException {
        ModelConfig config = read("{}");

        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.headSize()).isEqualTo(16);
        assertThat(decoder("{}").rope()).isEqualTo(new Rope(10_000, new Rope.Scaling.None()));
        assertThat(config.tiedEmbeddings()).isFalse();
        assertThat(config.eosIds()).isEmpty();
    }

    @Test
    void read_severalEosIds_areAllThere() throws IOException {
        assertThat(read("{\"eos_token_id\": [7, 9]}").eosIds()).containsExactly(7, 9);
    }

    @Test
    void read_harmlessKeys_areIgnored() throws IOException {
        ModelConfig config = read(
                "{\"torch_dtype\": \"bfloat16\", \"_name_or_path\": \"x\", \"rope_interleaved\": false, \"pretraining_tp\": 1}");

        assertThat(config).isEqualTo(read("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model_type\": \"lama\"}                          | Did you mean 'llama'?",
                "{\"hidden_act\": \"gelu\"}                          | hidden_act is \"gelu\"",
                "{\"pretraining_tp\": 2}                             | pretraining_tp is 2",
                "{\"sliding_window\": 64}                            | unsupported key sliding_window",
                "{\"quantization_config\": {\"bits\": 4}}            | unsupported key quantization_config",
                "{\"rope_scaling\": {\"type\": \"yarn\"}}            | Did you mean",
                "{\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"x\": 1}} | unsupported key x",
                "{\"rope_scaling\": {\"type\": \"linear\"}}          | key factor missing",
                "{\"hidden_size\": \"64\"}                           | key hidden_size is \"64\", expected a whole number",
                "{\"hidden_size\": 0}                                | key hidden_size is 0",
                "{\"hidden_size\": null}                             | key hidden_size is null",
                "{\"num_hidden_layers\": 3000000000}                 | key num_hidden_layers is 3000000000",
                "{\"num_hidden_layers\": 5000}                       | 5000 layers, expected at most 1000",
                "{\"num_key_value_heads\": 3}                        | 4 heads over 3 key-value heads",
                "{\"rms_norm_eps\": -1}                              | key rms_norm_eps is -1",
                "{\"tie_word_embeddings\": \"yes\"}                  | key tie_word_embeddings is \"yes\"",
                "{\"eos_token_id\": \"</s>\"}                        | key eos_token_id is \"</s>\"",
            })
    void read_valueThatCannotBeHonoured_isRefusedByName(String change, String message) {
        assertThatThrownBy(() -> read(change))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(message);
    }

    @Test
    void read_severalThingsUnsupported_namesThemAll() {
        String change = "{\"sliding_window\": 64, \"pretraining_tp\": 2, \"quantization_config\": {\"bits\": 4},"
                + " \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"x\": 1, \"partial_rotary_factor\": 0.5}}";

        assertThatThrownBy(() -> read(change))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(
                        "unsupported key sliding_window;",
                        "pretraining_tp is 2;",
                        "unsupported key quantization_config",
                        "unsupported key x in rope_scaling",
                        "partial_rotary_factor is 0.5 in rope_scaling");
    }

    @Test
    void read_malformedJson_saysTheLine() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "{\n\"model_type\": \"llama\",\n}");

        assertThatThrownBy(() -> Families.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json line 3");
    }

    @Test
    void inverseFrequencies_linearScaling_areDividedByTheFactor() {
        double[] plain = new Rope(10_000, new Rope.Scaling.None()).inverseFrequencies(8);
        double[] scaled = new Rope(10_000, new Rope.Scaling.Linear(4)).inverseFrequencies(8);

        assertThat(plain).containsExactly(new double[] {1, 0.1, 0.01, 0.001}, within(1e-15));
        assertThat(scaled).containsExactly(new double[] {0.25, 0.025, 0.0025, 0.00025}, within(1e-15));
    }

    private ModelConfig read(String change) throws IOException {
        return decoder(change).config();
    }

    private Decoder decoder(String change) throws IOException {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(SMALLEST);
        json.setAll((ObjectNode) Json.MAPPER.readTree(change));
        return (Decoder) Families.read(Files.writeString(folder.resolve("config.json"), json.toString()));
    }
}
