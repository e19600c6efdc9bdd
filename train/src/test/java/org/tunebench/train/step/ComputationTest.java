package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.Node;
import org.tunebench.core.graph.OnnxModel;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.gradient.Differentiation;

/** Ways to compute the same step. */
class ComputationTest {
    /** Operators without a bfloat16 kernel on CUDA in ONNX Runtime 1.28 (docs/OperatorKernels.md there). */
    private static final Set<String> NOT_IN_BFLOAT16 = Set.of(
            "Reciprocal",
            "Log",
            "LogSoftmax",
            "ReduceMean",
            "ReduceMax",
            "ReduceL2",
            "ReduceSumSquare",
            "CumSum",
            "Clip",
            "Equal",
            "Less",
            "LessOrEqual",
            "GreaterOrEqual",
            "Range",
            "ArgMax",
            "TopK",
            "Sin",
            "Cos",
            "ScatterND",
            "ScatterElements");

    private static final Computation BFLOAT16 = new Computation(DType.BFLOAT16, Differentiation.PLAIN);

    private final TinyLlama model = new TinyLlama(true, 3);

    @ParameterizedTest
    @ValueSource(strings = {"full", "lora"})
    void recompute_threeSteps_haveTheSameBits(String name) throws Exception {
        FlatState kept = afterThree(program(name, Computation.plain(DType.FLOAT)));
        StepProgram again = program(name, new Computation(DType.FLOAT, new Differentiation(true, false)));
        assertThat(afterThree(again).parameters()).isEqualTo(kept.parameters());
        assertThat(operators(again))
                .filteredOn("Softmax"::equals)
                .hasSize(2 * model.architecture.config().layers());
    }

    @Test
    void ordered_threeSteps_areThoseOfTheScatter() throws Exception {
        FlatState scattered = afterThree(program("full", Computation.plain(DType.FLOAT)));
        StepProgram ordered = program("full", new Computation(DType.FLOAT, new Differentiation(false, true)));
        float[] actual = afterThree(ordered).parameters();
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("parameter %d", i).isCloseTo(scattered.parameters()[i], within(1e-4f));
        }
        // the one left picks the supervised rows, each once
        assertThat(operators(ordered)).filteredOn("Equal"::equals).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "lora"})
    void bfloat16_everyOperator_hasAKernelOnCuda(String name) {
        Graph graph = graph(program(name, BFLOAT16));
        List<String> wrong = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean narrow = node.inputs().stream().anyMatch(v -> v != null && v.type() == DType.BFLOAT16);
            if (narrow && NOT_IN_BFLOAT16.contains(node.operator())) {
                wrong.add(node.toString());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(graph.nodes())
                .filteredOn(n -> n.operator().endsWith("MatMul") && n.output().type() != DType.BFLOAT16)
                .isEmpty();
        assertThat(graph.outputs().values()).allMatch(v -> v.type() == DType.FLOAT);
    }

    @Test
    void bfloat16_types_fitThroughout() {
        // ONNX Runtime infers every type before it looks for kernels, which the CPU has not
        byte[] model = OnnxModel.bytes(graph(program("full", BFLOAT16)));
        assertThatThrownBy(() -> OrtEnvironment.getEnvironment().createSession(model))
                .hasMessageContaining("NOT_IMPLEMENTED")
                .hasMessageContaining("Could not find an implementation");
    }

    @Test
    void bfloat16_onCuda_losesLittle() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA GPU on this machine");
        StepRunner.Outcome narrow = onCuda(program("full", BFLOAT16));
        StepRunner.Outcome wide = onCuda(program("full", Computation.plain(DType.FLOAT)));
        for (int i = 0; i < 3; i++) {
            assertThat(narrow.losses()[i]).isCloseTo(wide.losses()[i], within(0.05f));
        }
    }

    private StepRunner.Outcome onCuda(StepProgram program) {
        Graph graph = new Graph("loop");
        program.write(graph, model.frozen(graph, DType.FLOAT));
        try (StepRunner runner = new LoopRunner(Session.create(graph, Device.CUDA, null), program.optimizer())) {
            runner.load(HostRunnerTest.start(program), 0);
            return runner.run(HostRunnerTest.chunk(program, 1, 3, 1));
        }
    }

    private FlatState afterThree(StepProgram program) {
        try (StepRunner runner = new HostRunner(program, Session.create(graph(program), Device.CPU, null), false)) {
            runner.load(HostRunnerTest.start(program), 0);
            runner.run(HostRunnerTest.chunk(program, 1, 3, 1));
            return runner.state();
        }
    }

    private List<String> operators(StepProgram program) {
        return graph(program).nodes().stream().map(Node::operator).toList();
    }

    private Graph graph(StepProgram program) {
        Graph graph = new Graph("gradient");
        new GradientProgram(program, false).write(graph, model.frozen(graph, DType.FLOAT));
        return graph;
    }

    private StepProgram program(String name, Computation computation) {
        Method method = name.equals("full")
                ? new FullFineTuning(model.tensors(), model.base())
                : new Lora(
                        Lora.targeted(model.architecture.linearModules(), List.of("q_proj", "*.down_proj")),
                        3,
                        0.5,
                        false,
                        model.base(),
                        7);
        AdamW adam = new AdamW(0.9, 0.999, 1e-8, 0.01);
        return new StepProgram(model.architecture, method, adam, 1, DType.FLOAT, null, computation);
    }
}
