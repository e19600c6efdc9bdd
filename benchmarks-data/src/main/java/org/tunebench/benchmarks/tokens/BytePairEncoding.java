package org.tunebench.benchmarks.tokens;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A learned encoding.
 *
 * @param vocabulary tokens by id, in the byte alphabet; the special tokens follow them
 * @param merges pairs in the order learned
 */
public record BytePairEncoding(List<String> vocabulary, List<BytePairTrainer.Pair> merges) {
    public static final String END_OF_TEXT = "<|endoftext|>";

    /** The tokens that templates use; each is one id, from the end of the vocabulary on, in this order. */
    public static final List<String> SPECIAL_TOKENS =
            List.of(END_OF_TEXT, "<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|im_start|>", "<|im_end|>");

    public BytePairEncoding {
        vocabulary = List.copyOf(vocabulary);
        merges = List.copyOf(merges);
    }

    /** One more than the largest id. */
    public int size() {
        return vocabulary.size() + SPECIAL_TOKENS.size();
    }

    /** The id of a special token. */
    public int specialId(String token) {
        int index = SPECIAL_TOKENS.indexOf(token);
        if (index < 0) {
            throw new IllegalArgumentException(token + " is none of " + SPECIAL_TOKENS);
        }
        return vocabulary.size() + index;
    }

    /** The content of {@code tokenizer.json}: no normalizer, GPT-2's words, no token added before or after a text. */
    public Map<String, Object> tokenizerJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put("added_tokens", SPECIAL_TOKENS.stream().map(this::addedToken).toList());
        json.put("normalizer", null);
        json.put("pre_tokenizer", byteLevel());
        json.put("post_processor", null);
        json.put("decoder", byteLevel());
        json.put("model", model());
        return json;
    }

    private Map<String, Object> model() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String token : vocabulary) {
            ids.put(token, ids.size());
        }
        List<List<String>> pairs = new ArrayList<>();
        merges.forEach(m -> pairs.add(List.of(m.left(), m.right())));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", null);
        model.put("continuing_subword_prefix", null);
        model.put("end_of_word_suffix", null);
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", true);
        model.put("vocab", ids);
        model.put("merges", pairs);
        return model;
    }

    private Map<String, Object> addedToken(String content) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("id", specialId(content));
        token.put("content", content);
        token.put("single_word", false);
        token.put("lstrip", false);
        token.put("rstrip", false);
        token.put("normalized", false);
        token.put("special", true);
        return token;
    }

    private static Map<String, Object> byteLevel() {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("type", "ByteLevel");
        step.put("add_prefix_space", false);
        step.put("trim_offsets", true);
        step.put("use_regex", true);
        return step;
    }
}
