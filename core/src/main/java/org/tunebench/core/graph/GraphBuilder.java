package org.tunebench.core.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes operators into a graph, one method an operator, and works out the type and shape of each result. The operators
 * are those of ONNX opset 21 (same names, same meaning) and FusedMatMul of com.microsoft. Wrong types or shapes throw
 * IllegalArgumentException when the graph is built, naming both.
 *
 * <p>This class is longer than others because every operator has its one method here.
 */
public final class GraphBuilder {
    private static final String MICROSOFT = "com.microsoft";

    private final Graph graph;

    public GraphBuilder(Graph graph) {
        this.graph = graph;
    }

    public Graph graph() {
        return graph;
    }

    // ---- constants

    /** A 0-dimensional constant. */
    public Value scalar(DType type, double number) {
        return graph.constant(type, Shape.SCALAR, Constants.numbers(type, number));
    }

    /** A 1-dimensional int64 constant. */
    public Value longs(long... numbers) {
        return graph.constant(DType.INT64, Shape.of(numbers.length), Constants.longs(numbers));
    }

    /** A constant of any shape, from doubles in row-major order. */
    public Value tensor(DType type, Shape shape, double... numbers) {
        return graph.constant(type, shape, Constants.numbers(type, numbers));
    }

    // ---- element-wise

    public Value add(Value a, Value b) {
        return binary("Add", a, b, a.type());
    }

    public Value sub(Value a, Value b) {
        return binary("Sub", a, b, a.type());
    }

    public Value mul(Value a, Value b) {
        return binary("Mul", a, b, a.type());
    }

    public Value div(Value a, Value b) {
        return binary("Div", a, b, a.type());
    }

    public Value min(Value a, Value b) {
        return binary("Min", a, b, a.type());
    }

    public Value max(Value a, Value b) {
        return binary("Max", a, b, a.type());
    }

    public Value equal(Value a, Value b) {
        return binary("Equal", a, b, DType.BOOL);
    }

    public Value less(Value a, Value b) {
        return binary("Less", a, b, DType.BOOL);
    }

    public Value lessOrEqual(Value a, Value b) {
        return binary("LessOrEqual", a, b, DType.BOOL);
    }

    public Value greaterOrEqual(Value a, Value b) {
        return binary("GreaterOrEqual", a, b, DType.BOOL);
    }

    public Value and(Value a, Value b) {
        return binary("And", a, b, DType.BOOL);
    }

    public Value or(Value a, Value b) {
        return binary("Or", a, b, DType.BOOL);
    }

    public Value not(Value a) {
        return unary("Not", a);
    }

    public Value neg(Value a) {
        return unary("Neg", a);
    }

    public Value sqrt(Value a) {
        return unary("Sqrt", a);
    }

    public Value exp(Value a) {
        return unary("Exp", a);
    }

    public Value log(Value a) {
        return unary("Log", a);
    }

    public Value sigmoid(Value a) {
        return unary("Sigmoid", a);
    }

    public Value tanh(Value a) {
        return unary("Tanh", a);
    }

    public Value erf(Value a) {
        return unary("Erf", a);
    }

    /** {@code a/2 · (1 + tanh(√(2/π) · (a + 0.044715 a³)))} (Hendrycks and Gimpel 2016). */
    public Value geluTanh(Value a) {
        if (a.type() == DType.DOUBLE) {
            // ONNX Runtime has no double kernel: written out.
            Value cube = mul(mul(a, a), a);
            Value inner = mul(add(a, mul(cube, scalar(a.type(), 0.044715))), scalar(a.type(), Math.sqrt(2 / Math.PI)));
            return mul(mul(a, scalar(a.type(), 0.5)), add(tanh(inner), scalar(a.type(), 1)));
        }
        return node("Gelu", "", List.of(a), a.type(), a.shape(), Map.of("approximate", "tanh"));
    }

    public Value sin(Value a) {
        return unary("Sin", a);
    }

    public Value cos(Value a) {
        return unary("Cos", a);
    }

    public Value identity(Value a) {
        return unary("Identity", a);
    }

    public Value cast(Value a, DType type) {
        return a.type() == type ? a : node("Cast", "", List.of(a), type, a.shape(), Map.of("to", (long) type.onnx()));
    }

    /** {@code condition ? a : b}, element by element. */
    public Value where(Value condition, Value a, Value b) {
        require(condition.type() == DType.BOOL && a.type() == b.type(), "Where", condition, a, b);
        Shape shape = Shape.broadcast(condition.shape(), Shape.broadcast(a.shape(), b.shape()));
        return node("Where", "", List.of(condition, a, b), a.type(), shape, Map.of());
    }

    // ---- products and reductions

    /** {@code a · b} over the last two dimensions; the ones before broadcast. */
    public Value matMul(Value a, Value b) {
        return matMul(a, b, false, false, 1);
    }

    /**
     * {@code alpha · op(a) · op(b)} where op transposes the last two dimensions or not. Weights in the Hugging Face layout
     * [out, in] are multiplied as they are with {@code transposeB}.
     */
    public Value matMul(Value a, Value b, boolean transposeA, boolean transposeB, double alpha) {
        require(a.rank() >= 2 && b.rank() >= 2 && a.type() == b.type(), "MatMul", a, b);
        Dim inner = a.dim(transposeA ? -2 : -1);
        require(inner.equals(b.dim(transposeB ? -1 : -2)), "MatMul", a, b);
        Shape batch = Shape.broadcast(leading(a), leading(b));
        List<Dim> dims = new ArrayList<>(batch.dims());
        dims.add(a.dim(transposeA ? -1 : -2));
        dims.add(b.dim(transposeB ? -2 : -1));
        Shape shape = new Shape(dims);
        if (!transposeA && !transposeB && alpha == 1) {
            return node("MatMul", "", List.of(a, b), a.type(), shape, Map.of());
        }
        Map<String, Object> attributes =
                Map.of("transA", transposeA ? 1L : 0L, "transB", transposeB ? 1L : 0L, "alpha", (float) alpha);
        return node("FusedMatMul", MICROSOFT, List.of(a, b), a.type(), shape, attributes);
    }

    public Value reduceSum(Value a, boolean keepDims, int... axes) {
        return reduce("ReduceSum", a, keepDims, axes);
    }

    public Value reduceMean(Value a, boolean keepDims, int... axes) {
        return reduce("ReduceMean", a, keepDims, axes);
    }

    public Value reduceMax(Value a, boolean keepDims, int... axes) {
        return reduce("ReduceMax", a, keepDims, axes);
    }

    /** The index of the largest element along an axis, int64; the first of equals. */
    public Value argMax(Value a, int axis, boolean keepDims) {
        Shape shape = reduced(a.shape(), keepDims, axis);
        return node(
                "ArgMax",
                "",
                List.of(a),
                DType.INT64,
                shape,
                Map.of("axis", (long) axis, "keepdims", keepDims ? 1L : 0L));
    }

    public Value softmax(Value a, int axis) {
        return node("Softmax", "", List.of(a), a.type(), a.shape(), Map.of("axis", (long)
                a.shape().axis(axis)));
    }

    public Value logSoftmax(Value a, int axis) {
        return node("LogSoftmax", "", List.of(a), a.type(), a.shape(), Map.of("axis", (long)
                a.shape().axis(axis)));
    }

    /** Sums along an axis; exclusive leaves the element itself out. */
    public Value cumSum(Value a, int axis, boolean exclusive) {
        Value axisValue = graph.constant(
                DType.INT64, Shape.SCALAR, Constants.longs(a.shape().axis(axis)));
        return node("CumSum", "", List.of(a, axisValue), a.type(), a.shape(), Map.of("exclusive", exclusive ? 1L : 0L));
    }

    /**
     * The largest elements along the last axis in descending order; of equals those with lower indices.
     *
     * @param k how many, int64 [1]
     * @param kept the length that k stands for
     * @return values and their int64 indices
     */
    public List<Value> topK(Value a, Value k, Dim kept) {
        Shape shape = a.shape().with(-1, kept);
        Value values = graph.newValue("largest", a.type(), shape);
        Value indices = graph.newValue("order", DType.INT64, shape);
        graph.add(new Node("TopK", "", List.of(a, k), List.of(values, indices), Map.of("axis", -1L)));
        return List.of(values, indices);
    }

    /**
     * Root-mean-square normalisation over the last dimension: {@code a / sqrt(mean(a²) + epsilon) · scale} (Zhang and
     * Sennrich 2019). @return the result, and {@code 1 / sqrt(mean(a²) + epsilon)} in float, with a last
     * dimension of 1
     */
    public List<Value> rmsNorm(Value a, Value scale, double epsilon) {
        require(scale.rank() == 1 && scale.dim(0).equals(a.dim(-1)), "SimplifiedLayerNormalization", a, scale);
        if (a.type() == DType.DOUBLE) {
            // ONNX Runtime's double kernel fails when the second output is asked for: written out.
            Value mean = reduceMean(mul(a, a), true, -1);
            Value inverse = div(scalar(a.type(), 1), sqrt(add(mean, scalar(a.type(), epsilon))));
            return List.of(mul(mul(a, inverse), scale), inverse);
        }
        Value out = graph.newValue("rms", a.type(), a.shape());
        Value inverse = graph.newValue("inv_rms", DType.FLOAT, a.shape().with(-1, Dim.of(1)));
        graph.add(new Node(
                "SimplifiedLayerNormalization",
                "",
                List.of(a, scale),
                List.of(out, inverse),
                attributes("axis", -1L, "epsilon", (float) epsilon, "stash_type", (long) DType.FLOAT.onnx())));
        return List.of(out, inverse);
    }

    /**
     * Layer normalisation over the last dimension: {@code (a − mean(a)) / sqrt(var(a) + epsilon) · scale + bias} (Ba et al.
     * 2016). @return the result, then the mean and {@code 1 / sqrt(var(a) + epsilon)}, both in float with a last dimension
     * of 1
     */
    public List<Value> layerNorm(Value a, Value scale, Value bias, double epsilon) {
        boolean fits = scale.rank() == 1
                && scale.dim(0).equals(a.dim(-1))
                && bias.shape().equals(scale.shape());
        require(fits, "LayerNormalization", a, scale, bias);
        if (a.type() == DType.DOUBLE) {
            // ONNX Runtime's kernel gives mean and deviation in float whatever the input: written out.
            Value mean = reduceMean(a, true, -1);
            Value centred = sub(a, mean);
            Value variance = reduceMean(mul(centred, centred), true, -1);
            Value inverse = div(scalar(a.type(), 1), sqrt(add(variance, scalar(a.type(), epsilon))));
            return List.of(add(mul(mul(centred, inverse), scale), bias), mean, inverse);
        }
        Shape rows = a.shape().with(-1, Dim.of(1));
        Value out = graph.newValue("norm", a.type(), a.shape());
        Value mean = graph.newValue("mean", DType.FLOAT, rows);
        Value inverse = graph.newValue("inv_std", DType.FLOAT, rows);
        graph.add(new Node(
                "LayerNormalization",
                "",
                List.of(a, scale, bias),
                List.of(out, mean, inverse),
                attributes("axis", -1L, "epsilon", (float) epsilon)));
        return List.of(out, mean, inverse);
    }

    // ---- shape

    /** The dimensions as int64, from one axis to before another. */
    public Value shapeOf(Value a, int from, int to) {
        return node(
                "Shape", "", List.of(a), DType.INT64, Shape.of(to - from), Map.of("start", (long) from, "end", (long)
                        to));
    }

    /** One dimension as an int64 scalar. */
    public Value dimOf(Value a, int axis) {
        int i = a.shape().axis(axis);
        return squeeze(shapeOf(a, i, i + 1), 0);
    }

    /**
     * The same elements under another shape.
     *
     * @param target at most one of its dimensions may be a symbol that the input does not have at the same place
     */
    public Value reshape(Value a, Shape target) {
        long[] dims = new long[target.rank()];
        int inferred = 0;
        for (int i = 0; i < dims.length; i++) {
            Dim d = target.dim(i);
            boolean same = i < a.rank() && a.dim(i).equals(d);
            dims[i] = d.known() ? d.size() : same ? 0 : -1;
            inferred += dims[i] == -1 ? 1 : 0;
        }
        if (inferred > 1) {
            throw new IllegalArgumentException(
                    "cannot tell the reshape of " + a + " to " + target + " from its symbols");
        }
        return node("Reshape", "", List.of(a, longs(dims)), a.type(), target, Map.of());
    }

    /** The same elements under the shape of another value. */
    public Value reshapeLike(Value a, Value like) {
        boolean known = like.shape().dims().stream().allMatch(Dim::known);
        return known
                ? reshape(a, like.shape())
                : node("Reshape", "", List.of(a, shapeOf(like, 0, like.rank())), a.type(), like.shape(), Map.of());
    }

    public Value transpose(Value a, int... permutation) {
        List<Dim> dims = new ArrayList<>();
        for (int p : permutation) {
            dims.add(a.dim(p));
        }
        long[] perm = Arrays.stream(permutation).asLongStream().toArray();
        return node("Transpose", "", List.of(a), a.type(), new Shape(dims), Map.of("perm", perm));
    }

    /** Adds dimensions of 1 at these axes of the result. */
    public Value unsqueeze(Value a, int... axes) {
        List<Dim> dims = new ArrayList<>(a.shape().dims());
        for (int axis : axes) {
            dims.add(axis, Dim.of(1));
        }
        return node("Unsqueeze", "", List.of(a, axes(axes)), a.type(), new Shape(dims), Map.of());
    }

    /** Takes dimensions of 1 away. */
    public Value squeeze(Value a, int... axes) {
        return node("Squeeze", "", List.of(a, axes(axes)), a.type(), reduced(a.shape(), false, axes), Map.of());
    }

    /** Repeats dimensions of 1 until the value has the shape of another. */
    public Value expandLike(Value a, Value like) {
        return node("Expand", "", List.of(a, shapeOf(like, 0, like.rank())), a.type(), like.shape(), Map.of());
    }

    /**
     * Repeats dimensions of 1 to given lengths.
     *
     * @param lengths int64, one for each dimension; 1 leaves it as it is
     */
    public Value expand(Value a, Value lengths, Shape shape) {
        return node("Expand", "", List.of(a, lengths), a.type(), shape, Map.of());
    }

    /** A tensor of zeros with the shape of another. */
    public Value zerosLike(Value like) {
        Value zero = graph.constant(like.type(), Shape.SCALAR, Constants.numbers(like.type(), 0));
        return node("Expand", "", List.of(zero, shapeOf(like, 0, like.rank())), like.type(), like.shape(), Map.of());
    }

    /**
     * The elements along an axis from one index to before another, both int64 of one element, [1].
     *
     * @param length the dimension that comes out
     */
    public Value slice(Value a, Value from, Value to, int axis, Dim length) {
        Shape shape = a.shape().with(axis, length);
        return node("Slice", "", List.of(a, from, to, longs(a.shape().axis(axis))), a.type(), shape, Map.of());
    }

    public Value concat(int axis, Value... parts) {
        return concat(axis, Arrays.asList(parts));
    }

    public Value concat(int axis, List<Value> parts) {
        Value first = parts.get(0);
        int a = first.shape().axis(axis);
        boolean known = parts.stream().allMatch(p -> p.dim(a).known());
        Dim length =
                known ? Dim.of(parts.stream().mapToLong(p -> p.dim(a).size()).sum()) : graph.newSymbol("concat");
        return concat(axis, length, parts);
    }

    /** As {@link #concat(int, List)}, where the caller names the length of the result. */
    public Value concat(int axis, Dim length, List<Value> parts) {
        Value first = parts.get(0);
        int a = first.shape().axis(axis);
        return node(
                "Concat", "", List.copyOf(parts), first.type(), first.shape().with(a, length), Map.of("axis", (long)
                        a));
    }

    /** Parts of known lengths along an axis. */
    public List<Value> split(Value a, int axis, long... lengths) {
        List<Value> parts = new ArrayList<>();
        for (long length : lengths) {
            parts.add(graph.newValue("part", a.type(), a.shape().with(axis, Dim.of(length))));
        }
        Map<String, Object> attributes = Map.of("axis", (long) a.shape().axis(axis));
        graph.add(new Node("Split", "", List.of(a, longs(lengths)), parts, attributes));
        return parts;
    }

    /** Rows (or columns…) by int64 indices along an axis. */
    public Value gather(Value a, Value indices, int axis) {
        int at = a.shape().axis(axis);
        List<Dim> dims = new ArrayList<>(a.shape().dims().subList(0, at));
        dims.addAll(indices.shape().dims());
        dims.addAll(a.shape().dims().subList(at + 1, a.rank()));
        return node("Gather", "", List.of(a, indices), a.type(), new Shape(dims), Map.of("axis", (long) at));
    }

    /** One element for each index: {@code out[i][j] = a[i][indices[i][j]]} for the last axis. */
    public Value gatherElements(Value a, Value indices, int axis) {
        Map<String, Object> attributes = Map.of("axis", (long) a.shape().axis(axis));
        return node("GatherElements", "", List.of(a, indices), a.type(), indices.shape(), attributes);
    }

    /** Puts elements of {@code updates} into a copy of {@code a} at indices along an axis. */
    public Value scatterElements(Value a, Value indices, Value updates, int axis) {
        require(a.type() == updates.type(), "ScatterElements", a, indices, updates);
        Map<String, Object> attributes = Map.of("axis", (long) a.shape().axis(axis));
        return node("ScatterElements", "", List.of(a, indices, updates), a.type(), a.shape(), attributes);
    }

    /** Adds elements of {@code updates} into a copy of {@code a} at indices along an axis. */
    public Value scatterElementsAdd(Value a, Value indices, Value updates, int axis) {
        require(a.type() == updates.type(), "ScatterElements", a, indices, updates);
        Map<String, Object> attributes = attributes("axis", (long) a.shape().axis(axis), "reduction", "add");
        return node("ScatterElements", "", List.of(a, indices, updates), a.type(), a.shape(), attributes);
    }

    /** Adds rows of {@code updates} [n, …] into a copy of {@code a} at row indices [n, 1]. */
    public Value scatterRowsAdd(Value a, Value indices, Value updates) {
        require(a.type() == updates.type(), "ScatterND", a, indices, updates);
        return node("ScatterND", "", List.of(a, indices, updates), a.type(), a.shape(), Map.of("reduction", "add"));
    }

    /** {@code 0, 1, … n-1} as int64, for an int64 scalar n that is the size of a dimension. */
    public Value range(Value n, Dim length) {
        Value zero = scalar(DType.INT64, 0);
        return node(
                "Range",
                "",
                List.of(zero, n, scalar(DType.INT64, 1)),
                DType.INT64,
                new Shape(List.of(length)),
                Map.of());
    }

    // ---- control flow

    /**
     * Repeats a body.
     *
     * @param trips how often at most, an int64 scalar
     * @param keepGoing a bool scalar read before the first round
     * @param carried values that go from round to round; their types stay, a dimension that changes must be a symbol
     * @param body from a builder of the body, the round's number and the carried values, to what the round ends with
     * @return the last carried values, then each scanned value with the rounds as a new first dimension
     */
    public List<Value> loop(
            Value trips, Value keepGoing, List<Value> carried, BiFunction<GraphBuilder, Round, RoundEnd> body) {
        Graph inner = graph.body("body");
        Value index = inner.input("round", DType.INT64, Shape.SCALAR);
        Value running = inner.input("running", DType.BOOL, Shape.SCALAR);
        List<Value> states = new ArrayList<>();
        carried.forEach(v -> states.add(inner.input("carried", v.type(), v.shape())));
        RoundEnd end = body.apply(new GraphBuilder(inner), new Round(index, running, states));
        if (end.carried().size() != carried.size()) {
            throw new IllegalArgumentException(end.carried().size() + " carried values, expected " + carried.size());
        }
        inner.output("running", end.keepGoing());
        end.carried().forEach(v -> inner.output("carried", v));
        end.scanned().forEach(v -> inner.output("scanned", v));

        List<Value> inputs = new ArrayList<>(List.of(trips, keepGoing));
        inputs.addAll(carried);
        List<Value> outputs = new ArrayList<>();
        carried.forEach(v -> outputs.add(graph.newValue("final", v.type(), v.shape())));
        Dim rounds = graph.newSymbol("rounds");
        for (Value v : end.scanned()) {
            List<Dim> dims = new ArrayList<>(List.of(rounds));
            dims.addAll(v.shape().dims());
            outputs.add(graph.newValue("scan", v.type(), new Shape(dims)));
        }
        graph.add(new Node("Loop", "", inputs, outputs, Map.of("body", inner)));
        return outputs;
    }

    /** What a round of a loop starts with. */
    public record Round(Value index, Value running, List<Value> carried) {}

    /** What a round of a loop ends with. */
    public record RoundEnd(Value keepGoing, List<Value> carried, List<Value> scanned) {}

    // ---- the parts of the above

    /** Any operator with one result whose type and shape the caller knows. */
    public Value node(
            String operator,
            String domain,
            List<@Nullable Value> inputs,
            DType type,
            Shape shape,
            Map<String, Object> attributes) {
        Value out = graph.newValue(operator.toLowerCase(java.util.Locale.ROOT), type, shape);
        graph.add(new Node(operator, domain, inputs, List.of(out), attributes));
        return out;
    }

    private Value unary(String operator, Value a) {
        return node(operator, "", List.of(a), a.type(), a.shape(), Map.of());
    }

    private Value binary(String operator, Value a, Value b, DType result) {
        require(a.type() == b.type(), operator, a, b);
        return node(operator, "", List.of(a, b), result, Shape.broadcast(a.shape(), b.shape()), Map.of());
    }

    /** Reductions keep their dimensions and are squeezed after, so that a gradient finds every axis in place. */
    private Value reduce(String operator, Value a, boolean keepDims, int... axes) {
        Shape shape = reduced(a.shape(), true, axes);
        Value kept = node(operator, "", List.of(a, axes(axes)), a.type(), shape, Map.of("keepdims", 1L));
        return keepDims ? kept : squeeze(kept, axes);
    }

    private static Shape reduced(Shape shape, boolean keepDims, int... axes) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        for (int axis : axes) {
            dims.set(shape.axis(axis), Dim.of(1));
        }
        if (!keepDims) {
            int[] sorted = Arrays.stream(axes).map(shape::axis).sorted().toArray();
            for (int i = sorted.length - 1; i >= 0; i--) {
                dims.remove(sorted[i]);
            }
        }
        return new Shape(dims);
    }

    private Value axes(int... axes) {
        return longs(Arrays.stream(axes).asLongStream().toArray());
    }

    private static Shape leading(Value a) {
        return new Shape(a.shape().dims().subList(0, a.rank() - 2));
    }

    private static Map<String, Object> attributes(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static void require(boolean fits, String operator, Value... values) {
        if (!fits) {
            throw new IllegalArgumentException(operator + " does not fit " + Arrays.toString(values));
        }
    }

    /** Little-endian bytes of numbers. */
    private static final class Constants {
        static ByteBuffer longs(long... numbers) {
            ByteBuffer b = ByteBuffer.allocate(numbers.length * 8).order(ByteOrder.LITTLE_ENDIAN);
            for (long n : numbers) {
                b.putLong(n);
            }
            return b.flip();
        }

        static ByteBuffer numbers(DType type, double... numbers) {
            ByteBuffer b = ByteBuffer.allocate(numbers.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (double n : numbers) {
                switch (type) {
                    case FLOAT -> b.putFloat((float) n);
                    case DOUBLE -> b.putDouble(n);
                    case BFLOAT16 -> b.putShort(bfloat16((float) n));
                    case INT64 -> b.putLong((long) n);
                    case INT32 -> b.putInt((int) n);
                    case BOOL -> b.put((byte) (n == 0 ? 0 : 1));
                    default -> throw new IllegalArgumentException("no constants of type " + type);
                }
            }
            return b.flip();
        }

        /** Rounded to the nearest, of two to the even one. */
        private static short bfloat16(float number) {
            int bits = Float.floatToIntBits(number);
            return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
        }
    }
}
