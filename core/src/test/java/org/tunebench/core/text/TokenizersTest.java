package org.tunebench.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.TinyTokenizer;

class TokenizersTest {
    @TempDir
    Path folder;

    @Test
    void encode_specialTokensInText_areSingleIds() {
        Tokenizer tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));

        int[] ids = tokenizer.encode("<|user|>\nthe<|end|>");

        assertThat(ids[0]).isEqualTo(tokenizer.tokenId("<|user|>").orElseThrow());
        assertThat(ids[ids.length - 1]).isEqualTo(tokenizer.tokenId("<|end|>").orElseThrow());
        assertThat(tokenizer.decode(ids, false)).isEqualTo("<|user|>\nthe<|end|>");
        assertThat(tokenizer.decode(ids, true)).isEqualTo("\nthe");
    }

    @Test
    void load_tinyTokenizer_namesEosAndNoBos() {
        Tokenizer tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));

        assertThat(tokenizer.vocabularySize()).isEqualTo(TinyTokenizer.VOCABULARY_SIZE);
        assertThat(tokenizer.eosId()).isEqualTo(tokenizer.tokenId("<|endoftext|>"));
        assertThat(tokenizer.bosId()).isEmpty();
        assertThat(tokenizer.addsBos()).isFalse();
        assertThat(tokenizer.tokenId("<|no such token|>")).isEmpty();
    }

    @Test
    void offsets_emojiAndCjk_areUtf16AndCoverTheText() {
        Tokenizer tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));
        String text = "a😀 的 the";

        Tokenizer.Encoding encoding = tokenizer.encodeWithOffsets(text);

        int last = encoding.ids().length - 1;
        assertThat(encoding.ends()[last]).isEqualTo(text.length());
        assertThat(text.substring(encoding.starts()[last], encoding.ends()[last]))
                .isEqualTo(" the");
        assertThat(text.substring(encoding.starts()[1], encoding.ends()[1])).isEqualTo("😀");
        assertThat(text.substring(encoding.starts()[4], encoding.ends()[4])).isEqualTo("😀");
    }

    @Test
    void encode_unpairedSurrogate_isTheReplacementCharacter() {
        Tokenizer tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));

        Tokenizer.Encoding encoding = tokenizer.encodeWithOffsets("😀\uD83D!");

        assertThat(tokenizer.decode(encoding.ids(), false)).isEqualTo("😀\uFFFD!");
        assertThat(encoding.ends()[encoding.ids().length - 1]).isEqualTo(4);
    }

    @Test
    void encodeAll_manyTexts_equalsEachAlone() {
        Tokenizer tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));
        List<String> texts = java.util.stream.IntStream.range(0, 2100)
                .mapToObj(i -> "the cat is number " + i)
                .toList();

        List<Tokenizer.Encoding> encodings = tokenizer.encodeAll(texts);

        assertThat(encodings).hasSize(texts.size());
        assertThat(encodings.get(2099).ids()).isEqualTo(tokenizer.encode(texts.get(2099)));
        assertThat(tokenizer.encodeAll(List.of())).isEmpty();
        assertThat(tokenizer.encode("")).isEmpty();
    }

    @Test
    void eos_asAddedTokenObject_isRead() {
        Tokenizer tokenizer =
                Tokenizers.load(TinyTokenizer.writeTo(folder, Map.of("eos_token", Map.of("content", "<|end|>"))));

        assertThat(tokenizer.eosId()).isEqualTo(tokenizer.tokenId("<|end|>"));
    }

    @Test
    void eos_onlyInConfigJson_isRead() throws IOException {
        TinyTokenizer.writeTo(folder);
        Files.delete(folder.resolve("tokenizer_config.json"));
        Files.writeString(folder.resolve("config.json"), "{\"bos_token_id\": 3, \"eos_token_id\": [5, 6]}");

        Tokenizer tokenizer = Tokenizers.load(folder);

        assertThat(tokenizer.bosId()).hasValue(3);
        assertThat(tokenizer.eosId()).hasValue(5);
    }

    @Test
    void load_folderWithoutTokenizer_saysSo() {
        assertThatThrownBy(() -> Tokenizers.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no tokenizer.json")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void load_malformedTokenizer_namesFileAndLine() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\n\"model\": {{}");

        assertThatThrownBy(() -> Tokenizers.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer.json line 2");
    }

    @Test
    void load_tokenizerOfUnknownKind_isRefused() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Abacus\", \"vocab\": {\"a\": 0}}}");

        assertThatThrownBy(() -> Tokenizers.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a tokenizer");
    }

    /** The native library ends the whole process on such a decoder. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999", "\"\\ud800\"", "DEEP"})
    void load_valueThatTheNativeLibraryEndsOn_isRefused(String value) throws IOException {
        Path model = TinyTokenizer.writeTo(folder);
        Path file = model.resolve("tokenizer.json");
        String decoder = value.equals("DEEP") ? "[".repeat(200) + "]".repeat(200) : value;
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("\\{", "{\"decoder\": {\"type\": " + decoder.replace("\\", "\\\\") + "},\n"));

        assertThatThrownBy(() -> Tokenizers.load(model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer.json line 1");
    }

    @Test
    void load_forFewerEmbeddings_isRefusedWithBothNumbers() {
        Path model = TinyTokenizer.writeTo(folder);

        assertThatThrownBy(() -> Tokenizers.load(model, TinyTokenizer.VOCABULARY_SIZE - 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(TinyTokenizer.VOCABULARY_SIZE + " ids, the model "
                        + (TinyTokenizer.VOCABULARY_SIZE - 1) + " embeddings");
    }
}
