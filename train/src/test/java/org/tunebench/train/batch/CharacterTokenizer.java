package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.tunebench.core.text.Tokenizer;

/** One token a UTF-16 unit, its id the unit itself, so that masks can be worked out by hand; {@code <|…|>} is one token. */
record CharacterTokenizer(boolean addsBos) implements Tokenizer {
    static final int BOS = 70_000;
    static final int EOS = 70_001;
    private static final List<String> SPECIAL =
            List.of("<|bos|>", "<|eos|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>");

    static int id(String special) {
        return BOS + SPECIAL.indexOf(special);
    }

    @Override
    public Encoding encodeWithOffsets(String text) {
        List<int[]> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int from = at;
            String special = SPECIAL.stream()
                    .filter(s -> text.startsWith(s, from))
                    .findFirst()
                    .orElse(null);
            at += special == null ? 1 : special.length();
            tokens.add(new int[] {special == null ? text.charAt(from) : id(special), from, at});
        }
        return new Encoding(column(tokens, 0), column(tokens, 1), column(tokens, 2));
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts) {
        return texts.stream().map(this::encodeWithOffsets).toList();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(id < BOS ? Character.toString((char) id) : skipSpecialTokens ? "" : SPECIAL.get(id - BOS));
        }
        return text.toString();
    }

    @Override
    public OptionalInt tokenId(String token) {
        return SPECIAL.contains(token) ? OptionalInt.of(id(token)) : OptionalInt.empty();
    }

    @Override
    public int vocabularySize() {
        return BOS + SPECIAL.size();
    }

    @Override
    public OptionalInt bosId() {
        return OptionalInt.of(BOS);
    }

    @Override
    public OptionalInt eosId() {
        return OptionalInt.of(EOS);
    }

    private static int[] column(List<int[]> tokens, int column) {
        return tokens.stream().mapToInt(t -> t[column]).toArray();
    }
}
