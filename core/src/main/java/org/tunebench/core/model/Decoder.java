package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * A decoder-only transformer: token embedding, layers, a final normalisation, and an output projection of its own or tied
 * to the embedding.
 *
 * @param rope turns queries and keys of every layer; null where the embedding has the positions
 */
record Decoder(
        Embedding embedding, @Nullable Rope rope, List<DecoderLayer> layers, Norm finalNorm, OutputProjection output)
        implements Architecture {

    Decoder {
        int headSize = embedding.config().headSize();
        if (rope != null && headSize % 2 != 0) {
            throw new IllegalArgumentException("heads of size " + headSize
                    + "; expected an even size, since rotary positions turn pairs of components");
        }
        layers = List.copyOf(layers);
    }

    /**
     * With rotary positions and the names that Llama and its descendants use.
     *
     * @param layer from the prefix of a layer's names, e.g. {@code model.layers.0.}, to the layer
     */
    static Decoder rotary(ModelConfig config, Rope rope, double normEpsilon, LayerOf layer) {
        Embedding embedding = Embedding.ofTokens(config, "model.embed_tokens");
        return new Decoder(
                embedding,
                rope,
                layers(config, "model.layers.", layer),
                RmsNorm.of("model.norm", config.hiddenSize(), normEpsilon),
                OutputProjection.of(embedding, SoftCap.NONE));
    }

    /** As many layers as the configuration says, their names numbered from 0 behind a prefix. */
    static List<DecoderLayer> layers(ModelConfig config, String prefix, LayerOf layer) {
        IntFunction<DecoderLayer> numbered = i -> layer.at(prefix + i + ".");
        return IntStream.range(0, config.layers()).mapToObj(numbered).toList();
    }

    /** How a layer of a name is made. */
    @FunctionalInterface
    interface LayerOf {
        DecoderLayer at(String prefix);
    }

    @Override
    public ModelConfig config() {
        return embedding.config();
    }

    @Override
    public List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>(embedding.tensors());
        layers.forEach(layer -> specs.addAll(layer.tensors()));
        specs.addAll(finalNorm.tensors());
        specs.addAll(output.tensors());
        return specs;
    }

    @Override
    public List<LinearModule> linearModules() {
        return layers.stream().flatMap(layer -> layer.modules().stream()).toList();
    }

    @Override
    public Value hidden(GraphBuilder b, Weights weights, DecoderInputs in) {
        HeadPositions positions = rope == null
                ? HeadPositions.NONE
                : Rotary.of(b, rope, config().headSize(), in.positions(), weights.type());
        Value x = embedding.apply(b, weights, in);
        for (int i = 0; i < layers.size(); i++) {
            b.graph().boundary(x);
            x = layers.get(i).apply(b, weights, i, x, positions, in);
        }
        b.graph().boundary(x);
        return finalNorm.apply(b, weights, x);
    }

    @Override
    public Value logits(GraphBuilder b, Weights weights, Value hidden) {
        return output.apply(b, weights, hidden);
    }
}
