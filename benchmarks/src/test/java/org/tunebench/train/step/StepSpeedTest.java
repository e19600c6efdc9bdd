package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.Families;

class StepSpeedTest {
    @ParameterizedTest
    @ValueSource(strings = {"step", "gradient", "matmul"})
    void answer_tinyModel_isALineOfJsonWithOperationsAndTimes(String what) throws Exception {
        Architecture tiny = Families.parse("""
                {"model_type": "llama", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4,
                 "num_key_value_heads": 2, "intermediate_size": 24, "vocab_size": 23, "rms_norm_eps": 1e-5,
                 "max_position_embeddings": 64, "tie_word_embeddings": true}
                """, "tiny");
        String answer = new StepSpeed(tiny, 2, 8).answer(what);
        // q 256, k and v 128 each, o 256, three of 384 in each of two layers, output projection 368
        double weights = 2 * (256 + 128 + 128 + 256 + 3 * 384) + 368;
        double flops =
                what.equals("matmul") ? 2 * 16 * ((weights - 368) / 2 + 368) : 16 * (6 * weights + 12 * 2 * 16 * 8);
        assertThat(answer).contains("\"what\": \"" + what + "\"", String.format("\"flops\": %.6e", flops));
    }
}
