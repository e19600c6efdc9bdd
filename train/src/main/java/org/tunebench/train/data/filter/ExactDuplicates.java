package org.tunebench.train.data.filter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code exact_duplicates}: of examples with the same text, turn by turn, keeps the first in the recipe's order. It
 * remembers 64 bits of a SHA-256 for each, in at most 32 bytes: of ten million different examples one is taken for another
 * with a probability of 3 in a million.
 *
 * @param of the part that counts; default whole: every turn with its role, and the tools
 */
public record ExactDuplicates(ExampleText of) implements ExampleFilter {
    private static final Verdict AGAIN = Verdict.drop("the same as an example before it");

    public ExactDuplicates {
        of = of == null ? ExampleText.WHOLE : of;
    }

    /** Of whole examples. */
    public ExactDuplicates() {
        this(ExampleText.WHOLE);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        LongSet seen = new LongSet();
        MessageDigest digest = sha256();
        return example -> seen.add(hash(example, digest)) ? Verdict.KEEP : AGAIN;
    }

    private long hash(Example example, MessageDigest digest) {
        if (of != ExampleText.WHOLE) {
            add(digest, of.of(example));
        } else if (example instanceof Example.Conversation conversation) {
            for (Message message : conversation.messages()) {
                add(digest, message.role().id());
                add(digest, message.content());
                if (!message.details().isEmpty()) {
                    add(digest, message.details().toString());
                }
            }
            if (!conversation.tools().isEmpty()) {
                add(digest, conversation.tools().definitions().toString());
            }
        } else {
            add(digest, ((Example.RawText) example).text());
        }
        byte[] bytes = digest.digest();
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = hash << Byte.SIZE | bytes[i] & 0xFF;
        }
        return hash;
    }

    /** A text and an end that no UTF-8 has. */
    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xFF);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
