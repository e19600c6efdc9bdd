package org.tunebench.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.testing.SharedData;

/** Real tokenizers against the Python package tokenizers 0.23.3; goldens by src/test/python/tokenizer_goldens.py. */
class TokenizerGoldensTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void encode_textsOfManyScripts_hasPythonsIdsAndOffsets(String name) throws IOException {
        Tokenizer tokenizer = Tokenizers.load(SharedData.require("hf_tokenizers/" + name));

        for (JsonNode golden : goldens().get(name).get("texts")) {
            String text = golden.get("text").asText();
            Tokenizer.Encoding encoding = tokenizer.encodeWithOffsets(text);
            assertThat(encoding.ids()).as(text).isEqualTo(ints(golden.get("ids")));
            int[] starts = column(golden.get("offsets"), 0);
            int[] ends = column(golden.get("offsets"), 1);
            assertThat(encoding.starts()).as(text).isEqualTo(starts);
            assertThat(encoding.ends()).as(text).isEqualTo(ends);
            assertThat(tokenizer.decode(encoding.ids(), true))
                    .isEqualTo(golden.get("decoded").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void encode_contextWithContinuation_isEncodedJointly(String name) throws IOException {
        Tokenizer tokenizer = Tokenizers.load(SharedData.require("hf_tokenizers/" + name));

        for (JsonNode pair : goldens().get(name).get("pairs")) {
            String context = pair.get("context").asText();
            String whole = context + pair.get("continuation").asText();
            assertThat(tokenizer.encode(whole)).as(whole).isEqualTo(ints(pair.get("ids")));
            assertThat(tokenizer.encode(context)).as(context).isEqualTo(ints(pair.get("context_ids")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void encodeAll_everyAlpacaText_hasPythonsIdsAndOffsets(String name) throws Exception {
        Tokenizer tokenizer = Tokenizers.load(SharedData.require("hf_tokenizers/" + name));
        List<String> texts = new ArrayList<>();
        for (JsonNode entry :
                JSON.readTree(SharedData.require("alpaca/alpaca_data.2000.json").toFile())) {
            for (String field : List.of("instruction", "input", "output")) {
                texts.add(entry.get(field).asText());
            }
        }

        MessageDigest digest = sha256();
        int tokens = 0;
        for (Tokenizer.Encoding encoding : tokenizer.encodeAll(texts)) {
            tokens += encoding.ids().length;
            for (int i = 0; i < encoding.ids().length; i++) {
                String one = encoding.ids()[i] + "," + encoding.starts()[i] + "," + encoding.ends()[i] + ";";
                digest.update(one.getBytes(StandardCharsets.US_ASCII));
            }
        }

        JsonNode golden = goldens().get(name);
        assertThat(tokens).isEqualTo(golden.get("alpaca_tokens").asInt());
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(golden.get("alpaca").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void addsBos_realFolder_isWhatItsTokenizerDoes(String name) throws IOException {
        Tokenizer tokenizer = Tokenizers.load(SharedData.require("hf_tokenizers/" + name));
        int first = goldens().get(name).get("first_with_special_tokens").asInt();

        boolean starts = tokenizer.bosId().isPresent() && tokenizer.bosId().getAsInt() == first;
        assertThat(tokenizer.addsBos()).isEqualTo(starts).isEqualTo(name.equals("llama2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void specialTokens_realFolder_areItsOwn(String name) {
        Tokenizer tokenizer = Tokenizers.load(SharedData.require("hf_tokenizers/" + name));

        String eos = tokenizer.decode(new int[] {tokenizer.eosId().orElseThrow()}, false);

        String bos = tokenizer.bosId().isEmpty()
                ? "none"
                : tokenizer.decode(new int[] {tokenizer.bosId().getAsInt()}, false);
        switch (name) {
            case "gpt2" -> assertThat(eos + bos).isEqualTo("<|endoftext|><|endoftext|>");
            case "llama2" -> assertThat(eos + bos).isEqualTo("</s><s>");
            default -> assertThat(eos + bos).isEqualTo("<|im_end|>none");
        }
    }

    private static JsonNode goldens() throws IOException {
        try (InputStream in = TokenizerGoldensTest.class.getResourceAsStream("tokenizers.json")) {
            return JSON.readTree(in);
        }
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static int[] column(JsonNode pairs, int column) {
        return StreamSupport.stream(pairs.spliterator(), false)
                .mapToInt(pair -> pair.get(column).asInt())
                .toArray();
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }
}
