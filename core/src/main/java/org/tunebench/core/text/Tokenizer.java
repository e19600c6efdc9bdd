package org.tunebench.core.text;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Text to token ids and back, as the model folder's tokenizer.json says. Adds no special token of its own accord. */
public interface Tokenizer {
    /** Token ids of a text; special tokens written in the text are recognised, none is added. */
    default int[] encode(String text) {
        return encodeWithOffsets(text).ids();
    }

    /**
     * Token ids of a text that a model is to continue: the text's, behind the beginning-of-sequence token where
     * {@link #addsBos()} says so and the text does not begin with it.
     */
    default int[] encodePrompt(String text) {
        int[] ids = encode(text);
        OptionalInt bos = bosId();
        if (!addsBos() || bos.isEmpty() || (ids.length > 0 && ids[0] == bos.getAsInt())) {
            return ids;
        }
        return IntStream.concat(IntStream.of(bos.getAsInt()), IntStream.of(ids)).toArray();
    }

    /** Token ids with, for each token, the UTF-16 range of the text it came from. */
    Encoding encodeWithOffsets(String text);

    /** Many texts at once, in order. */
    List<Encoding> encodeAll(List<String> texts);

    /** The text of ids. */
    String decode(int[] ids, boolean skipSpecialTokens);

    /** The id of a token by its exact content, e.g. {@code <|end|>}. */
    OptionalInt tokenId(String token);

    /** One more than the largest id. */
    int vocabularySize();

    /** The beginning-of-sequence token, where the folder's configuration names one. */
    OptionalInt bosId();

    /** The end-of-sequence token, where the folder's configuration names one. */
    OptionalInt eosId();

    /** Whether the folder's configuration puts the beginning-of-sequence token before every text. */
    boolean addsBos();

    /**
     * The texts of its special tokens, such as {@code <|im_end|>}: written in a text they become these tokens. None where the
     * tokenizer cannot tell.
     */
    default List<String> specialTokens() {
        return List.of();
    }

    /** Ids and UTF-16 offsets of a text; {@code starts[i]} inclusive, {@code ends[i]} exclusive. */
    record Encoding(int[] ids, int[] starts, int[] ends) {}
}
