package org.tunebench.core.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.tunebench.core.text.Tokenizer;

/** Every id is its own number, so that tests read what was generated. */
record NumberTokenizer(int vocabularySize) implements Tokenizer {
    static String text(int[] ids) {
        return Arrays.stream(ids).mapToObj(id -> id + " ").collect(Collectors.joining());
    }

    @Override
    public Encoding encodeWithOffsets(String text) {
        int[] ids = Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
        return new Encoding(ids, new int[ids.length], new int[ids.length]);
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts) {
        return texts.stream().map(this::encodeWithOffsets).toList();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        return text(ids);
    }

    @Override
    public OptionalInt tokenId(String token) {
        return OptionalInt.empty();
    }

    @Override
    public OptionalInt bosId() {
        return OptionalInt.of(0);
    }

    @Override
    public OptionalInt eosId() {
        return OptionalInt.of(1);
    }

    @Override
    public boolean addsBos() {
        return false;
    }
}
