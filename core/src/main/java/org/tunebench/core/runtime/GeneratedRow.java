package org.tunebench.core.runtime;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.Tokenizer;

/** One prompt and what has been generated for it. */
final class GeneratedRow {
    private final int[] prompt;
    private final int limit;
    private final StopStrings stopStrings;
    private final Tokenizer tokenizer;
    private final float[] uniforms;
    private int[] generated = {};
    private boolean stopped;

    /**
     * @param limit most new tokens
     * @param stream which random numbers, together with the seed; from the prompt itself, so that they do not depend on
     *     what else is generated beside it
     */
    GeneratedRow(int[] prompt, int limit, GenerationOptions options, Tokenizer tokenizer, long stream) {
        this.prompt = prompt;
        this.limit = limit;
        this.stopStrings = new StopStrings(options.stopStrings());
        this.tokenizer = tokenizer;
        SplittableRandom random = new SplittableRandom(options.sampling().seed() * 0x9E3779B97F4A7C15L + stream);
        this.uniforms = new float[limit];
        for (int i = 0; i < limit; i++) {
            uniforms[i] = (random.nextInt() >>> 8) * 0x1p-24f; // [0, 1)
        }
    }

    int promptLength() {
        return prompt.length;
    }

    /** A token of the prompt or after it; beyond them, and before the prompt, the prompt's first. */
    int token(int i) {
        if (i < 0 || i >= prompt.length + generated.length) {
            return prompt[0];
        }
        return i < prompt.length ? prompt[i] : generated[i - prompt.length];
    }

    /** New tokens it may still have; 0 when it has ended. */
    int remaining() {
        return stopped ? 0 : limit - generated.length;
    }

    /** The random number of the new token i; 0 past the limit, where tokens are dropped. */
    float uniform(int i) {
        return i < uniforms.length ? uniforms[i] : 0;
    }

    /** Takes new tokens up to a stop token, a stop string or the limit. */
    void append(int[] tokens, Set<Integer> stops) {
        int count = 0;
        while (count < Math.min(tokens.length, remaining()) && !stops.contains(tokens[count])) {
            count++;
        }
        boolean atStopToken = count < Math.min(tokens.length, remaining());
        int before = generated.length;
        generated = Arrays.copyOf(generated, before + count);
        System.arraycopy(tokens, 0, generated, before, count);
        stopped = atStopToken || cutAtStopString(before);
    }

    /** Drops the tokens after the one that completes a stop string; there was none in the first tokens. */
    private boolean cutAtStopString(int clean) {
        if (stopStrings.texts().isEmpty() || stopStrings.firstIn(text(generated)) < 0) {
            return false;
        }
        int length = clean + 1;
        while (stopStrings.firstIn(text(Arrays.copyOf(generated, length))) < 0) {
            length++;
        }
        generated = Arrays.copyOf(generated, length);
        return true;
    }

    Generation generation() {
        return new Generation(generated, stopStrings.cut(text(generated)), stopped);
    }

    /** What will stand at the start of the text, whatever follows. */
    String settledText() {
        String text = text(generated);
        return remaining() == 0 ? stopStrings.cut(text) : text.substring(0, stopStrings.settled(text));
    }

    private String text(int[] tokens) {
        return tokenizer.decode(tokens, true);
    }
}
