package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryEstimateTest {
    private static final long MEBIBYTE = 1 << 20;

    /** 1.2M parameters, the embedded model's sizes. */
    private static final Architecture SMALL = model("""
            {"model_type": "llama", "hidden_size": 128, "num_hidden_layers": 4, "num_attention_heads": 4,
             "intermediate_size": 384, "vocab_size": 2560, "rms_norm_eps": 1e-5, "max_position_embeddings": 512,
             "tie_word_embeddings": true}
            """);

    /** SmolLM2-135M's sizes. */
    private static final Architecture LARGE = model("""
            {"model_type": "llama", "hidden_size": 576, "num_hidden_layers": 30, "num_attention_heads": 9,
             "num_key_value_heads": 3, "intermediate_size": 1536, "vocab_size": 49152, "rms_norm_eps": 1e-5,
             "max_position_embeddings": 8192, "tie_word_embeddings": true}
            """);

    /** The peaks that tools/memory-peaks.py measured, in MiB. */
    @ParameterizedTest
    @CsvSource({
        "small, full, 8, 128,  405",
        "small, full, 2, 512,  443",
        "small, full, 8, 512,  844",
        "small, lora, 8, 128,  358",
        "small, lora, 8, 512,  762",
        "large, lora, 1, 128, 1828",
        "large, lora, 1, 512, 2968",
        "large, lora, 2, 512, 4669",
        "large, full, 1, 128, 7374",
        "large, full, 1, 512, 8470",
    })
    void training_measuredRuns_areNear(String model, String method, int batch, int length, long measured) {
        Architecture sizes = model.equals("small") ? SMALL : LARGE;
        MemoryEstimate estimate = method.equals("full")
                ? MemoryEstimate.fullFineTuning(sizes, batch, length)
                : MemoryEstimate.lora(sizes, 8, batch, length);

        assertThat((double) estimate.bytes() / MEBIBYTE).isCloseTo(measured, withinPercentage(10));
    }

    /** LoRA on SmolLM2-135M with gradient_checkpointing, in MiB. */
    @ParameterizedTest
    @CsvSource({"1, 1909", "2, 2476", "4, 3303"})
    void recomputing_measuredRuns_areNear(int batch, long measured) {
        MemoryEstimate estimate = MemoryEstimate.lora(LARGE, 8, batch, 512).recomputing(LARGE, batch, 512);

        assertThat((double) estimate.bytes() / MEBIBYTE).isCloseTo(measured, withinPercentage(10));
    }

    @Test
    void scoring_sumsItsParts() {
        MemoryEstimate estimate = MemoryEstimate.scoring(SMALL, 2, 100);

        long parameters = 2560 * 128 + 4 * (2 * 128 + 4 * 128 * 128 + 3 * 128 * 384) + 128;
        assertThat(estimate.weights()).isEqualTo(4 * (parameters + 2560 * 128));
        long logits = 4L * 2 * 100 * 2560;
        long scores = 4L * 3 * 4 * 2 * 100 * 100;
        assertThat(estimate.activations()).isEqualTo(logits + scores + 4L * 2 * 100 * (4 * 128 + 2 * 384 + 128));
        assertThat(estimate.cache()).isZero();
    }

    @Test
    void generation_cacheIsKeysAndValuesOfEveryLayerTwice() {
        MemoryEstimate estimate = MemoryEstimate.generation(LARGE, 4, 1024);

        assertThat(estimate.cache()).isEqualTo(2L * 2 * 4 * (4 * 1024) * 30 * 3 * 64);
        assertThat(estimate.toString()).contains("MiB (230 process, 621 weights and state,", ", 360 cache)");
    }

    private static Architecture model(String config) {
        return Families.parse(config, "test");
    }
}
