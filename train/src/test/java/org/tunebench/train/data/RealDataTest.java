package org.tunebench.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.testing.SharedData;
import org.tunebench.train.data.filter.FilterInputs;

/** Public data files, as their projects publish them: every record is read, or listed with the reason why not. */
class RealDataTest {
    @ParameterizedTest
    @CsvSource({
        "alpaca/alpaca_data.2000.json, alpaca, 2000, 0, 2000",
        "alpaca/alpaca_en_demo.json, alpaca, 999, 0, 999",
        "alpaca/alpaca_fixture.json, alpaca, 23, 0, 23",
        "chat_sft/llama_factory/identity.json, alpaca, 91, 0, 91",
        "chat_sft/llama_factory/v1_sft_demo.jsonl, messages, 500, 0, 500",
        "chat_sft/llama_factory/kto_en_demo.json, messages, 300, 0, 150",
        "chat_sft/llama_factory/dpo_en_demo.first100.json, preference, 100, 0, 100",
        "chat_sft/llama_factory/v1_dpo_demo.jsonl, preference, 10, 0, 10",
        "chat_sft/llama_factory/glaive_toolcall_en_demo.first100.json, sharegpt, 100, 0, 100",
        "chat_sft/sharegpt/dummy_conversation.json, sharegpt, 500, 0, 500",
        "chat_sft/oasst/en_100_tree.jsonl, openassistant, 100, 0, 100",
        "chat_sft/oasst/realistic_seed_data.json, openassistant, 444, 0, 74",
        "sft_tokenized/alpaca/alpaca.json, alpaca, 2, 0, 2",
        "sft_tokenized/conversation.json, sharegpt, 1, 0, 1",
        "sft_tokenized/conversation.missingturns.json, sharegpt, 1, 1, 0",
        "self_instruct/seed_tasks.jsonl, self_instruct, 175, 0, 175",
        "self_instruct/user_oriented_instructions.jsonl, self_instruct, 252, 0, 252",
    })
    void stream_publishedFile_readsEveryRecord(String file, String format, int records, int bad, int examples) {
        SourceCounts counts = read(DataSource.of(SharedData.require(file)));

        assertThat(counts.badRecords()).hasSize(bad);
        assertThat(counts.read()).isEqualTo(records);
        assertThat(counts.format()).isEqualTo(format);
        assertThat(counts.bad()).isEqualTo(bad);
        assertThat(counts.kept()).isEqualTo(examples);
    }

    @Test
    void stream_naturalInstructions_readsEveryInstanceOfEveryTask() {
        SourceCounts counts = read(DataSource.of(SharedData.require("natural_instructions")));

        assertThat(counts.read()).isEqualTo(12 * 100 + 94);
    }

    @Test
    void stream_t0Templated_readsEveryPair() {
        SourceCounts counts = read(DataSource.of(SharedData.require("t0_templated")));

        assertThat(counts.read()).isEqualTo(3633);
    }

    private static SourceCounts read(DataSource source) {
        DataMixture everything = new DataMixture(List.of(source), List.of(), "", 1, 1);
        return new MixtureReader(everything, FilterInputs.NONE)
                .read(example -> {})
                .get(0);
    }
}
