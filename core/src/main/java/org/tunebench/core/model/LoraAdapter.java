package org.tunebench.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.input.InputException;
import org.tunebench.core.weights.SafetensorsFile;

/**
 * A LoRA adapter in memory, as PEFT stores it.
 *
 * @param factors by module name, e.g. {@code model.layers.0.self_attn.q_proj}
 */
public record LoraAdapter(LoraConfig config, Map<String, Factors> factors) {
    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";
    static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String MAGNITUDE = ".lora_magnitude_vector";

    /**
     * The two factors of a module's change.
     *
     * @param a [rank, in], row-major
     * @param b [out, rank], row-major
     * @param magnitude DoRA's, [out]; null for plain LoRA
     */
    public record Factors(float[] a, float[] b, float @Nullable [] magnitude) {}

    /**
     * The weights of a base with this adapter on top, its factors kept inside the graph.
     *
     * @param modules of the model
     * @param content a base tensor's values, by name
     */
    Weights over(Weights base, List<LinearModule> modules, Function<String, float[]> content, GraphBuilder builder) {
        Map<String, LoraWeights.Factors> values = new LinkedHashMap<>();
        Graph graph = builder.graph();
        for (LinearModule module : modules) {
            Factors f = factors.get(module.name());
            if (f != null) {
                Value a = constant(graph, f.a(), Shape.of(config.rank(), module.in()));
                Value b = constant(graph, f.b(), Shape.of(module.out(), config.rank()));
                LoraWeights.Magnitude magnitude = null;
                if (f.magnitude() != null) {
                    float[] ratios = ratios(module, f, f.magnitude(), content.apply(module.weight()));
                    Value ratio = constant(graph, ratios, Shape.of(module.out()));
                    magnitude = (body, weights, same) -> ratio;
                }
                values.put(module.name(), new LoraWeights.Factors(a, b, magnitude));
            }
        }
        return new LoraWeights(base, values, config.scale(), LoraWeights.Dropout.NONE);
    }

    private static Value constant(Graph graph, float[] content, Shape shape) {
        ByteBuffer bytes = ByteBuffer.allocate(content.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(content);
        return graph.constant(DType.FLOAT, shape, bytes);
    }

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /**
     * Reads an adapter folder.
     *
     * @param modules those it may change
     * @throws InputException for settings that are not supported and would change results, and for factors that do not
     *     fit
     */
    static LoraAdapter read(Path folder, LoraConfig config, List<LinearModule> modules) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS));
        Map<String, LinearModule> bases = new HashMap<>();
        modules.forEach(m -> bases.put(m.name(), m));
        Map<String, Factors> factors = new LinkedHashMap<>();
        for (String name : file.tensors().keySet()) {
            String module = module(name, config, file.path());
            LinearModule base = bases.get(module);
            if (base == null) {
                throw misfit(file.path(), "tensor " + name + " changes a module that the base model has not");
            }
            requireShape(file, PREFIX + module + A, List.of((long) config.rank(), base.in()));
            requireShape(file, PREFIX + module + B, List.of(base.out(), (long) config.rank()));
            if (config.weightDecomposed()) {
                requireShape(file, PREFIX + module + MAGNITUDE, List.of(base.out()));
            }
            factors.computeIfAbsent(
                    module,
                    m -> new Factors(
                            file.floats(PREFIX + m + A),
                            file.floats(PREFIX + m + B),
                            config.weightDecomposed() ? file.floats(PREFIX + m + MAGNITUDE) : null));
        }
        return new LoraAdapter(config, factors);
    }

    private static String module(String name, LoraConfig config, Path file) {
        for (String part : config.weightDecomposed() ? List.of(A, B, MAGNITUDE) : List.of(A, B)) {
            if (name.startsWith(PREFIX) && name.endsWith(part)) {
                return name.substring(PREFIX.length(), name.length() - part.length());
            }
        }
        throw misfit(file, "tensor " + name + " is no LoRA factor");
    }

    private static void requireShape(SafetensorsFile file, String name, List<Long> expected) {
        if (!file.tensors().containsKey(name)) {
            throw misfit(file.path(), "tensor " + name + " " + expected + " is missing");
        }
        List<Long> found = file.tensors().get(name).shape();
        if (!found.equals(expected)) {
            throw misfit(file.path(), "tensor " + name + " has shape " + found + ", expected " + expected);
        }
    }

    private static InputException misfit(Path file, String what) {
        return new InputException(what, file.toString(), "Use the adapter with the base model it was trained on");
    }

    /**
     * Makes a module's weight what the adapter makes of it, transposed where it is stored so: {@code W + scale · B·A}, for
     * DoRA each row of that at its magnitude.
     */
    void mergeInto(LinearModule module, float[] weight) {
        Factors f = factors.get(module.name());
        if (f == null) {
            return;
        }
        float[] ratios = f.magnitude() == null ? null : ratios(module, f, f.magnitude(), weight);
        for (int row = 0; row < module.out(); row++) {
            for (int column = 0; column < module.in(); column++) {
                int at = at(module, row, column);
                double adapted = weight[at] + change(module, f, row, column);
                weight[at] = (float) (ratios == null ? adapted : adapted * ratios[row]);
            }
        }
    }

    /** {@code m / ‖W + scale · B·A‖} of each row. */
    private float[] ratios(LinearModule module, Factors f, float[] magnitude, float[] weight) {
        float[] ratios = new float[Math.toIntExact(module.out())];
        for (int row = 0; row < ratios.length; row++) {
            double square = 0;
            for (int column = 0; column < module.in(); column++) {
                double adapted = weight[at(module, row, column)] + change(module, f, row, column);
                square += adapted * adapted;
            }
            ratios[row] = (float) (magnitude[row] / Math.sqrt(square));
        }
        return ratios;
    }

    private double change(LinearModule module, Factors f, int row, int column) {
        double change = 0;
        for (int k = 0; k < config.rank(); k++) {
            change += (double) f.b()[row * config.rank() + k] * f.a()[k * Math.toIntExact(module.in()) + column];
        }
        return config.scale() * change;
    }

    private static int at(LinearModule module, int row, int column) {
        return Math.toIntExact(module.inputFirst() ? column * module.out() + row : row * module.in() + column);
    }
}
