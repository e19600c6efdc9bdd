package org.tunebench.eval.engine;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tunebench.core.text.Tokenizer;

/** Two characters a token: a merge that runs over the border of context and continuation. */
final class PairTokenizer implements Tokenizer {
    @Override
    public Encoding encodeWithOffsets(String text) {
        int[] starts = IntStream.iterate(0, i -> i < text.length(), i -> i + 2).toArray();
        int[] ends =
                IntStream.of(starts).map(s -> Math.min(s + 2, text.length())).toArray();
        int[] ids = IntStream.range(0, starts.length)
                .map(i -> text.charAt(starts[i]) * 256 + (ends[i] - starts[i] == 2 ? text.charAt(starts[i] + 1) : 0))
                .toArray();
        return new Encoding(ids, starts, ends);
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts) {
        return texts.stream().map(this::encodeWithOffsets).toList();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append((char) (id / 256));
            if (id % 256 != 0) {
                text.append((char) (id % 256));
            }
        }
        return text.toString();
    }

    @Override
    public OptionalInt tokenId(String token) {
        return OptionalInt.empty();
    }

    @Override
    public int vocabularySize() {
        return 65536;
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
