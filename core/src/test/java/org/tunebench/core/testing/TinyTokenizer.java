package org.tunebench.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Json;

/**
 * A small byte-level BPE tokenizer for tests: the 256 bytes, a few merges ({@code " the"}, {@code " is"}, …) and
 * {@link #SPECIAL_TOKENS}. Any text goes through it and back unchanged. It adds no token of its own accord; its
 * end-of-sequence token is {@code <|endoftext|>} and it names no beginning-of-sequence token.
 */
public final class TinyTokenizer {
    /** The added special tokens, with consecutive ids that end the vocabulary. */
    public static final List<String> SPECIAL_TOKENS = List.of(
            "<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|im_start|>", "<|im_end|>");

    private static final List<String> MERGES = List.of(
            "Ġ t", "h e", "Ġt he", "Ġ i", "Ġi s", "Ġ a", "Ġ o", "Ġo f", "i n", "e r", "r e", "o n", "a t", "o u", "o r",
            "e n", "Ġ c", "Ġ w", "l l", "u r");

    /** The number of ids. */
    public static final int VOCABULARY_SIZE = 256 + MERGES.size() + SPECIAL_TOKENS.size();

    private TinyTokenizer() {}

    /**
     * Writes tokenizer.json and tokenizer_config.json into a folder, which is made where it is missing.
     *
     * @return the folder
     */
    public static Path writeTo(Path folder) {
        return writeTo(folder, Map.of());
    }

    /**
     * The same with more keys in tokenizer_config.json, e.g. {@code chat_template}.
     *
     * @return the folder
     */
    public static Path writeTo(Path folder, Map<String, ?> moreConfig) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("eos_token", SPECIAL_TOKENS.get(0));
        config.put("clean_up_tokenization_spaces", false);
        config.putAll(moreConfig);
        try {
            Files.createDirectories(folder);
            Json.MAPPER.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
            Json.MAPPER.writeValue(folder.resolve("tokenizer_config.json").toFile(), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static Map<String, Object> tokenizer() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        byteAlphabet().forEach(symbol -> vocabulary.put(symbol, vocabulary.size()));
        MERGES.forEach(merge -> vocabulary.put(merge.replace(" ", ""), vocabulary.size()));
        List<Map<String, Object>> added = new ArrayList<>();
        for (String token : SPECIAL_TOKENS) {
            added.add(Map.of(
                    "id", vocabulary.size() + added.size(),
                    "content", token,
                    "single_word", false,
                    "lstrip", false,
                    "rstrip", false,
                    "normalized", false,
                    "special", true));
        }
        Map<String, Object> byteLevel =
                Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("vocab", vocabulary);
        model.put("merges", MERGES);
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("version", "1.0");
        tokenizer.put("added_tokens", added);
        tokenizer.put("pre_tokenizer", byteLevel);
        tokenizer.put("decoder", byteLevel);
        tokenizer.put("model", model);
        return tokenizer;
    }

    /** One printable character a byte, as GPT-2 maps them: bytes without a printable form start at U+0100. */
    private static List<String> byteAlphabet() {
        List<String> symbols = new ArrayList<>();
        int unprintable = 0;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            symbols.add(Character.toString(printable ? b : 0x100 + unprintable++));
        }
        return symbols;
    }
}
