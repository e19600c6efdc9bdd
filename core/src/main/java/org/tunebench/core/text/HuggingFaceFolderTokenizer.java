package org.tunebench.core.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A tokenizer.json run by the native library. Safe for use by several threads. */
final class HuggingFaceFolderTokenizer implements Tokenizer {
    /** Texts handed to the native library at once; bounds its memory, large enough to keep all cores busy. */
    private static final int BATCH = 1024;

    private final HuggingFaceTokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final SpecialTokens special;
    private final boolean addsBos;

    HuggingFaceFolderTokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary, SpecialTokens special) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.special = special;
        long[] probe = tokenizer.encode("a", true, false).getIds();
        this.addsBos = special.bos().isPresent()
                && probe.length > 0
                && probe[0] == special.bos().getAsInt();
    }

    @Override
    public Encoding encodeWithOffsets(String text) {
        String wellFormed = Utf16.wellFormed(text);
        return take(TokenizersLibrary.LIB.encode(tokenizer.getHandle(), wellFormed, false), wellFormed);
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts) {
        List<Encoding> encodings = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            String[] wellFormed = batch.stream().map(Utf16::wellFormed).toArray(String[]::new);
            long[] handles = TokenizersLibrary.LIB.batchEncode(tokenizer.getHandle(), wellFormed, false);
            for (int i = 0; i < handles.length; i++) {
                encodings.add(take(handles[i], wellFormed[i]));
            }
        }
        return encodings;
    }

    /** Reads ids and offsets of a native encoding, which is freed; the wrapper class would copy six more arrays. */
    private static Encoding take(long handle, String text) {
        try {
            long[] ids = TokenizersLibrary.LIB.getTokenIds(handle);
            @Nullable CharSpan[] spans = TokenizersLibrary.LIB.getTokenCharSpans(handle);
            int[] index = Utf16.indexOfCodePoints(text);
            int[] tokens = new int[ids.length];
            int[] starts = new int[ids.length];
            int[] ends = new int[ids.length];
            int end = 0;
            for (int i = 0; i < ids.length; i++) {
                CharSpan span = spans[i];
                tokens[i] = Math.toIntExact(ids[i]);
                starts[i] = span == null ? end : utf16(index, span.getStart());
                end = span == null ? end : utf16(index, span.getEnd());
                ends[i] = end;
            }
            return new Encoding(tokens, starts, ends);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(handle);
        }
    }

    private static int utf16(int[] index, int codePoint) {
        return index.length == 0 ? codePoint : index[codePoint];
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        return tokenizer.decode(wide, skipSpecialTokens);
    }

    @Override
    public OptionalInt tokenId(String token) {
        return vocabulary.id(token);
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public OptionalInt bosId() {
        return special.bos();
    }

    @Override
    public OptionalInt eosId() {
        return special.eos();
    }

    @Override
    public boolean addsBos() {
        return addsBos;
    }

    @Override
    public List<String> specialTokens() {
        return vocabulary.special();
    }
}
