package org.tunebench.eval.suite;

import java.util.List;
import java.util.OptionalInt;
import org.tunebench.core.text.Tokenizer;

/** The tokenizer of what has none: it refuses to be used. */
record NoTokenizer(String model) implements Tokenizer {
    private UnsupportedOperationException refusal() {
        return new UnsupportedOperationException(model + " has no tokenizer");
    }

    @Override
    public Encoding encodeWithOffsets(String text) {
        throw refusal();
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts) {
        throw refusal();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        throw refusal();
    }

    @Override
    public OptionalInt tokenId(String token) {
        return OptionalInt.empty();
    }

    @Override
    public int vocabularySize() {
        return 0;
    }

    @Override
    public OptionalInt bosId() {
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt eosId() {
        return OptionalInt.empty();
    }

    @Override
    public boolean addsBos() {
        return false;
    }
}
