package org.tunebench.eval.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All that decides an answer, as a digest. Each part is written with its length, so that no two lists of parts look alike.
 *
 * <pre>{@code
 * new Question("generate").text(model.name()).tokens(prompt).number(temperature)
 * }</pre>
 */
public final class Question {
    private final MessageDigest digest;

    /** @param kind what is asked for, e.g. {@code score} */
    public Question(String kind) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        text(kind);
    }

    public Question text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        digest.update(bytes);
        return this;
    }

    public Question texts(List<String> texts) {
        length(texts.size());
        texts.forEach(this::text);
        return this;
    }

    public Question tokens(int[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * ids.length);
        bytes.asIntBuffer().put(ids);
        length(ids.length);
        digest.update(bytes);
        return this;
    }

    public Question number(double number) {
        digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, number));
        return this;
    }

    public Question number(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
        return this;
    }

    private void length(int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    }

    /** 128 bits of it, in hexadecimal. To be called once. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
