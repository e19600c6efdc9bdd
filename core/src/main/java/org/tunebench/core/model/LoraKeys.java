package org.tunebench.core.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.input.InputException;

/** adapter_config.json of PEFT, read strictly and written. */
final class LoraKeys {
    /** Settings at which PEFT adds nothing to plain LoRA; any other value is refused. */
    private static final Map<String, Object> PLAIN = Map.ofEntries(
            Map.entry("peft_type", "LORA"),
            Map.entry("task_type", "CAUSAL_LM"),
            Map.entry("use_bdlora", false),
            Map.entry("bias", "none"),
            Map.entry("use_qalora", false),
            Map.entry("lora_bias", false),
            Map.entry("alora_invocation_tokens", List.of()),
            Map.entry("modules_to_save", List.of()),
            Map.entry("layer_replication", List.of()),
            Map.entry("rank_pattern", Map.of()),
            Map.entry("alpha_pattern", Map.of()),
            Map.entry("trainable_token_indices", List.of()),
            Map.entry("target_parameters", List.of()));

    /** Settings that only say how an adapter came about. */
    private static final List<String> HISTORY = List.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "exclude_modules",
            "inference_mode",
            "layers_pattern",
            "layers_to_transform",
            "loftq_config",
            "lora_ga_config",
            "megatron_config",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision",
            "ensure_weight_tying");

    private LoraKeys() {}

    static LoraConfig read(Path file) {
        ConfigKeys keys = ConfigKeys.open(file);
        PLAIN.forEach(keys::only);
        HISTORY.forEach(keys::ignore);
        keys.flag("init_lora_weights"); // the named ways (pissa, olora …) change the base model too
        try {
            LoraConfig config = new LoraConfig(
                    keys.string("base_model_name_or_path"),
                    keys.positiveInt("r"),
                    keys.positiveDouble("lora_alpha"),
                    keys.flag("use_rslora"),
                    keys.nonNegativeDouble("lora_dropout", 0),
                    keys.stringOrStrings("target_modules"),
                    keys.flag("use_dora"),
                    keys.flag("fan_in_fan_out"));
            keys.refuseUnread();
            return config;
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), keys.where(), "Correct the file", e);
        }
    }

    static Map<String, Object> json(LoraConfig config) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peft_type", "LORA");
        json.put("task_type", "CAUSAL_LM");
        json.put("base_model_name_or_path", config.base());
        json.put("r", config.rank());
        json.put("lora_alpha", config.alpha());
        json.put("lora_dropout", config.dropout());
        json.put("target_modules", config.targetModules());
        json.put("bias", "none");
        json.put("fan_in_fan_out", config.inputFirst());
        json.put("init_lora_weights", true);
        json.put("use_rslora", config.rankStabilized());
        json.put("use_dora", config.weightDecomposed());
        json.put("inference_mode", true);
        return json;
    }
}
