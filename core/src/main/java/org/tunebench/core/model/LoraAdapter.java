package org.tunebench.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The two factors of a module's change.
     *
     * @param a [rank, in], row-major
     * @param b [out, rank], row-major
     */
    public record Factors(float[] a, float[] b) {}

    /** The weights of a base with this adapter on top, its factors kept inside the graph. */
    public Weights over(Weights base, GraphBuilder builder) {
        Map<String, LoraWeights.Factors> values = new LinkedHashMap<>();
        factors.forEach((module, f) -> values.put(
                module,
                new LoraWeights.Factors(
                        constant(builder.graph(), f.a(), config.rank(), f.a().length / config.rank()),
                        constant(builder.graph(), f.b(), f.b().length / config.rank(), config.rank()))));
        return new LoraWeights(base, values, config.scale());
    }

    private static Value constant(Graph graph, float[] content, long rows, long columns) {
        ByteBuffer bytes = ByteBuffer.allocate(content.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(content);
        return graph.constant(DType.FLOAT, Shape.of(rows, columns), bytes);
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
            String module = module(name, file.path());
            LinearModule base = bases.get(module);
            if (base == null) {
                throw misfit(file.path(), "tensor " + name + " changes a module that the base model has not");
            }
            requireShape(file, PREFIX + module + A, List.of((long) config.rank(), base.in()));
            requireShape(file, PREFIX + module + B, List.of(base.out(), (long) config.rank()));
            factors.computeIfAbsent(module, m -> new Factors(file.floats(PREFIX + m + A), file.floats(PREFIX + m + B)));
        }
        return new LoraAdapter(config, factors);
    }

    private static String module(String name, Path file) {
        boolean factor = name.startsWith(PREFIX) && (name.endsWith(A) || name.endsWith(B));
        if (!factor) {
            throw misfit(file, "tensor " + name + " is no LoRA factor");
        }
        return name.substring(PREFIX.length(), name.length() - A.length());
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

    /** Adds this adapter's change to a module's weight, {@code W + scale · B·A}, transposed where it is stored so. */
    void mergeInto(LinearModule module, float[] weight) {
        Factors f = factors.get(module.name());
        if (f == null) {
            return;
        }
        int rank = config.rank();
        int in = Math.toIntExact(module.in());
        int out = Math.toIntExact(module.out());
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < in; column++) {
                double change = 0;
                for (int k = 0; k < rank; k++) {
                    change += (double) f.b()[row * rank + k] * f.a()[k * in + column];
                }
                int at = module.inputFirst() ? column * out + row : row * in + column;
                weight[at] += (float) (config.scale() * change);
            }
        }
    }
}
