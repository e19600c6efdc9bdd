package org.tunebench.core.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.Tokenizer;

/** One prompt and what has been generated for it. */
final class GeneratedRow {
    private final int[] prompt;
    private final int limit;
    private final List<String> stopStrings;
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
        this.stopStrings = options.stopStrings();
        this.tokenizer = tokenizer;
        SplittableRandom random = new SplittableRandom(options.seed() * 0x9E3779B97F4A7C15L + stream);
        this.uniforms = new float[limit];
        for (int i = 0; i < limit; i++) {
            uniforms[i] = (random.nextInt() >>> 8) * 0x1p-24f; // [0, 1)
        }
    }

    /** Prompt and new tokens. */
    int[] tokens() {
        int[] all = Arrays.copyOf(prompt, length());
        System.arraycopy(generated, 0, all, prompt.length, generated.length);
        return all;
    }

    int length() {
        return prompt.length + generated.length;
    }

    /** New tokens it may still have. */
    int remaining() {
        return limit - generated.length;
    }

    boolean finished() {
        return stopped || remaining() == 0;
    }

    /** The random number of a token this many after those there are; 0 past the limit, where tokens are dropped. */
    float uniform(int ahead) {
        int i = generated.length + ahead;
        return i < uniforms.length ? uniforms[i] : 0;
    }

    /** Takes new tokens up to a stop token, a stop string or the limit. */
    void append(long[] tokens, Set<Long> stops) {
        int count = 0;
        while (count < tokens.length && count < remaining() && !stops.contains(tokens[count])) {
            count++;
        }
        stopped = count < tokens.length && count < remaining();
        int before = generated.length;
        generated = Arrays.copyOf(generated, before + count);
        for (int i = 0; i < count; i++) {
            generated[before + i] = (int) tokens[i];
        }
        if (!stopStrings.isEmpty() && stopAt(text(generated)) >= 0) {
            stopped = true;
            while (generated.length > before + 1 && stopAt(text(Arrays.copyOf(generated, generated.length - 1))) >= 0) {
                generated = Arrays.copyOf(generated, generated.length - 1);
            }
        }
    }

    Generation generation() {
        String text = text(generated);
        int cut = stopAt(text);
        return new Generation(generated, cut < 0 ? text : text.substring(0, cut), stopped);
    }

    private String text(int[] tokens) {
        return tokenizer.decode(tokens, true);
    }

    /** Where the first stop string begins, or -1. */
    private int stopAt(String text) {
        return stopStrings.stream()
                .mapToInt(text::indexOf)
                .filter(i -> i >= 0)
                .min()
                .orElse(-1);
    }
}
