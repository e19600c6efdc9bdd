package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.tokens.BytePairEncoding;
import org.tunebench.core.record.Json;

final class EmbeddedTokenizerTest {
    private static final Path BASE = EmbeddedData.open().baseModel();

    @Test
    void specialTokens_areOneIdEach() throws IOException {
        try (HuggingFaceTokenizer tokenizer = open()) {
            for (String token : BytePairEncoding.SPECIAL_TOKENS) {
                assertThat(tokenizer.encode(token, false, false).getIds())
                        .as(token)
                        .hasSize(1);
            }
        }
    }

    @Test
    void configuration_namesTheEndOfTextAndTheVocabularySize() throws IOException {
        JsonNode config = Json.MAPPER.readTree(BASE.resolve("config.json").toFile());
        try (HuggingFaceTokenizer tokenizer = open()) {
            long[] end = tokenizer.encode("<|endoftext|>", false, false).getIds();
            assertThat(config.get("eos_token_id").asLong()).isEqualTo(end[0]);
            assertThat(config.get("pad_token_id").asLong()).isEqualTo(end[0]);
            long[] last = tokenizer.encode("<|im_end|>", false, false).getIds();
            assertThat(config.get("vocab_size").asLong()).isEqualTo(last[0] + 1);
        }
    }

    @Test
    void anyText_comesBackAsItWas() throws IOException {
        long seed = 20261123;
        Random random = new Random(seed);
        try (HuggingFaceTokenizer tokenizer = open()) {
            for (int i = 0; i < 300; i++) {
                String text = text(random);
                long[] ids = tokenizer.encode(text, false, false).getIds();
                assertThat(tokenizer.decode(ids, false))
                        .as("seed " + seed + ", text " + i)
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void words_ofAnswersAreSingleTokensWithAndWithoutSpace() throws IOException {
        try (HuggingFaceTokenizer tokenizer = open()) {
            for (Fact fact :
                    FactBook.read(EmbeddedData.open().folder().resolve("facts")).facts()) {
                if (fact.object().matches("[A-Za-z]+|[0-9]+")) {
                    assertThat(tokenizer.encode(fact.object(), false, false).getIds())
                            .as(fact.id())
                            .hasSize(1);
                    assertThat(tokenizer
                                    .encode(" " + fact.object(), false, false)
                                    .getIds())
                            .as(fact.id())
                            .hasSize(1);
                }
            }
        }
    }

    private static HuggingFaceTokenizer open() throws IOException {
        return HuggingFaceTokenizer.newInstance(BASE.resolve("tokenizer.json"));
    }

    /** Code points of all planes, surrogates left out, with white space and ASCII often. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(40);
        for (int i = 0; i < length; i++) {
            int codePoint = switch (random.nextInt(4)) {
                case 0 -> " \n\t\r  .'".codePointAt(random.nextInt(8));
                case 1 -> 'A' + random.nextInt(58);
                case 2 -> 0x80 + random.nextInt(0xD800 - 0x80);
                default -> 0xE000 + random.nextInt(0x10FFFF - 0xE000);
            };
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }
}
