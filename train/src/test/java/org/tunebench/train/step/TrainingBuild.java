package org.tunebench.train.step;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.tunebench.core.runtime.NativeLibrary;

/** The training build of ONNX Runtime, which is there under the Maven profile training-natives only. */
final class TrainingBuild {
    private TrainingBuild() {}

    static void require() {
        assumeTrue(
                NativeLibrary.canTrain(),
                "the stock ONNX Runtime cannot train; run with the Maven profile training-natives");
    }
}
