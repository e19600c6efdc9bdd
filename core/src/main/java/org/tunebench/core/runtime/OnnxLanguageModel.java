package org.tunebench.core.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;

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
            String name, ModelFolder model, Device device, Tokenizer tokenizer, @Nullable ChatTemplate chatTemplate) {
        this.name = name;
        this.model = model;
        this.device = device;
        this.tokenizer = tokenizer;
        this.chatTemplate = chatTemplate;
        this.generator = new Generator(model, device, tokenizer);
    }

    /**
     * A model folder with its own tokenizer and chat template.
     *
     * @throws InputException where the tokenizer or template cannot be read, or has ids the model has no embedding for
     */
    public static OnnxLanguageModel open(ModelFolder model, Device device) {
        Tokenizer tokenizer = Tokenizers.load(model.tokenizerPath());
        ChatTemplate template = ChatTemplates.of(model.tokenizerPath(), tokenizer);
        return of(model.name(), model, device, tokenizer, template);
    }

    /**
     * A model folder with a tokenizer and template of the caller's choice.
     *
     * @param name in results
     * @param chatTemplate null for none
     * @throws InputException where the tokenizer has ids the model has no embedding for
     */
    public static OnnxLanguageModel of(
            String name, ModelFolder model, Device device, Tokenizer tokenizer, @Nullable ChatTemplate chatTemplate) {
        Tokenizers.requireEmbedded(tokenizer, model.config().vocabularySize(), model.tokenizerPath());
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
    public Generation generate(int[] prompt, GenerationOptions options, TextListener listener) {
        return generator.generate(prompt, options, listener);
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
