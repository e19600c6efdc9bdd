package org.tunebench.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.testing.SharedData;

/** Real tokenizers against the Python package tokenizers 0.23.3; goldens by src/test/python/tokenizer_goldens.py. */
class TokenizerGoldensTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Tokenizer> LOADED = new HashMap<>();

    @TempDir
    static Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void encode_textsOfManyScripts_hasPythonsIdsAndOffsets(String name) throws IOException {
        Tokenizer tokenizer = load(name);

        for (JsonNode golden : goldens().get(name).get("texts")) {
            String text = golden.get("text").asText();
            Tokenizer.Encoding encoding = tokenizer.encodeWithOffsets(text);
            assertThat(encoding.ids()).as(text).isEqualTo(ints(golden.get("ids")));
            int[] starts = column(golden.get("offsets"), 0);
            int[] ends = column(golden.get("offsets"), 1);
            assertThat(encoding.starts()).as(text).isEqualTo(starts);
            assertThat(encoding.ends()).as(text).isEqualTo(ends);
            String decoded = golden.get("decoded").asText();
            assertThat(text.contains("<|endoftext|>") ? "" : tokenizer.decode(encoding.ids(), false))
                    .isEqualTo(decoded);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void encode_contextWithContinuation_isEncodedJointly(String name) throws IOException {
        Tokenizer tokenizer = load(name);

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
        Tokenizer tokenizer = load(name);
        List<String> texts = new ArrayList<>();
        for (JsonNode entry :
                JSON.readTree(SharedData.require("alpaca/alpaca_data.2000.json").toFile())) {
            for (String field : List.of("instruction", "input", "output")) {
                texts.add(entry.get(field).asText());
            }
        }

        MessageDigest digest = sha256();
        int tokens = update(digest, tokenizer.encodeAll(texts));

        JsonNode golden = goldens().get(name);
        assertThat(tokens).isEqualTo(golden.get("alpaca_tokens").asInt());
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(golden.get("alpaca").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void encodeAll_realDataAndTextsJoined_hasPythonsIdsAndOffsets(String name) throws Exception {
        Tokenizer tokenizer = load(name);
        List<String> different = new ArrayList<>();

        for (Map.Entry<String, JsonNode> file : goldens().get(name).get("files").properties()) {
            List<String> texts = RealTexts.of(SharedData.require(file.getKey()));
            List<String> joined = new ArrayList<>();
            for (int i = 0; i + 1 < texts.size(); i++) {
                joined.add(texts.get(i) + " " + texts.get(i + 1));
            }
            MessageDigest digest = sha256();
            int tokens = update(digest, tokenizer.encodeAll(texts)) + update(digest, tokenizer.encodeAll(joined));
            String actual = "[" + texts.size() + "," + tokens + ",\""
                    + HexFormat.of().formatHex(digest.digest()).substring(0, 16) + "\"]";
            if (!actual.equals(file.getValue().toString())) {
                different.add(file.getKey() + ": expected " + file.getValue() + ", was " + actual);
            }
        }

        assertThat(different).isEmpty();
    }

    /** Feeds ids and offsets to a digest, as the script does; returns the number of tokens. */
    private static int update(MessageDigest digest, List<Tokenizer.Encoding> encodings) {
        int tokens = 0;
        for (Tokenizer.Encoding encoding : encodings) {
            tokens += encoding.ids().length;
            for (int i = 0; i < encoding.ids().length; i++) {
                String one = encoding.ids()[i] + "," + encoding.starts()[i] + "," + encoding.ends()[i] + ";";
                digest.update(one.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void addsBos_realFolder_isWhatItsTokenizerDoes(String name) throws IOException {
        Tokenizer tokenizer = load(name);
        int first = goldens().get(name).get("first_with_special_tokens").asInt();

        boolean starts = tokenizer.bosId().isPresent() && tokenizer.bosId().getAsInt() == first;
        assertThat(tokenizer.addsBos()).isEqualTo(starts).isEqualTo(name.equals("llama2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen2.5-0.5b-instruct"})
    void specialTokens_realFolder_areItsOwn(String name) {
        Tokenizer tokenizer = load(name);

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

    /**
     * The tokenizer of a real folder, each loaded once. The Llama-2 file at hand has lost its no-break spaces, which the
     * library refuses; they are put back as the golden script does.
     */
    private static Tokenizer load(String name) {
        return LOADED.computeIfAbsent(name, n -> {
            Path folder = SharedData.require("hf_tokenizers/" + n);
            return Tokenizers.load(n.equals("llama2") ? repaired(folder) : folder);
        });
    }

    private static Path repaired(Path folder) {
        try {
            ObjectNode root =
                    (ObjectNode) JSON.readTree(folder.resolve("tokenizer.json").toFile());
            ObjectNode model = (ObjectNode) root.get("model");
            ObjectNode vocabulary = JSON.createObjectNode();
            model.get("vocab")
                    .properties()
                    .forEach(e -> vocabulary.set(e.getKey().replace(' ', '\u00a0'), e.getValue()));
            model.set("vocab", vocabulary);
            Map<String, String> merges =
                    Map.of("   ", "\u00a0 \u00a0", "     ", "\u00a0\u00a0 \u00a0\u00a0", "▁  ", "▁ \u00a0");
            ArrayNode repaired = JSON.createArrayNode();
            model.get("merges").forEach(m -> repaired.add(merges.getOrDefault(m.asText(), m.asText())));
            model.set("merges", repaired);
            Path copy = Files.createDirectory(temporary.resolve("llama2"));
            JSON.writeValue(copy.resolve("tokenizer.json").toFile(), root);
            Files.copy(folder.resolve("tokenizer_config.json"), copy.resolve("tokenizer_config.json"));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
