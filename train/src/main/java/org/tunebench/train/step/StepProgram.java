package org.tunebench.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.GraphBuilder.Round;
import org.tunebench.core.graph.GraphBuilder.RoundEnd;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.LoraWeights;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.Weights;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.adapter.Trained;
import org.tunebench.train.gradient.Gradients;

/**
 * The train program: state and {@code steps} optimizer steps of batches in, state and as many losses out.
 *
 * <p>Inputs: parameters, first_moment, second_moment [P]; ids, positions, segments [steps, micro, batch, time] int64; rows
 * (indices into batch · time) and targets [steps, micro, wanted] int64; weights [steps, micro, wanted], how much each target
 * counts in its step's loss; with dropout keep and places ({@link DropoutDraws}); scalars [steps, 3] (AdamW's). Outputs: the state under the names next_parameters, …; losses and gradient_norms
 * [steps], the norm before clipping. {@code type} is the state's; the passes may be {@linkplain Computation computed} in another. {@code maxGradNorm} 0 does not clip. From the first step whose loss or norm is not finite on, the state stays as it was.
 */
record StepProgram(
        Architecture architecture,
        Method method,
        AdamW optimizer,
        double maxGradNorm,
        DType type,
        @Nullable DropoutDraws dropout,
        Computation computation) {
    private static final double CLIP_EPSILON = 1e-6; // torch.nn.utils.clip_grad_norm_
    private static final double LARGEST = 3e38;
    private static final long PIECE = 8192;

    StepProgram(
            Architecture architecture,
            Method method,
            AdamW optimizer,
            double maxGradNorm,
            DType type,
            @Nullable DropoutDraws dropout) {
        this(architecture, method, optimizer, maxGradNorm, type, dropout, Computation.plain(type));
    }

    /** Token tensors; those of a micro-batch are [batch, time] and [wanted]. */
    record Batches(
            Value ids,
            Value positions,
            Value segments,
            Value rows,
            Value targets,
            Value weights,
            @Nullable PooledDropout dropout) {

        /**
         * Inputs of a graph.
         *
         * @param type of the weights
         * @param leading names of the dimensions before those of a micro-batch: none, or steps and micro
         */
        static Batches inputs(Graph graph, DType type, @Nullable DropoutDraws dropout, String... leading) {
            return new Batches(
                    graph.input("ids", DType.INT64, shape(leading, "batch", "time")),
                    graph.input("positions", DType.INT64, shape(leading, "batch", "time")),
                    graph.input("segments", DType.INT64, shape(leading, "batch", "time")),
                    graph.input("rows", DType.INT64, shape(leading, "wanted")),
                    graph.input("targets", DType.INT64, shape(leading, "wanted")),
                    graph.input("weights", type, shape(leading, "wanted")),
                    dropout == null
                            ? null
                            : new PooledDropout(
                                    dropout,
                                    graph.input("keep", DType.BOOL, shape(leading, "pool")),
                                    graph.input(
                                            "places",
                                            DType.INT64,
                                            shape(leading, dropout.modules().size()))));
        }

        private static Shape shape(String[] leading, Object... own) {
            return Shape.of(
                    Stream.concat(Arrays.stream(leading), Arrays.stream(own)).toArray());
        }

        Batches at(GraphBuilder b, Value index) {
            return new Batches(
                    b.gather(ids, index, 0),
                    b.gather(positions, index, 0),
                    b.gather(segments, index, 0),
                    b.gather(rows, index, 0),
                    b.gather(targets, index, 0),
                    b.gather(weights, index, 0),
                    dropout == null
                            ? null
                            : new PooledDropout(
                                    dropout.draws(),
                                    b.gather(dropout.keep(), index, 0),
                                    b.gather(dropout.places(), index, 0)));
        }
    }

    /** The loss of a micro-batch and its gradient [P]. */
    record LossAndGradient(Value loss, Value gradient) {}

    /** The loss of a micro-batch and its gradients, a tensor each, in the layout's order. */
    record LossAndGradients(Value loss, List<Value> gradients) {}

    FlatLayout layout() {
        return new FlatLayout(method.trainable());
    }

    /** @param frozen the base model's weights in the graph under construction */
    void write(Graph graph, Weights frozen) {
        GraphBuilder b = new GraphBuilder(graph);
        Shape flat = Shape.of(layout().size());
        AdamW.State state = new AdamW.State(
                graph.input("parameters", type, flat),
                graph.input("first_moment", type, flat),
                graph.input("second_moment", type, flat));
        Batches batches = Batches.inputs(graph, type, dropout, "steps", "micro");
        Value scalars = graph.input("scalars", type, Shape.of("steps", 3));

        Value always = b.scalar(DType.BOOL, 1);
        List<Value> carried = List.of(state.parameters(), state.firstMoment(), state.secondMoment(), always);
        List<Value> out = b.loop(b.dimOf(batches.ids(), 0), always, carried, (body, round) -> {
            List<Value> c = round.carried();
            AdamW.State before = new AdamW.State(c.get(0), c.get(1), c.get(2));
            Value row = body.gather(scalars, round.index(), 0);
            return step(body, frozen, round, before, c.get(3), batches.at(body, round.index()), row);
        });
        graph.output("next_parameters", out.get(0));
        graph.output("next_first_moment", out.get(1));
        graph.output("next_second_moment", out.get(2));
        graph.output("losses", out.get(4));
        graph.output("gradient_norms", out.get(5));
    }

    /** One optimizer step. */
    private RoundEnd step(
            GraphBuilder b,
            Weights frozen,
            Round round,
            AdamW.State state,
            Value good,
            Batches batches,
            Value scalars) {
        Map<String, Value> views = layout().views(b, state.parameters());
        List<Value> parts =
                b.split(scalars, 0, 1, 1, 1).stream().map(p -> b.squeeze(p, 0)).toList();
        LossAndGradient sum = accumulate(b, frozen, views, batches);

        Value norm = b.sqrt(squares(b, sum.gradient()));
        Value largest = b.scalar(type, LARGEST);
        Value go = b.and(good, b.and(b.less(norm, largest), b.less(sum.loss(), largest)));
        AdamW.Scalars adam = new AdamW.Scalars(parts.get(0), parts.get(1), parts.get(2));
        AdamW.State next = optimizer.update(b, layout(), state, clipped(b, sum.gradient(), norm), adam, go);
        return new RoundEnd(
                b.identity(round.running()),
                List.of(next.parameters(), next.firstMoment(), next.secondMoment(), go),
                List.of(sum.loss(), norm));
    }

    /** The sum of squares, by pieces: one float sum over a hundred million elements is off by a hundredth. */
    private Value squares(GraphBuilder b, Value gradient) {
        long size = layout().size();
        long pieces = size / PIECE;
        List<Value> parts = b.split(gradient, 0, pieces * PIECE, size - pieces * PIECE);
        Value whole = b.reshape(b.mul(parts.get(0), parts.get(0)), Shape.of(pieces, PIECE));
        Value rest = b.mul(parts.get(1), parts.get(1));
        return b.add(b.reduceSum(b.reduceSum(whole, false, 1), false, 0), b.reduceSum(rest, false, 0));
    }

    /** The factor that brings gradients of a norm down to the highest allowed. */
    float clip(float norm) {
        return maxGradNorm == 0 ? 1 : Math.min(1, (float) maxGradNorm / (norm + (float) CLIP_EPSILON));
    }

    private Value clipped(GraphBuilder b, Value gradient, Value norm) {
        if (maxGradNorm == 0) {
            return gradient;
        }
        Value scale = b.div(b.scalar(type, maxGradNorm), b.add(norm, b.scalar(type, CLIP_EPSILON)));
        return b.mul(gradient, b.min(b.scalar(type, 1), scale));
    }

    /** Loss and gradient of a step: micro-batch after micro-batch. */
    private LossAndGradient accumulate(GraphBuilder b, Weights frozen, Map<String, Value> views, Batches batches) {
        Value none = b.scalar(type, 0);
        long size = layout().size();
        Value zeros = b.node("Expand", "", List.of(none, b.longs(size)), type, Shape.of(size), Map.of());
        List<Value> out =
                b.loop(b.dimOf(batches.ids(), 0), b.scalar(DType.BOOL, 1), List.of(none, zeros), (body, round) -> {
                    Batches batch = batches.at(body, round.index());
                    LossAndGradient micro = micro(body, frozen, views, batch);
                    Value loss = body.add(round.carried().get(0), micro.loss());
                    Value gradient = body.add(round.carried().get(1), micro.gradient());
                    return new RoundEnd(body.identity(round.running()), List.of(loss, gradient), List.of());
                });
        return new LossAndGradient(out.get(0), out.get(1));
    }

    LossAndGradient micro(GraphBuilder b, Weights frozen, Map<String, Value> views, Batches batch) {
        LossAndGradients result = gradients(b, frozen, views, batch);
        return new LossAndGradient(result.loss(), layout().flat(b, result.gradients()));
    }

    /** @param views the trainable tensors by name, in the layout's order */
    LossAndGradients gradients(GraphBuilder b, Weights frozen, Map<String, Value> views, Batches batch) {
        Map<String, Value> trained = new LinkedHashMap<>(views);
        if (method.detaches()) {
            trained.replaceAll((name, view) -> b.identity(view)); // no gradient reaches the views beneath
        }
        LoraWeights.Dropout dropped = batch.dropout() == null ? LoraWeights.Dropout.NONE : batch.dropout();
        MaskedLoss loss = loss(b, frozen, new Trained(trained::get, views::get, dropped), batch);
        List<Value> wanted = new ArrayList<>(trained.values());
        return new LossAndGradients(
                loss.sum(), Gradients.of(b, loss.logits(), loss.logitsGradient(b), wanted, computation.way()));
    }

    /** The weighted loss of a micro-batch. */
    MaskedLoss loss(GraphBuilder b, Weights frozen, Trained trained, Batches batch) {
        DType compute = computation.type();
        Trained narrow = new Trained(
                name -> b.cast(trained.tensors().apply(name), compute),
                name -> b.cast(trained.detached().apply(name), compute),
                trained.dropout());
        Weights weights = method.weights(CastWeights.of(b, frozen, compute), narrow);
        Value mask = Masks.causal(b, batch.segments(), compute);
        DecoderInputs inputs = new DecoderInputs(batch.ids(), batch.positions(), mask, KeyValues.ownOnly());
        Value hidden = architecture.hidden(b, weights, inputs);
        Dim all = b.graph().newSymbol("tokens");
        Value flat = b.reshape(hidden, Shape.of(all, hidden.dim(-1)));
        Value logits = architecture.logits(b, weights, b.gather(flat, batch.rows(), 0));
        return MaskedLoss.of(b, b.cast(logits, type), batch.targets(), batch.weights());
    }
}
