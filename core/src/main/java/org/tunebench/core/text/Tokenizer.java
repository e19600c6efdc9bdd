package org.tunebench.core.text;

import java.util.List;
import java.util.OptionalInt;

/** Text to token ids and back, as the model folder's tokenizer.json says. Adds no special token of its own accord. */
public interface Tokenizer {
    /** Token ids of a text; special tokens written in the text are recognised, none is added. */
    default int[] encode(String text) {
        return encodeWithOffsets(text).ids();
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

    /** Ids and UTF-16 offsets of a text; {@code starts[i]} inclusive, {@code ends[i]} exclusive. */
    record Encoding(int[] ids, int[] starts, int[] ends) {}
}
