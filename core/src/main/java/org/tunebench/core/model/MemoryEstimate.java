package org.tunebench.core.model;

import java.util.Locale;

/**
 * Memory a process will need at its peak, in bytes: a formula over the model's sizes whose factors were fitted to measured
 * peaks of whole processes on the CPU in float32 (tools/memory-peaks.py; docs/models.md has them). Weights that are
 * too large to be packed stay in their files' mapping, which the system can take back; they are counted all the same.
 *
 * @param process Java and the libraries, whatever the model
 * @param weights parameters laid out for the processor, or the training state
 * @param activations what the computation keeps and its working memory
 * @param cache keys and values of generation
 */
public record MemoryEstimate(long process, long weights, long activations, long cache) {
    private static final long MEBIBYTE = 1 << 20;
    private static final long PROCESS = 230 * MEBIBYTE;
    private static final long FLOAT = 4;

    /**
     * Floats of training for each parameter: parameter, two moments and gradient, the layouts that products of the forward
     * and the backward pass want, and the copies that Java makes to save them.
     */
    private static final double STATE = 13.4;

    /** Layouts of each frozen weight: one for the forward pass, one for the way back. */
    private static final long LAYOUTS = 2;

    /** Kept for the backward pass, as multiples of what the linear modules put out, the logits, the attention scores. */
    private static final double KEPT_OUTPUTS = 2;

    private static final double KEPT_LOGITS = 3;

    /** Multiples of the logits that are there at once where little else is. */
    private static final double LOGITS = 3.75;

    private static final double KEPT_SCORES = 2;

    /** Scores of one layer that are there at once: raw, masked, as shares. */
    private static final double WORKING_SCORES = 3;

    /** In the decode loop the cache of the step before is there beside the new one. */
    private static final int CACHES = 2;

    public long bytes() {
        return process + weights + activations + cache;
    }

    /** Scoring sequences of which every token's probability is asked for. */
    public static MemoryEstimate scoring(Architecture model, int batch, int length) {
        long tokens = (long) batch * length;
        long logits = FLOAT * tokens * model.config().vocabularySize();
        return new MemoryEstimate(PROCESS, inference(model), logits + oneLayer(model, batch, length), 0);
    }

    /** Generating up to a length of prompt and answer together. */
    public static MemoryEstimate generation(Architecture model, int batch, int length) {
        ModelConfig c = model.config();
        long cache = 2 * FLOAT * batch * length * c.layers() * c.keyValueHeads() * c.headSize();
        return new MemoryEstimate(PROCESS, inference(model), oneLayer(model, batch, length), CACHES * cache);
    }

    /** Training all parameters, a micro-batch at a time. */
    public static MemoryEstimate fullFineTuning(Architecture model, int microBatch, int length) {
        long state = (long) (STATE * FLOAT * parameters(model));
        return new MemoryEstimate(PROCESS, state, kept(model, microBatch, length), 0);
    }

    /** Training adapters on every linear module, a micro-batch at a time. */
    public static MemoryEstimate lora(Architecture model, int rank, int microBatch, int length) {
        long trained = model.linearModules().stream()
                .mapToLong(m -> rank * (m.in() + m.out()))
                .sum();
        long state = frozen(model) + (long) (STATE * FLOAT * trained);
        return new MemoryEstimate(PROCESS, state, kept(model, microBatch, length), 0);
    }

    /** Weights that gradients go through. */
    private static long frozen(Architecture model) {
        return inference(model) + (LAYOUTS - 1) * FLOAT * parameters(model);
    }

    /** The same training where each layer's forward pass is computed again for the backward pass. */
    public MemoryEstimate recomputing(Architecture model, int microBatch, int length) {
        ModelConfig c = model.config();
        double tokens = (double) microBatch * length;
        double layer = KEPT_OUTPUTS * outputs(model) / c.layers() + KEPT_SCORES * c.heads() * length;
        double borders = (double) c.layers() * c.hiddenSize();
        long kept = (long) (FLOAT * tokens * (layer + borders + LOGITS * c.vocabularySize()));
        return new MemoryEstimate(process, weights, Math.min(activations, kept), cache);
    }

    /** Packed weights; a tied embedding is there a second time, as the table that tokens are looked up in. */
    private static long inference(Architecture model) {
        ModelConfig c = model.config();
        long table = c.tiedEmbeddings() ? (long) c.vocabularySize() * c.hiddenSize() : 0;
        return FLOAT * (parameters(model) + table);
    }

    private static long oneLayer(Architecture model, int batch, int length) {
        ModelConfig c = model.config();
        double scores = WORKING_SCORES * c.heads() * batch * (double) length * length;
        return (long) (FLOAT * (scores + (double) batch * length * outputs(model) / c.layers()));
    }

    private static long kept(Architecture model, int batch, int length) {
        ModelConfig c = model.config();
        double tokens = (double) batch * length;
        double scores = KEPT_SCORES * c.layers() * c.heads() * tokens * length;
        return (long) (FLOAT * (tokens * (KEPT_OUTPUTS * outputs(model) + KEPT_LOGITS * c.vocabularySize()) + scores));
    }

    /** Floats that the linear modules of all layers put out for one token. */
    private static long outputs(Architecture model) {
        return model.linearModules().stream().mapToLong(LinearModule::out).sum();
    }

    private static long parameters(Architecture model) {
        return model.tensors().stream().mapToLong(TensorSpec::elements).sum();
    }

    /** As {@code 1,234 MiB (weights 900, activations 34)}. */
    @Override
    public String toString() {
        String text = String.format(
                Locale.ROOT,
                "%,d MiB (%,d process, %,d weights and state, %,d activations",
                bytes() / MEBIBYTE,
                process / MEBIBYTE,
                weights / MEBIBYTE,
                activations / MEBIBYTE);
        return text + (cache == 0 ? ")" : String.format(Locale.ROOT, ", %,d cache)", cache / MEBIBYTE));
    }
}
