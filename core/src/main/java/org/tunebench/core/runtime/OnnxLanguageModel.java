package org.tunebench.core.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;

/** A model folder on ONNX Runtime. Sessions are made when they are first needed. Not for use by several threads. */
public final class OnnxLanguageModel implements LanguageModel {
    private final String name;
    private final ModelFolder model;
    private final Device device;
    private final Tokenizer tokenizer;
    private final @Nullable ChatTemplate chatTemplate;
    private final Generator generator;
    private @Nullable Scorer scorer;

    private OnnxLanguageModel(
            String name,
            ModelFolder model,
            Device device,
            Tokenizer tokenizer,
            @Nullable ChatTemplate chatTemplate) {
        this.name = name;
        this.model = model;
        this.device = device;
        this.tokenizer = tokenizer;
        this.chatTemplate = chatTemplate;
        this.generator = new Generator(model, device, tokenizer);
    }

    /**
     * A model with a tokenizer and template made elsewhere.
     *
     * @param chatTemplate null where the model has none
     */
    public static OnnxLanguageModel of(
            ModelFolder model, Device device, Tokenizer tokenizer, @Nullable ChatTemplate chatTemplate) {
        return of(model.name(), model, device, tokenizer, chatTemplate);
    }

    /** As {@link #of(ModelFolder, Device, Tokenizer, ChatTemplate)}, under another name in results. */
    public static OnnxLanguageModel of(
            String name,
            ModelFolder model,
            Device device,
            Tokenizer tokenizer,
            @Nullable ChatTemplate chatTemplate) {
        return new OnnxLanguageModel(name, model, device, tokenizer, chatTemplate);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public @Nullable ChatTemplate chatTemplate() {
        return chatTemplate;
    }

    @Override
    public int contextLength() {
        return model.config().contextLength();
    }

    @Override
    public List<ContinuationScore> score(List<ScoreRequest> requests) {
        Scorer ready = scorer;
        if (ready == null) {
            ready = new Scorer(model, device);
            scorer = ready;
        }
        return ready.score(requests);
    }

    @Override
    public List<Generation> generate(List<int[]> prompts, GenerationOptions options) {
        return generator.generate(prompts, options);
    }

    @Override
    public void close() {
        generator.close();
        if (scorer != null) {
            scorer.close();
            scorer = null;
        }
    }
}
