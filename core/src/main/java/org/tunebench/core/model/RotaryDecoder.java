package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * A decoder as Llama and its descendants build it: token embedding, layers that share one rotary embedding, a final
 * normalisation, and an output projection of its own or tied to the embedding.
 */
record RotaryDecoder(ModelConfig config, Rope rope, List<DecoderLayer> layers, RmsNorm finalNorm)
        implements Architecture {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    RotaryDecoder {
        if (config.headSize() % 2 != 0) {
            throw new IllegalArgumentException("heads of size " + config.headSize()
                    + "; expected an even size, since rotary positions turn pairs of components");
        }
        layers = List.copyOf(layers);
    }

    /**
     * With the usual names.
     *
     * @param layer from the prefix of a layer's names, e.g. {@code model.layers.0.}, to the layer
     */
    static RotaryDecoder of(ModelConfig config, Rope rope, double normEpsilon, LayerOf layer) {
        IntFunction<DecoderLayer> numbered = i -> layer.at("model.layers." + i + ".");
        return new RotaryDecoder(
                config,
                rope,
                IntStream.range(0, config.layers()).mapToObj(numbered).toList(),
                new RmsNorm("model.norm", config.hiddenSize(), normEpsilon));
    }

    /** How a layer of a name is made. */
    @FunctionalInterface
    interface LayerOf {
        DecoderLayer at(String prefix);
    }

    @Override
    public List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of(EMBEDDING, config.vocabularySize(), config.hiddenSize()));
        layers.forEach(layer -> specs.addAll(layer.tensors()));
        specs.add(finalNorm.tensor());
        if (!config.tiedEmbeddings()) {
            specs.addAll(head().tensors());
        }
        return specs;
    }

    @Override
    public List<LinearModule> linearModules() {
        return layers.stream().flatMap(layer -> layer.modules().stream()).toList();
    }

    @Override
    public Value hidden(GraphBuilder b, Weights weights, DecoderInputs in) {
        return afterLayers(b, weights, embedded(b, weights, in), in);
    }

    /** The rows of the embedding, [batch, time, hidden]. */
    Value embedded(GraphBuilder b, Weights weights, DecoderInputs in) {
        return b.gather(weights.tensor(EMBEDDING), in.ids(), 0);
    }

    /** The residual stream [batch, time, hidden] through all layers and the final normalisation. */
    Value afterLayers(GraphBuilder b, Weights weights, Value embedded, DecoderInputs in) {
        Rotary rotary = Rotary.of(b, rope, config.headSize(), in.positions(), weights.type());
        Value x = embedded;
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).apply(b, weights, i, x, rotary, in);
        }
        return finalNorm.apply(b, weights, x);
    }

    @Override
    public Value logits(GraphBuilder b, Weights weights, Value hidden) {
        return config.tiedEmbeddings()
                ? b.matMul(hidden, weights.tensor(EMBEDDING), false, true, 1)
                : head().apply(b, weights, hidden);
    }

    private LinearModule head() {
        return LinearModule.of("lm_head", config.vocabularySize(), config.hiddenSize(), false);
    }
}
