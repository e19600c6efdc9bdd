package org.tunebench.train.batch;

import java.util.Arrays;
import java.util.List;
import org.tunebench.core.text.ChatTemplate.Span;
import org.tunebench.core.text.Tokenizer.Encoding;
import org.tunebench.train.data.example.Example;

/**
 * An example on its way to the model.
 *
 * @param text a conversation as the template writes it, or the raw text
 * @param turns the characters of each assistant turn of a conversation, in order
 * @param counted whether the loss counts each of these turns
 * @param encoding the text's tokens
 * @param whole the tokens with those that are added to the text's, before anything is cut
 * @param fate what becomes of it
 */
public record InspectedExample(
        Example example,
        String text,
        List<Span> turns,
        List<Boolean> counted,
        Encoding encoding,
        TokenizedExample whole,
        Fate fate) {
    /** In {@link #places}: a token that is not the text's. */
    public static final int ADDED = -1;

    /** For each token of the whole its number among the text's tokens, or {@link #ADDED}. */
    public int[] places() {
        int[] ids = encoding.ids();
        int[] places = new int[whole.length()];
        Arrays.fill(places, ADDED);
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            if (next < ids.length && whole.ids()[i] == ids[next]) {
                places[i] = next++;
            }
        }
        return places;
    }
}
