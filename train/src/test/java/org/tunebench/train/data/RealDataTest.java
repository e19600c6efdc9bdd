package org.tunebench.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.text.Role;

/** Public data files, as their projects publish them. */
class RealDataTest {
    @ParameterizedTest
    @CsvSource({
        "alpaca/alpaca_data.2000.json, 2000",
        "alpaca/alpaca_en_demo.json, 999",
        "alpaca/alpaca_fixture.json, 23",
        "chat_sft/llama_factory/identity.json, 91",
        "chat_sft/llama_factory/v1_sft_demo.jsonl, 500",
        "chat_sft/llama_factory/kto_en_demo.json, 300",
        "sft_tokenized/alpaca/alpaca.json, 2",
    })
    void load_publishedFile_readsEveryRecord(String file, int records) {
        Dataset dataset = load(DataSource.of(SharedData.require(file)));

        assertThat(dataset.counts().get(0).read()).isEqualTo(records);
        assertThat(dataset.examples())
                .hasSize(records - dropped(dataset))
                .allSatisfy(example -> assertThat(((Example.Conversation) example).messages())
                        .anyMatch(m -> m.role() == Role.ASSISTANT));
    }

    @Test
    void load_dolly_takesColumnsAndCategory() {
        Path file = SharedData.require("chat_sft/dolly/dolly_fixture.json");

        Dataset dataset = load(new DataSource(
                file, null, null, null, null, Map.of("input", "context", "output", "response"), null, null));

        assertThat(dataset.examples())
                .hasSize(12)
                .allSatisfy(e -> assertThat(e.origin().task()).isNotNull());
    }

    @Test
    void load_longform_takesColumns() {
        Path file = SharedData.require("chat_sft/longform/longform_train.json");

        Dataset dataset = load(new DataSource(
                file, null, null, null, null, Map.of("prompt", "input", "completion", "output"), null, null));

        assertThat(dataset.counts().get(0).read()).isEqualTo(17);
    }

    @Test
    void load_formatNotKnownYet_isRefusedAtItsFirstRecord() {
        Path file = SharedData.require("chat_sft/sharegpt/dummy_conversation.json");

        assertThatThrownBy(() -> load(DataSource.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2: no known format fits a record with the fields id, conversations");
    }

    private static int dropped(Dataset dataset) {
        return dataset.counts().get(0).dropped().getOrDefault("empty_response", 0);
    }

    private static Dataset load(DataSource source) {
        return Dataset.load(new DataMixture(List.of(source), List.of(), false, 1));
    }
}
