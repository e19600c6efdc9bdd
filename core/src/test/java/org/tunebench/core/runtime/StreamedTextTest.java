package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.Tokenizer;

/** Tokens are the bytes of UTF-8, which cut every character but the simplest. */
class StreamedTextTest {

    @Test
    void tell_byteByByte_tellsWholeCharacters() {
        assertThat(pieces("né 😀!")).containsExactly("n", "é", " ", "😀", "!");
    }

    @Test
    void tell_whatMayBecomeAStopString_waitsUntilItIsSettled() {
        assertThat(pieces("a END b", "\nEND", "ENDE")).containsExactly("a", " ", "END ", "b");
        assertThat(pieces("abEND and more", "END")).containsExactly("a", "b");
        assertThat(pieces("aaab", "aab")).containsExactly("a");
        assertThat(pieces("x😀y", "😀z")).containsExactly("x", "😀y");
        assertThat(pieces("it is EN", "END")).endsWith("EN");
    }

    @Test
    void tell_halfACharacterAtTheEnd_isToldAsTheTextHasIt() {
        byte[] bytes = "ab😀".getBytes(StandardCharsets.UTF_8);
        int[] cut = new int[4];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = bytes[i] & 0xff;
        }
        assertThat(pieces(cut, List.of())).containsExactly("a", "b", "\uFFFD");
    }

    @Test
    void tell_randomBytesAndStops_addsUpToTheText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] alphabet = {'a', 'b', 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80};
        for (int round = 0; round < 500; round++) {
            int[] tokens =
                    random.ints(40, 0, alphabet.length).map(i -> alphabet[i]).toArray();
            List<String> stops = List.of("abab", "éa", "bb😀");
            GeneratedRow row = row(tokens.length, stops);
            StringBuilder told = new StringBuilder();
            StreamedText text = new StreamedText(told::append);
            for (int token : tokens) {
                if (row.remaining() > 0) {
                    row.append(new int[] {token}, Set.of());
                    text.tell(row);
                }
            }
            assertThat(told.toString())
                    .as("round %d, seed %d", round, seed)
                    .isEqualTo(row.generation().text());
        }
    }

    private static List<String> pieces(String text, String... stops) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] tokens = new int[bytes.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = bytes[i] & 0xff;
        }
        return pieces(tokens, List.of(stops));
    }

    private static List<String> pieces(int[] tokens, List<String> stops) {
        GeneratedRow row = row(tokens.length, stops);
        List<String> pieces = new ArrayList<>();
        StreamedText text = new StreamedText(pieces::add);
        for (int i = 0; i < tokens.length && row.remaining() > 0; i++) {
            row.append(new int[] {tokens[i]}, Set.of());
            text.tell(row);
        }
        return pieces;
    }

    private static GeneratedRow row(int limit, List<String> stops) {
        GenerationOptions options = new GenerationOptions(limit, 0, Sampling.GREEDY, List.of(), stops);
        return new GeneratedRow(new int[] {0}, limit, options, new ByteTokenizer(), 0);
    }

    private static final class ByteTokenizer implements Tokenizer {
        @Override
        public String decode(int[] ids, boolean skipSpecialTokens) {
            byte[] bytes = new byte[ids.length];
            for (int i = 0; i < ids.length; i++) {
                bytes[i] = (byte) ids[i];
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public Encoding encodeWithOffsets(String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Encoding> encodeAll(List<String> texts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.util.OptionalInt tokenId(String token) {
            return java.util.OptionalInt.empty();
        }

        @Override
        public int vocabularySize() {
            return 256;
        }

        @Override
        public java.util.OptionalInt bosId() {
            return java.util.OptionalInt.empty();
        }

        @Override
        public java.util.OptionalInt eosId() {
            return java.util.OptionalInt.empty();
        }

        @Override
        public boolean addsBos() {
            return false;
        }
    }
}
