package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;

/** What each family reads of config.json, what it refuses, and the names of its parameters. */
class FamilyConfigsTest {
    private static final String NUMBERS = """
            "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
            "intermediate_size": 96, "vocab_size": 100, "rms_norm_eps": 1e-6, "max_position_embeddings": 128}
            """;
    private static final Map<String, String> SMALLEST = Map.of(
            "llama", "{\"model_type\": \"llama\", " + NUMBERS,
            "mistral", "{\"model_type\": \"mistral\", \"sliding_window\": null, " + NUMBERS,
            "qwen2", "{\"model_type\": \"qwen2\", " + NUMBERS,
            "qwen3", "{\"model_type\": \"qwen3\", \"head_dim\": 32, " + NUMBERS,
            "phi3", "{\"model_type\": \"phi3\", " + NUMBERS,
            "gemma2", """
                    {"model_type": "gemma2", "head_dim": 32, "query_pre_attn_scalar": 32, "sliding_window": 128,
                     "attn_logit_softcapping": 50.0, "final_logit_softcapping": null,
                    """ + NUMBERS,
            "gpt2", """
                    {"model_type": "gpt2", "n_embd": 64, "n_layer": 2, "n_head": 4, "n_positions": 128, "vocab_size": 100,
                     "layer_norm_epsilon": 1e-5, "activation_function": "gelu_new"}
                    """);

    /** Keys as the hub's own folders have them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "llama   | {\"rope_scaling\": {\"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                        + " \"original_max_position_embeddings\": 64, \"rope_type\": \"llama3\"}, \"mlp_bias\": false}",
                "llama   | {\"is_llama_config\": true, \"rope_interleaved\": false, \"pretraining_tp\": 1,"
                        + " \"transformers.js_config\": {\"dtype\": \"q4\"}, \"attention_dropout\": 0.0}",
                "mistral | {\"sliding_window\": 128, \"hidden_act\": \"silu\", \"attention_dropout\": 0.0}",
                "qwen2   | {\"use_sliding_window\": false, \"sliding_window\": 32, \"max_window_layers\": 1}",
                "qwen2   | {\"use_sliding_window\": true, \"sliding_window\": 128, \"use_mrope\": false}",
                "qwen3   | {\"layer_types\": [\"full_attention\", \"full_attention\"], \"attention_bias\": false}",
                "gpt2    | {\"attn_pdrop\": 0.1, \"embd_pdrop\": 0.1, \"resid_pdrop\": 0.1, \"n_ctx\": 128, \"n_inner\": null,"
                        + " \"summary_type\": \"cls_index\", \"task_specific_params\": {\"text-generation\": {\"max_length\": 50}}}",
                "gpt2    | {\"n_special\": 0, \"predict_special_tokens\": true, \"output_past\": true, \"id2label\": {\"0\": \"x\"}}",
                "gemma2  | {\"cache_implementation\": \"hybrid\", \"hidden_act\": \"gelu_pytorch_tanh\"}",
                "phi3    | {\"sliding_window\": null, \"auto_map\": {\"AutoConfig\": \"x\"}, \"resid_pdrop\": 0.0,"
                        + " \"original_max_position_embeddings\": 128, \"attention_bias\": false}",
            })
    void parse_keysThatChangeNothing_areAccepted(String family, String change) {
        assertThatCode(() -> parse(family, change)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "llama   | {\"model_type\": \"bert\"}                   | Known: llama, mistral, qwen2, qwen3, gpt2, gemma2, phi3",
                "llama   | {\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0}} | unknown rope_type 'yarn'",
                "mistral | {\"sliding_window\": 127}                    | sliding_window is 127, shorter than max_position_embeddings",
                "mistral | {\"num_key_value_heads\": \"\"}              | key num_key_value_heads",
                "mistral | {\"attention_bias\": true}                   | unsupported key attention_bias",
                "qwen2   | {\"use_sliding_window\": true, \"sliding_window\": 64} | sliding_window is 64",
                "qwen2   | {\"layer_types\": [\"linear_attention\"]}    | layer_types has linear_attention",
                "qwen2   | {\"use_mrope\": true}                        | use_mrope is true",
                "qwen3   | {\"quantization_config\": {\"bits\": 4}}     | unsupported key quantization_config",
                "qwen3   | {\"hidden_act\": \"gelu\"}                   | hidden_act is \"gelu\"",
                "gpt2    | {\"scale_attn_by_inverse_layer_idx\": true}  | scale_attn_by_inverse_layer_idx is true",
                "gpt2    | {\"reorder_and_upcast_attn\": true}          | reorder_and_upcast_attn is true",
                "gpt2    | {\"add_cross_attention\": true}              | add_cross_attention is true",
                "gpt2    | {\"activation_function\": \"relu\"}          | unknown activation_function 'relu'",
                "gpt2    | {\"n_embd\": 66}                             | key n_embd is 66, expected a multiple of n_head, 4",
                "gpt2    | {\"rope_theta\": 10000.0}                    | unsupported key rope_theta",
                "gemma2  | {\"sliding_window\": 64}                     | sliding_window is 64",
                "gemma2  | {\"use_bidirectional_attention\": true}      | use_bidirectional_attention is true",
                "gemma2  | {\"attn_logit_softcapping\": 0}              | key attn_logit_softcapping is 0",
                "gemma2  | {\"hidden_activation\": \"gelu\"}            | hidden_activation is \"gelu\"",
                "phi3    | {\"sliding_window\": 47}                     | sliding_window is 47",
                "phi3    | {\"partial_rotary_factor\": 0.5}             | partial_rotary_factor is 0.5",
                "phi3    | {\"rope_scaling\": {\"type\": \"longrope\"}} | unknown rope_type 'longrope'",
            })
    void parse_valueThatCannotBeHonoured_isRefusedByName(String family, String change, String message) {
        assertThatThrownBy(() -> parse(family, change))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(message);
    }

    /** transformers takes a number of its own there, which only these keys in the file make visible. */
    @ParameterizedTest
    @CsvSource({
        "mistral, num_key_value_heads",
        "qwen2, num_key_value_heads",
        "qwen3, head_dim",
        "gemma2, query_pre_attn_scalar",
        "gemma2, final_logit_softcapping"
    })
    void parse_keyWhoseDefaultIsTheFamilysOwn_mustBeThere(String family, String key) throws IOException {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(SMALLEST.get(family));
        json.remove(key);

        assertThatThrownBy(() -> Families.parse(json.toString(), "config.json"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("key " + key + " missing");
    }

    @Test
    void parse_mistralWithoutAWordOnItsWindow_hasTransformersDefault() throws IOException {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(SMALLEST.get("mistral"));
        json.remove("sliding_window");
        assertThat(Families.parse(json.toString(), "config.json").config().contextLength())
                .isEqualTo(128);
        json.put("max_position_embeddings", 4097);
        assertThatThrownBy(() -> Families.parse(json.toString(), "config.json"))
                .hasMessageContaining("sliding_window is 4096")
                .hasMessageContaining("max_position_embeddings at most 4096");
    }

    @ParameterizedTest
    @CsvSource({
        "llama, false",
        "mistral, false",
        "qwen2, false",
        "qwen3, false",
        "phi3, false",
        "gpt2, true",
        "gemma2, true"
    })
    void parse_tiedEmbeddingsLeftOut_areTransformersDefault(String family, boolean tied) throws IOException {
        Architecture architecture = parse(family, "{}");

        assertThat(architecture.config().tiedEmbeddings()).isEqualTo(tied);
        assertThat(architecture.tensors().stream().anyMatch(t -> t.name().equals("lm_head.weight")))
                .isEqualTo(!tied);
    }

    @Test
    void linearModules_gpt2_areStoredInputFirst() throws IOException {
        Architecture architecture = parse("gpt2", "{}");

        assertThat(architecture.linearModules()).hasSize(8).allMatch(LinearModule::inputFirst);
        assertThat(architecture.tensors())
                .contains(
                        TensorSpec.of("transformer.h.1.attn.c_attn.weight", 64, 192),
                        TensorSpec.of("transformer.h.0.mlp.c_proj.weight", 256, 64),
                        TensorSpec.of("transformer.wpe.weight", 128, 64));
    }

    private static Architecture parse(String family, String change) throws IOException {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(SMALLEST.get(family));
        json.setAll((ObjectNode) Json.MAPPER.readTree(change));
        return Families.parse(json.toString(), "config.json");
    }
}
