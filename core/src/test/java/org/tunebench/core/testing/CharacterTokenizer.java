package org.tunebench.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.tunebench.core.text.Tokenizer;

/**
 * One token a code point, and the special tokens {@code <s>}, {@code </s>}, {@code <|end|>} and those of the roles: token
 * counts, masks and texts can be read off by eye.
 */
public final class CharacterTokenizer implements Tokenizer {
    public static final int BOS = 0x110000;
    public static final int EOS = BOS + 1;
    public static final int END = BOS + 2;
    private static final List<String> SPECIAL =
            List.of("<s>", "</s>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>");

    private final boolean addsBos;

    /** The id of a special token. */
    public static int id(String special) {
        return BOS + SPECIAL.indexOf(special);
    }

    /** @param addsBos what {@link #addsBos()} says */
    public CharacterTokenizer(boolean addsBos) {
        this.addsBos = addsBos;
    }

    @Override
    public Encoding encodeWithOffsets(String text) {
        List<int[]> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int id = specialAt(text, at);
            int length = id < 0
                    ? Character.charCount(text.codePointAt(at))
                    : SPECIAL.get(id - BOS).length();
            tokens.add(new int[] {id < 0 ? text.codePointAt(at) : id, at, at + length});
            at += length;
        }
        return new Encoding(column(tokens, 0), column(tokens, 1), column(tokens, 2));
    }

    private static int[] column(List<int[]> rows, int column) {
        return rows.stream().mapToInt(row -> row[column]).toArray();
    }

    private static int specialAt(String text, int at) {
        for (int i = 0; i < SPECIAL.size(); i++) {
            if (text.startsWith(SPECIAL.get(i), at)) {
                return BOS + i;
            }
        }
        return -1;
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts) {
        return texts.stream().map(this::encodeWithOffsets).toList();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            if (id < BOS) {
                text.appendCodePoint(id);
            } else if (!skipSpecialTokens) {
                text.append(SPECIAL.get(id - BOS));
            }
        }
        return text.toString();
    }

    @Override
    public OptionalInt tokenId(String token) {
        if (SPECIAL.contains(token)) {
            return OptionalInt.of(BOS + SPECIAL.indexOf(token));
        }
        return token.codePointCount(0, token.length()) == 1
                ? OptionalInt.of(token.codePointAt(0))
                : OptionalInt.empty();
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

    @Override
    public boolean addsBos() {
        return addsBos;
    }

    @Override
    public List<String> specialTokens() {
        return SPECIAL;
    }
}
