package org.tunebench.benchmarks.tokens;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Json;

/**
 * The files of the embedded model folder that do not depend on its weights: a Llama of about 1.2 million parameters, its
 * tokenizer without beginning-of-sequence token and without chat template.
 */
public final class BaseModelFiles {
    private static final int POSITIONS = 512;

    private BaseModelFiles() {}

    /** Every file, by name. */
    public static Map<String, String> of(BytePairEncoding encoding) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("tokenizer.json", json(encoding.tokenizerJson()));
        files.put("tokenizer_config.json", json(tokenizerConfig()));
        files.put("config.json", json(config(encoding)));
        files.put("generation_config.json", json(generationConfig(encoding)));
        return files;
    }

    private static Map<String, Object> tokenizerConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("add_bos_token", false);
        config.put("add_eos_token", false);
        config.put("bos_token", null);
        config.put("eos_token", BytePairEncoding.END_OF_TEXT);
        config.put("pad_token", BytePairEncoding.END_OF_TEXT);
        config.put("unk_token", null);
        config.put("clean_up_tokenization_spaces", false);
        config.put("model_max_length", POSITIONS);
        return config;
    }

    private static Map<String, Object> config(BytePairEncoding encoding) {
        int end = encoding.specialId(BytePairEncoding.END_OF_TEXT);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("model_type", "llama");
        config.put("vocab_size", encoding.size());
        config.put("hidden_size", 128);
        config.put("num_hidden_layers", 4);
        config.put("num_attention_heads", 4);
        config.put("num_key_value_heads", 4);
        config.put("head_dim", 32);
        config.put("intermediate_size", 384);
        config.put("hidden_act", "silu");
        config.put("attention_bias", false);
        config.put("mlp_bias", false);
        config.put("rms_norm_eps", 1e-5);
        config.put("rope_theta", 10000.0);
        config.put("max_position_embeddings", POSITIONS);
        config.put("tie_word_embeddings", true);
        config.put("initializer_range", 0.02);
        config.put("bos_token_id", null);
        config.put("eos_token_id", end);
        config.put("pad_token_id", end);
        config.put("torch_dtype", "float32");
        return config;
    }

    private static Map<String, Object> generationConfig(BytePairEncoding encoding) {
        int end = encoding.specialId(BytePairEncoding.END_OF_TEXT);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("do_sample", false);
        config.put("eos_token_id", end);
        config.put("pad_token_id", end);
        return config;
    }

    private static String json(Object value) {
        return Json.text(value, true) + "\n";
    }
}
