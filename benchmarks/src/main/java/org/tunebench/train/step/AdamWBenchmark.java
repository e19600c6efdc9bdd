package org.tunebench.train.step;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tunebench.core.model.TensorSpec;

/** The update of ten million parameters in shared memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdamWBenchmark {
    private static final int PARAMETERS = 10_000_000;

    private final AdamW optimizer = new AdamW(0.9, 0.999, 1e-8, 0.01);
    private @Nullable HostState state;

    /** Makes the state. */
    @Setup
    public void load() throws OrtException {
        FlatLayout layout = new FlatLayout(List.of(TensorSpec.of("weight", PARAMETERS)));
        state = new HostState(layout, FlatState.start(new float[PARAMETERS]));
    }

    /** One AdamW step. */
    @Benchmark
    public void update() {
        Objects.requireNonNull(state).update(optimizer, optimizer.scalars(10, 1e-4), 0.5f);
    }

    /** The norm of all gradients. */
    @Benchmark
    public double gradientNorm() {
        return Objects.requireNonNull(state).gradientNorm();
    }
}
